#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Bad luck and bad intent against the released program: damaged and full data folders, forged tokens, every write path against every clinic rule,
imports with mistakes in them. Whatever is refused must be refused in words, and nothing that was acknowledged may be lost.
"""
import base64
import json
import os
import random
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path

from tripsis import PROGRAM, Checks, Server, run, write

checks = Checks()
generator = random.Random(20261122)
BASE = "https://tripsis.org/fhir/CodeSystem"
LOG_MARKS = ("runtime error:", "AddressSanitizer", "LeakSanitizer")  # what a build with sanitizers says


@contextmanager
def folder():
    path = Path(tempfile.mkdtemp(prefix="tripsis-hostile-"))
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def diagnostics(body):
    return body["issue"][0].get("diagnostics", "") if isinstance(body, dict) and body.get("resourceType") == "OperationOutcome" else ""


def check_refused(answer, statuses, what):
    status, body, _ = answer
    statuses = statuses if isinstance(statuses, tuple) else (statuses,)
    checks.check(status in statuses and diagnostics(body), f"{what}: {status} {write(body)[:200] if body else ''}, not {statuses} with an OperationOutcome")


def check_ends(outcome, status, words, what):
    said = outcome.stdout + outcome.stderr
    checks.check(outcome.returncode == status and all(word in said for word in words),
                 f"{what}: status {outcome.returncode}, not {status} with {words}: {said[-400:]}")


def serve_for(seconds, data, listen="127.0.0.1:0"):
    """Starts a server that is not expected to start; status None when it still runs after that time."""
    process = subprocess.Popen([PROGRAM, "serve", "--listen", listen, "--data", str(data)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        output, _ = process.communicate(timeout=seconds)
        return subprocess.CompletedProcess([], process.returncode, output, "")
    except subprocess.TimeoutExpired:
        process.terminate()
        return subprocess.CompletedProcess([], None, process.communicate(timeout=30)[0], "")


# --- Searching and addressing -----------------------------------------------------------------------------------------------------------------

REFUSED_SEARCHES = [
    "_count=-1", "_count=x", "_count=1.5", "_count=99999999999999999999", "_cursor=garbage", "_cursor=AAAAAAAA", "_sort=bogus", "_sort=,",
    "birthdate=2026-02-30", "birthdate=2026-13", "birthdate=0000", "birthdate=zz2020", "birthdate=gt", "birthdate=", "_lastUpdated=gt2020-01-01T00:00:00+00:00",
    "name=%", "name=%4", "name=%zz", "name=%00", "name=%ff", "name:bogus=a", "name:missing=maybe", "bogus=1", "identifier=a%7Cb%7Cc",
    "general-practitioner=Foo/1", "_has:Observation:patient:code=1", "_include=Patient:link", "_elements=id", "_summary=true", "=x"]
ANSWERED_SEARCHES = [
    "_count=0", "_count=999999", "birthdate=0001", "birthdate=9999", "birthdate=lt0001", "birthdate=gt9999-12-31T23:59:59.999-14:00", "birthdate=ap9999",
    "name=a+b", "name=a%2Bb", "name=%F0%9F%98%80", "name=%E2%80%AEabc", "name='%20OR%201=1--", "name=a&name=b", "gender=male&gender=female",
    "_sort=-birthdate,family,_id", "name=" + "a" * 3000, "name=" + ",".join(["a"] * 2000), "&".join(f"name=a{n}" for n in range(600)),
    "_id=" + ",".join(f"a{n}" for n in range(1500))]


def searching(client):
    for number in range(30):
        client.call("PUT", f"Patient/s{number}", {"resourceType": "Patient", "id": f"s{number}", "name": [{"family": f"Family{number % 7}"}]})
    for query in REFUSED_SEARCHES:
        check_refused(client.call("GET", f"Patient?{query}"), 400, f"search {query[:40]}")
    for query in ANSWERED_SEARCHES:
        checks.check(client.call("GET", f"Patient?{query}")[0] == 200, f"search {query[:40]} is not answered")
    status, body, _ = client.call("GET", "Patient?_count=0")
    checks.check(status == 200 and "total" in body and "entry" not in body, "_count=0 is not a count alone (R4, search#count)")
    status, body, _ = client.call("GET", "Patient?bogus=1", headers={"Prefer": "handling=lenient"})
    checks.check(status == 200 and any(entry["search"]["mode"] == "outcome" for entry in body["entry"]), "lenient handling does not say what it passed over")
    cursors(client)
    large_pages(client)


def cursors(client):
    """A next link leads on; no changed one does anything but refuse."""
    _, body, _ = client.call("GET", "Patient?_count=3&_sort=family")
    following = next(link["url"] for link in body["link"] if link["relation"] == "next").split("/fhir/R4/")[1]
    checks.check(client.call("GET", following)[0] == 200, "a next link is not answered")
    head, cursor = following.split("_cursor=")
    for _ in range(30):
        place = generator.randrange(len(cursor))
        changed = cursor[:place] + generator.choice("abcdefgXYZ0123456789") + cursor[place + 1:]
        status, _, _ = client.call("GET", f"{head}_cursor={changed}")
        checks.check(status == 400 or changed == cursor, f"a changed cursor gives {status}")
    check_refused(client.call("GET", following.replace("_sort=family", "_sort=-family")), 400, "a cursor of another order")
    check_refused(client.call("GET", following.replace("Patient?", "Practitioner?").replace("_sort=family", "_sort=family")), 400, "a cursor of another type")


def large_pages(client):
    text = {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{"x" * 900_000}</div>'}
    for number in range(45):
        client.call("PUT", f"Basic/b{number}", {"resourceType": "Basic", "id": f"b{number}", "code": {"text": "large"}, "text": text}, {"Prefer": "return=minimal"})
    seen, path = set(), "Basic?_count=1000"
    for _ in range(5):
        status, body, _ = client.call("GET", path)
        entries = body.get("entry", [])
        checks.check(status == 200 and len(entries) < 45, f"{len(entries)} records of 0.9 MB on one page")
        seen.update(entry["resource"]["id"] for entry in entries)
        following = [link["url"] for link in body["link"] if link["relation"] == "next"]
        if not following:
            break
        path = following[0].split("/fhir/R4/")[1]
    checks.check(len(seen) == 45, f"pages that end early show {len(seen)} of 45")
    status, body, _ = client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "batch",
                                                      "entry": [{"request": {"method": "GET", "url": "Basic/b0"}} for _ in range(300)]})
    refused = [entry for entry in body["entry"] if entry["response"]["status"].startswith("400")]
    checks.check(status == 200 and len(body["entry"]) == 300 and len(refused) > 200, "a small batch may ask for 270 MB")


def addressing(client):
    patient = lambda name: {"resourceType": "Patient", "id": name}
    for name, status in (("a" * 64, 201), ("a" * 65, 404), ("Case", 201), ("case", 201), ("a_b", 404), ("%C3%A9", 404), ("..", 400), ("%00", 400), ("x%27--", 404)):
        checks.check(client.call("PUT", f"Patient/{name}", patient(name))[0] == status, f"PUT Patient/{name[:20]} ({len(name)}) is not answered with {status}")
    checks.check(client.call("GET", "Patient/Case")[1]["id"] == "Case" and client.call("GET", "Patient/case")[1]["id"] == "case", "ids differing in case are one")
    client.call("PUT", "Patient/v", patient("v"))
    for tag, status in (('W/"1"', 200), ('W/"1"', 412), ('"2"', 200), ('W/"0"', 412), ("*", 400), ("garbage", 400), ('W/"-1"', 400), ('W/"18446744073709551616"', 400), ("", 400)):
        checks.check(client.call("PUT", "Patient/v", patient("v"), {"If-Match": tag})[0] == status, f"If-Match: {tag} is not answered with {status}")
    for method in ("PATCH", "OPTIONS", "BOGUS"):
        check_refused(client.call(method, "Patient/v"), 405, method)
    texts = ["😀", "\u202eabc", "נעמה", "a" * 1_000_000]
    for text in texts:
        status, body, _ = client.call("POST", "Patient", {"resourceType": "Patient", "name": [{"family": text}]})
        checks.check(status == 201 and client.call("GET", f"Patient/{body['id']}")[1]["name"][0]["family"] == text, f"a name of {text[:3]!r} does not come back")
    check_refused(client.call("POST", "Patient", {"resourceType": "Patient", "name": [{"family": "a\0b"}]}), 400, "a null character in a name")


def transactions(client):
    entry = lambda method, url, resource=None, full_url=None: {**({"fullUrl": full_url} if full_url else {}), **({"resource": resource} if resource else {}),
                                                              "request": {"method": method, "url": url}}
    post = lambda entries: client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "transaction", "entry": entries})
    urns = [f"urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0{n}" for n in range(2)]
    linked = [{"resourceType": "Patient", "link": [{"other": {"reference": urns[1 - n]}, "type": "seealso"}]} for n in range(2)]
    status, body, _ = post([entry("POST", "Patient", linked[n], urns[n]) for n in range(2)])
    ids = ["/".join(e["response"]["location"].split("/_history")[0].split("/")[-2:]) for e in body["entry"]] if status == 200 else ["", ""]
    checks.check(status == 200 and all(client.call("GET", ids[n])[1]["link"][0]["other"]["reference"] == ids[1 - n] for n in range(2)),
                 f"two entries that refer to each other: {status}")
    before = client.call("GET", "Patient?_summary=count")[1]["total"]
    bare = {"resourceType": "Patient"}
    own = {"resourceType": "Patient", "id": "twice"}
    for entries, what in (([entry("POST", "Patient", bare, urns[0]), entry("POST", "Patient", bare, urns[0])], "one fullUrl twice"),
                          ([entry("PUT", "Patient/twice", own), entry("PUT", "Patient/twice", own)], "one resource twice"),
                          ([entry("PUT", "Patient/twice", own), entry("DELETE", "Patient/twice")], "one resource put and deleted"),
                          ([entry("POST", "Patient", bare), entry("POST", "Patient/_search", bare)], "a POST to _search"),
                          ([entry("POST", "Patient", bare), entry("POST", "https://elsewhere.example/fhir/Patient", bare)], "an entry for another server"),
                          ([entry("POST", "Patient", bare), entry("PATCH", "Patient/s1", bare)], "a PATCH"),
                          ([entry("POST", "Patient", bare)] + [entry("GET", "Patient/s1")] * 5000, "5,001 entries"),
                          ([entry("POST", "Patient", bare), entry("POST", "Patient", linked[0])], "a reference to no entry")):
        check_refused(post(entries), (400, 422), what)
    checks.check(client.call("GET", "Patient?_summary=count")[1]["total"] == before, "a refused transaction wrote something")
    checks.check(post([entry("POST", "Patient", bare)] * 1000)[0] == 200, "a transaction of 1,000 entries")
    checks.check(int(client.call("GET", "Patient?_summary=count")[1]["total"]) == int(before) + 1000, "not all of 1,000 entries are there")


# --- Who may ask ----------------------------------------------------------------------------------------------------------------------------

def b64(value):
    return base64.urlsafe_b64encode(value if isinstance(value, bytes) else json.dumps(value).encode()).rstrip(b"=").decode()


def tokens(server, other):
    head, payload, signature = server.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    forged = {"none": None, "garbage": "Bearer x", "basic": "Basic eDp5", "another key": f"Bearer {other.token}",
              "alg none": f"Bearer {b64({'alg': 'none'})}.{payload}.", "alg HS256": f"Bearer {b64({'alg': 'HS256'})}.{payload}.{signature}",
              "longer life": f"Bearer {head}.{b64({**claims, 'exp': claims['exp'] + 9999})}.{signature}", "no signature": f"Bearer {head}.{payload}.{b64(bytes(64))}",
              "a part more": f"Bearer {server.token}.x", "dots": "Bearer " + "." * 10_000}
    for what, value in forged.items():
        client = server.client()
        client.token = ""
        status, body, headers = client.call("GET", "Patient", headers={"Authorization": value} if value else {"Authorization": ""})
        checks.check(status == 401 and diagnostics(body) and headers["WWW-Authenticate"], f"token {what}: {status}")
    return len(forged)


def sessions(server):
    for name, role in (("hostile-owner", "owner"), ("hostile-therapist", "therapist")):
        run("user", "add", name, "--role", role, "--data", server.folder, input="a long enough password\n")
    client = server.client()
    sign_in = lambda name, password, headers=None: client.call("POST", "/auth/sign-in", {"username": name, "password": password}, {"Authorization": "", **(headers or {})})
    check_refused(sign_in("hostile-therapist", "wrong"), 401, "a wrong password")
    checks.check(diagnostics(sign_in("hostile-therapist", "wrong")[1]) == diagnostics(sign_in("nobody-of-that-name", "wrong")[1]), "the answer tells which names there are")
    check_refused(sign_in("hostile-therapist", "a long enough password", {"Origin": "http://elsewhere.example"}), 403, "signing in from another site")
    status, _, headers = sign_in("hostile-therapist", "a long enough password")
    cookie = headers["Set-Cookie"]
    checks.check(status == 200 and "HttpOnly" in cookie and "SameSite=Strict" in cookie, f"signing in: {status} {cookie}")
    mine = {"Authorization": "", "Cookie": cookie.split(";")[0], "X-Tripsis-Client": "1"}
    patient = {"resourceType": "Patient"}
    checks.check(client.call("POST", "Patient", patient, mine)[0] == 201, "a change with the cookie and its header")
    check_refused(client.call("POST", "Patient", patient, {k: v for k, v in mine.items() if k != "X-Tripsis-Client"}), 403, "the cookie without X-Tripsis-Client")
    for origin in ("http://elsewhere.example", "null", f"http://127.0.0.1:{server.port}.elsewhere.example"):
        check_refused(client.call("POST", "Patient", patient, {**mine, "Origin": origin}), 403, f"the cookie with Origin {origin}")
    escalation(client, mine)
    run("user", "password", "hostile-therapist", "--data", server.folder, input="another long password\n")
    time.sleep(6)  # an account is looked at again after five seconds
    checks.check(client.call("GET", "/auth/session", headers=mine)[0] == 401, "a session outlives a change of its password")
    statuses = [sign_in("hostile-owner", f"wrong {n}")[0] for n in range(7)]
    checks.check(statuses == [401] * 5 + [429] * 2, f"seven wrong tries: {statuses}")


def escalation(client, mine):
    """A therapist on every path to what is the owner's."""
    practitioner = {"resourceType": "Practitioner", "id": "x"}
    for method, url in (("POST", "Practitioner"), ("PUT", "Practitioner/x"), ("DELETE", "Practitioner/x"), ("POST", "Practitioner/_search"), ("POST", "Questionnaire")):
        resource = {**practitioner, "resourceType": url.split("/")[0]} if method != "DELETE" else None
        if not url.endswith("_search"):
            check_refused(client.call(method, url, resource, mine), 403, f"a therapist: {method} {url}")
        entry = {"request": {"method": method, "url": url}, **({"resource": resource} if resource else {})}
        check_refused(client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}, mine), (400, 403), f"a therapist: transaction {method} {url}")
        client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "batch", "entry": [entry]}, mine)
    check_refused(client.call("GET", "AuditEvent", headers=mine), 403, "a therapist reads the audit log")
    checks.check(client.call("GET", "Practitioner?_summary=count")[1]["total"] == "0", "a therapist has written a Practitioner")


# --- Every write path against every rule of the clinic ----------------------------------------------------------------------------------------

def appointment(name, day, patient="p", service="treatment-60", therapist="t"):
    return {"resourceType": "Appointment", "id": name, "status": "booked", "serviceType": [{"coding": [{"system": f"{BASE}/service", "code": service}]}],
            "start": f"{day}T15:30:00Z", "end": f"{day}T16:30:00Z",
            "participant": [{"actor": {"reference": reference}, "status": "accepted"} for reference in (f"Patient/{patient}", f"Practitioner/{therapist}")]}


def day_from_now(days):
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + days * 86400))


def treatment(name, day, patient):
    return {"resourceType": "Procedure", "id": name, "status": "completed", "code": {"coding": [{"system": f"{BASE}/technique", "code": "effleurage"}]},
            "subject": {"reference": f"Patient/{patient}"}, "performedDateTime": day}


def write_on_every_path(server, client, resource, statuses, what):
    """Create, update, transaction, batch; and import beside a running server, which is refused as a whole."""
    kind, name = resource["resourceType"], resource["id"]
    bundle = lambda kind_of_bundle, method, url: {"resourceType": "Bundle", "type": kind_of_bundle, "entry": [{"resource": resource, "request": {"method": method, "url": url}}]}
    check_refused(client.call("POST", kind, resource), statuses, f"{what}: POST")
    check_refused(client.call("PUT", f"{kind}/{name}", resource), statuses, f"{what}: PUT")
    check_refused(client.call("PATCH", f"{kind}/{name}", resource), 405, f"{what}: PATCH")
    for method, url in (("POST", kind), ("PUT", f"{kind}/{name}")):
        check_refused(client.call("POST", "/fhir/R4", bundle("transaction", method, url)), statuses, f"{what}: transaction {method}")
        _, body, _ = client.call("POST", "/fhir/R4", bundle("batch", method, url))
        status = int(body["entry"][0]["response"]["status"].split()[0])
        checks.check(status == statuses, f"{what}: batch {method}: {status}")
    checks.check(client.call("GET", f"{kind}/{name}")[0] == 404, f"{what}: it is there after all")


def stopped_patient():
    """Someone with a clot in a deep vein, nobody knows since when (knowledge/contraindications.yaml, dvt_acute)."""
    condition = {"resourceType": "Condition", "id": "dvt", "subject": {"reference": "Patient/stop"},
                 "clinicalStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]},
                 "verificationStatus": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"}]},
                 "code": {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "I82.401"}]}}
    return [{"resourceType": "Patient", "id": "stop"}, condition]


def signed_note(day):
    """(before the note, the note, its signature)"""
    subject = {"reference": "Patient/p"}
    parts = [{"resourceType": "Encounter", "id": "visit", "status": "finished", "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"}, "subject": subject},
             treatment("work", day, "p"),
             {"resourceType": "Observation", "id": "rating", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": "72514-3"}]}, "subject": subject,
              "effectiveDateTime": day, "valueInteger": 4}]
    note = {"resourceType": "Composition", "id": "note", "status": "final", "type": {"coding": [{"system": f"{BASE}/note", "code": "session"}]}, "subject": subject,
            "encounter": {"reference": "Encounter/visit"}, "date": f"{day}T16:00:00Z", "author": [{"reference": "Practitioner/t"}], "title": "Session note",
            "section": [{"title": "Worked on", "entry": [{"reference": "Procedure/work"}]}, {"title": "Measures", "entry": [{"reference": "Observation/rating"}]}]}
    return [*parts, note]


def ndjson(path, resources):
    path.write_text("".join(write(resource) + "\n" for resource in resources))
    return path


def rules():
    past, today, future = day_from_now(-30), day_from_now(0), day_from_now(30)
    with folder() as place:
        data, lines = place / "data", place / "lines.ndjson"
        facts = [{"resourceType": "Patient", "id": "p"}, {"resourceType": "Practitioner", "id": "t"}, *stopped_patient(), appointment("taken", future), appointment("taken-past", past), *signed_note(past)]
        check_ends(run("import", ndjson(lines, facts), "--data", data), 0, (), "import of a practice's past")
        with Server(folder=data, options=("--time-zone", "America/New_York")) as server:
            client = server.client()
            last_slot(server)
            summer_time(client)
            write_on_every_path(server, client, appointment("second", future), 409, "double booking")
            write_on_every_path(server, client, appointment("second", past), 409, "double booking in the past")
            write_on_every_path(server, client, appointment("stopped", future, "stop", therapist="u"), 422, "a booking under a hard stop")
            write_on_every_path(server, client, treatment("stopped", today, "stop"), 422, "a treatment under a hard stop")
            sealed_on_every_path(client, signed_note(past))
            check_ends(run("import", lines, "--data", data), 3, ("Another Tripsis uses",), "import beside a running server")
            check_ends(run("check", "--data", data), 3, ("Another Tripsis uses",), "check beside a running server")
            server.stop()
        imported_against_rules(data, lines, past, future)


def last_slot(server):
    """Eight people book the same hour at once: exactly one wins."""
    day, statuses, ready = day_from_now(40), [], threading.Barrier(8)

    def book(number):
        client = server.client()
        ready.wait()
        statuses.append(client.call("PUT", f"Appointment/slot{number}", appointment(f"slot{number}", day, service="consultation"))[0])

    people = [threading.Thread(target=book, args=(number,)) for number in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    checks.check(sorted(statuses) == [201] + [409] * 7, f"eight bookings of one hour: {sorted(statuses)}")


def summer_time(client):
    """A day of 23 hours and one of 25, in New York: what starts on it by the clinic's clock is of it."""
    for name, start, day in (("short", "2026-03-08T23:30:00-04:00", "2026-03-08"), ("before-short", "2026-03-07T23:30:00-05:00", "2026-03-07"),
                             ("long", "2026-11-01T23:30:00-05:00", "2026-11-01"), ("after-long", "2026-11-02T00:15:00-05:00", "2026-11-02"),
                             ("first-half-past-one", "2026-11-01T01:30:00-04:00", "2026-11-01"), ("second-half-past-one", "2026-11-01T01:30:00-05:00", "2026-11-01")):
        resource = {"resourceType": "Appointment", "id": name, "status": "booked", "start": start, "minutesDuration": 20,
                    "participant": [{"actor": {"reference": "Practitioner/night"}, "status": "accepted"}]}
        checks.check(client.call("PUT", f"Appointment/{name}", resource)[0] == 201, f"{name}: {start} is not booked")
        for date in ("2026-03-07", "2026-03-08", "2026-03-09", "2026-10-31", "2026-11-01", "2026-11-02"):
            entries = client.call("GET", f"$day?date={date}")[1].get("entry", [])
            checks.check((date == day) == any(entry["resource"]["id"] == name for entry in entries), f"{start} on the day {date}")


def sealed_on_every_path(client, resources):
    for resource in resources:
        kind, name = resource["resourceType"], resource["id"]
        path, changed = f"{kind}/{name}", {**resource, "language": "en"}
        check_refused(client.call("PUT", path, changed), 422, f"PUT of a signed {kind}")
        check_refused(client.call("DELETE", path), 422, f"DELETE of a signed {kind}")
        for method in ("PUT", "DELETE"):
            entry = {"request": {"method": method, "url": path}, **({"resource": changed} if method == "PUT" else {})}
            check_refused(client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}), 422, f"transaction {method} of a signed {kind}")
            _, body, _ = client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "batch", "entry": [entry]})
            checks.check(body["entry"][0]["response"]["status"].startswith("422"), f"batch {method} of a signed {kind}")
        checks.check(client.call("GET", path)[1]["meta"]["versionId"] == "1", f"a signed {kind} has changed")


def imported_against_rules(data, lines, past, future):
    """What is dated before today comes in and is marked; what is to come, and what is signed, does not."""
    later = {"meta": {"lastUpdated": day_from_now(1) + "T00:00:00Z"}}
    ndjson(lines, [appointment("second-past", past), appointment("stopped-past", past, "stop", therapist="u"), treatment("treated-past", past, "stop")])
    check_ends(run("import", lines, "--data", data), 0, (), "import of what is dated before today")
    refused = [appointment("second-future", future), appointment("stopped-future", future, "stop", therapist="u"), treatment("treated-future", future, "stop"),
               *({**resource, **later, "language": "en"} for resource in signed_note(past))]
    outcome = run("import", ndjson(lines, refused), "--data", data)
    check_ends(outcome, 1, [f"lines.ndjson, line {n + 1} " for n in range(len(refused))], "import against the rules")
    with Server(folder=data) as server:
        client = server.client()
        marks = write(client.call("GET", "Provenance?_count=100")[1])
        for reference in ("Appointment/second-past", "Appointment/stopped-past", "Procedure/treated-past"):
            checks.check(client.call("GET", reference)[0] == 200 and f'"{reference}"' in marks, f"{reference} was not imported and marked")
        for resource in refused[:3]:
            checks.check(client.call("GET", f"{resource['resourceType']}/{resource['id']}")[0] == 404, f"{resource['id']} was imported")
        for resource in signed_note(past):
            checks.check(client.call("GET", f"{resource['resourceType']}/{resource['id']}")[1]["meta"]["versionId"] == "1", f"an import changed a signed {resource['resourceType']}")


# --- Importing ------------------------------------------------------------------------------------------------------------------------------

def imports():
    with folder() as place:
        files, data = place / "files", place / "data"
        files.mkdir()
        (files / "a.ndjson").write_text('{"resourceType":"Patient","id":"a"}\n\n{broken\n{"resourceType":"Patient","id":"b","bogus":1}\n{"resourceType":"Nope","id":"b"}\n'
                                        f'{{"resourceType":"Patient","id":"{"a" * 65}"}}\n{{"resourceType":"Patient","id":5}}\n[1]\n{{"resourceType":"Patient","id":"c"}}\r\n'
                                        '{"resourceType":"Patient","id":"late","meta":{"lastUpdated":"9999-12-31T23:59:59.999Z"}}\n')
        (files / "b.json").write_text('{"resourceType":"Bundle","type":"collection","entry":7}')
        (files / "c.json").write_text('{"resourceType":"Bundle","type":"collection","entry":[7,{"resource":7},{"resource":{"resourceType":"Patient","id":"d"}}]}')
        (files / "d.json").write_text("")
        (files / "e.json").write_text("[" * 100_000)
        (files / "f.json").write_bytes(b"\xff\xfe")
        named = [*(f"a.ndjson, line {n}" for n in (3, 4, 5, 6, 7, 8, 10)), "b.json", "c.json, entry 1", "c.json, entry 2", "d.json", "e.json", "f.json"]
        first = run("import", files, "--data", data)
        check_ends(first, 1, named, "an import with mistakes")
        checks.check(len(first.stderr.strip().splitlines()) - first.stderr.count(" read\n") == len(named), f"not just the mistakes are named: {first.stderr[-900:]}")
        second = run("import", files, "--data", data)
        checks.check(second.returncode == 1 and second.stdout.strip().splitlines()[-1].split()[2] == "0", "importing twice wrote something")
        with Server(folder=data) as server:
            _, body, _ = server.client().call("GET", "Patient?_count=50")
            checks.check(sorted(entry["resource"]["id"] for entry in body["entry"]) == ["a", "c", "d"], "the good resources are not there")
            server.stop()
        (place / "empty").mkdir()
        check_ends(run("import", place / "empty", "--data", data), 1, ("no .json or .ndjson",), "import of an empty folder")
        check_ends(run("import", place / "nowhere", "--data", data), 1, ("no file or folder",), "import of nothing")
        killed_imports(place)


def killed_imports(place):
    data, count = place / "killed", 20_000
    lines = ndjson(place / "many.ndjson", ({"resourceType": "Patient", "id": f"i{n}", "name": [{"family": f"F{n}"}]} for n in range(count)))
    for wait in (0.2, 0.5, 0.8):
        process = subprocess.Popen([PROGRAM, "import", str(lines), "--data", str(data)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        process.kill()
        process.wait()
        if data.is_dir():
            check_ends(run("check", "--data", data), 0, ("all is well",), f"check after an import was killed at {wait} s")
    check_ends(run("import", lines, "--data", data), 0, (), "the import done again")
    last = run("import", lines, "--data", data)
    checks.check(last.stdout.strip().splitlines()[-1].split()[1:] == [str(count), "0", str(count), "0"], f"importing twice: {last.stdout}")


# --- Damaged, full and busy machines ---------------------------------------------------------------------------------------------------------

def damaged():
    with folder() as place:
        good = place / "good"
        with Server(folder=good) as server:
            server.client().call("PUT", "Patient/p", {"resourceType": "Patient", "id": "p"})
            server.stop()
        fresh = lambda: (shutil.rmtree(place / "data", ignore_errors=True), shutil.copytree(good, place / "data"))[1]
        garbage = bytes(generator.randrange(256) for _ in range(20_000)).replace(b"\n", b"x")
        for name, word in (("tripsis.db", "tripsis.db"), ("accounts.db", "accounts.db"), ("keys/token.pem", "token.pem"), ("tripsis.toml", "tripsis.toml"), ("audit.log", "audit.log")):
            data = fresh()
            (data / name).write_bytes(garbage)
            outcome = serve_for(20, data)
            checks.check(outcome.returncode in (1, 3) and word in outcome.stdout, f"{name} is garbage: {outcome.returncode} {outcome.stdout[-300:]}")
            checks.check((data / name).read_bytes() == garbage, f"a damaged {name} was written over")
        for name, damage in (("garbage", lambda path: path.write_bytes(garbage)), ("gone", lambda path: path.unlink()), ("empty", lambda path: path.write_bytes(b""))):
            data = fresh()
            for ending in ("-wal", "-shm"):
                (data / f"index.db{ending}").unlink(missing_ok=True)
            damage(data / "index.db")
            with Server(folder=data) as server:
                body = server.client().call("GET", "Patient?_id=p")[1]
                checks.check(len(body.get("entry", [])) == 1, f"index.db is {name}: it is not made again")
                server.stop()
            check_ends(run("check", "--data", data), 0, ("all is well",), f"check after index.db was {name}")
        data = fresh()
        (data / "tripsis.toml").write_text("listen = 5\n")
        check_ends(serve_for(20, data), 1, ("tripsis.toml", "listen"), "a setting of a wrong form")
        (place / "file").write_text("x")
        check_ends(serve_for(20, place / "file"), 3, ("--data",), "a file for a data folder")
        check_ends(run("check", "--data", place / "nowhere"), 1, ("no data folder",), "check of nothing")
        checks.check(not (place / "nowhere").exists(), "check makes a data folder")
        read_only(fresh())
        busy(fresh(), place)


def read_only(data):
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return checks.skip("a read-only data folder: it takes root and setpriv to be somebody who may only read")
    program, parent = shutil.copy(PROGRAM, data.parent / "program"), data.parent
    os.chmod(parent, 0o755)
    subprocess.run(["chmod", "-R", "a+rX,a-w", str(data)], check=True)
    for command in (["serve", "--listen", "127.0.0.1:0"], ["check"]):
        outcome = subprocess.run(["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", program, *command, "--data", str(data)],
                                 capture_output=True, text=True, timeout=60)
        check_ends(outcome, 3, ("cannot be written",), f"{command[0]} on a read-only data folder")
    subprocess.run(["chmod", "-R", "u+w", str(data)], check=True)


def busy(data, place):
    with Server(folder=data) as server:
        check_ends(serve_for(20, data), 3, ("Another Tripsis uses",), "two servers on one data folder")
        outcome = serve_for(20, place / "other", f"127.0.0.1:{server.port}")
        check_ends(outcome, 3, ("cannot be listened to", "in use", "--listen"), "a port in use")
        checks.check("/usr/" not in outcome.stdout, "the message about a port names files of the build")
        check_ends(serve_for(20, place / "other", "1.2.3:80"), 3, ("cannot be listened to", "--listen"), "an address that is none")
        under_load(server)


def under_load(server):
    acknowledged = []

    def put(number):
        client = server.client()
        try:
            for n in range(100_000):
                name = f"w{number}-{n}"
                if client.call("PUT", f"Patient/{name}", {"resourceType": "Patient", "id": name})[0] == 201:
                    acknowledged.append(name)
        except (OSError, ValueError, Exception):  # whatever a connection says when the server goes
            return

    writers = [threading.Thread(target=put, args=(number,)) for number in range(8)]
    for writer in writers:
        writer.start()
    time.sleep(1)
    checks.check(server.stop() == 0, "SIGTERM under load: not a clean end")
    for writer in writers:
        writer.join()
    server.start()
    client = server.client()
    lost = sum(client.call("GET", f"Patient/{name}")[0] != 200 for name in acknowledged)
    checks.check(acknowledged and lost == 0, f"SIGTERM under load: {lost} of {len(acknowledged)} acknowledged writes are lost")
    server.stop()


def full_disk():
    with folder() as place:
        if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(place)], capture_output=True).returncode != 0:
            return checks.skip("a full disk: no small file system can be mounted here")
        try:
            with Server(folder=place / "data") as server:
                fill(server, place)
            check_ends(run("check", "--data", place / "data"), 0, ("all is well",), "check after the disk was full")
        finally:
            subprocess.run(["umount", str(place)], check=True)


def fill(server, place):
    client, acknowledged, refused = server.client(), [], []
    for number in range(5000):
        name = f"f{number}"
        family = "".join(generator.choices("abcdefghijklmnopqrstuvwxyz", k=3000))
        answer = client.call("PUT", f"Patient/{name}", {"resourceType": "Patient", "id": name, "name": [{"family": family}]})
        if answer[0] == 201:
            acknowledged.append(name)
        else:
            refused.append(answer)
        if len(refused) == 20:
            break
    checks.check(len(refused) == 20 and all(status == 503 and "disk is full" in diagnostics(body) and headers["Retry-After"] for status, body, headers in refused),
                 f"a full disk: {[(status, diagnostics(body)) for status, body, _ in refused[:2]]}")
    checks.check(all(client.call("GET", f"Patient/{name}")[0] == 200 for name in acknowledged), "a full disk: something acknowledged cannot be read")
    checks.check(client.call("GET", "Patient?_summary=count")[1]["total"] == str(len(acknowledged)), "a full disk: searches do not go on")
    subprocess.run(["mount", "-o", "remount,size=40m", str(place)], check=True)
    checks.check(client.call("PUT", "Patient/again", {"resourceType": "Patient", "id": "again"})[0] == 201, "room again: writes do not go on")
    checks.check(len(client.call("GET", "Patient?_id=again")[1].get("entry", [])) == 1, "room again: a search does not see the write")
    checks.check(server.stop() == 0, "a full disk: not a clean end")


def audited(server, requests):
    """A row for each request that the API answered, the chain unbroken, and nothing of the records in it."""
    text = (server.folder / "audit.log").read_text()
    rows = [json.loads(line) for line in text.splitlines()]
    checks.check(len(rows) == requests, f"{len(rows)} rows of the audit log for {requests} requests")
    for word in ("Family", "xxxx", "a long enough password", "hostile-owner\",\"pass", "tripsis_session"):
        checks.check(word not in text, f"the audit log holds {word!r}")


def counted(server):
    """Counts what is asked through the server's clients."""
    make, count = server.client, [0]

    def client():
        made = make()
        call = made.call

        def counting(*arguments, **named):
            count[0] += 1
            return call(*arguments, **named)
        made.call = counting
        return made
    server.client = client
    return count


with Server() as server, Server() as other:
    count = counted(server)
    searching(server.client())
    addressing(server.client())
    transactions(server.client())
    tokens(server, other)
    sessions(server)
    checks.check(server.stop() == 0, "the server did not stop cleanly on SIGTERM")
    audited(server, count[0])
    log = server.log.read_text()
    checks.check(not any(mark in log for mark in LOG_MARKS), f"a sanitizer speaks: {log[-1000:]}")
    checks.check("Family" not in log and "password" not in log, "the log holds something of the records")
    check_ends(run("check", "--data", server.folder), 0, ("all is well",), "check after all that")
rules()
imports()
damaged()
full_disk()
checks.close()
