#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""20 rounds of SIGKILL under 8 concurrent writers: nothing acknowledged is lost, no half transaction, `tripsis check` clean.

Half of the writers create single Observations, half post transactions of five whose resources share an identifier.
"""
import os
import random
import threading
import time

from tripsis import Checks, Server, run

ROUNDS, WRITERS, UNIT = int(os.environ.get("ROUNDS", "20")), 8, 5
SYSTEM = "https://example.org/crash"


def observation(mark, n):
    return {"resourceType": "Observation", "status": "final", "code": {"text": "pain"}, "identifier": [{"system": SYSTEM, "value": mark}],
            "effectiveDateTime": "2026-11-22T10:00:00Z", "valueString": f"value {n}"}


def transaction(mark):
    return {"resourceType": "Bundle", "type": "transaction",
            "entry": [{"resource": observation(mark, n), "request": {"method": "POST", "url": "Observation"}} for n in range(UNIT)]}


def write_until_killed(server, number, round_number, singles, units, tried):
    client, n = server.client(), 0
    try:
        while True:
            n += 1
            mark = f"{round_number}-{number}-{n}"
            if number % 2:
                tried.append(mark)
                status, body, _ = client.call("POST", "/fhir/R4", transaction(mark))
                if status == 200:
                    units.append((mark, [entry["response"]["location"].split("/_history")[0] for entry in body["entry"]]))
            else:
                status, body, _ = client.call("POST", "Observation", observation(mark, n))
                if status == 201:
                    singles.append((body["id"], mark))
    except (OSError, ValueError, Exception):  # the server was killed: whatever the connection says then
        return


def verify(server, checks, singles, units, tried, round_number):
    client, lost, torn = server.client(), 0, 0
    for identity, mark in singles:
        status, body, _ = client.call("GET", f"Observation/{identity}")
        lost += status != 200 or body["identifier"][0]["value"] != mark
    acknowledged = dict(units)
    for mark in tried:
        status, body, _ = client.call("GET", f"Observation?identifier={SYSTEM}%7C{mark}&_count=50")
        found = len(body.get("entry", [])) if status == 200 else -1
        torn += found not in (0, UNIT)
        lost += mark in acknowledged and found != UNIT
    checks.check(lost == 0, f"round {round_number}: {lost} acknowledged writes are lost")
    checks.check(torn == 0, f"round {round_number}: {torn} transactions are there in part")


checks, generator = Checks(), random.Random(20261122)
acknowledged = 0
with Server() as server:
    for round_number in range(ROUNDS):
        singles, units, tried = [], [], []
        writers = [threading.Thread(target=write_until_killed, args=(server, i, round_number, singles, units, tried)) for i in range(WRITERS)]
        for writer in writers:
            writer.start()
        time.sleep(generator.uniform(0.2, 0.9))
        server.kill()
        for writer in writers:
            writer.join()
        server.start()
        acknowledged += len(singles) + UNIT * len(units)
        verify(server, checks, singles, units, tried, round_number)
    checks.check(acknowledged > 100 * ROUNDS / 20, "the writers wrote next to nothing")
    checks.check(server.stop() == 0, "the server did not stop cleanly on SIGTERM")
    outcome = run("check", "--data", server.folder)
    checks.check(outcome.returncode == 0, f"tripsis check: {outcome.stdout[-600:]} {outcome.stderr[-600:]}")
print(f"{acknowledged} acknowledged resources in {ROUNDS} rounds")
checks.close()
