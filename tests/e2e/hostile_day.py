#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Bad input for the operations, forms, drafts and links of the clinical day: each is answered below 500, and the server goes on.
Closes with "N passed, N failed"."""
import http.cookiejar
import json
import random
import urllib.error
import urllib.request

from tripsis import Server

passed = failed = 0
OPENER = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
RANDOM = random.Random(1)


def ask(method, path, body=None, media="application/fhir+json", accept="application/json, application/fhir+json"):
    data = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
    request = urllib.request.Request(BASE + path, data=data, method=method,
                                     headers={"Content-Type": media, "X-Tripsis-Client": "1", "Accept": accept})
    try:
        with OPENER.open(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read()


def look(method, path, body=None, **more):
    global passed, failed
    status, text = ask(method, path, body, **more)
    if status < 500:
        passed += 1
    else:
        failed += 1
        print(f"FAILED: {method} {path} {str(body)[:120]} was answered with {status} {text[:200]}")


def first(query):
    return json.loads(ask("GET", f"/fhir/R4/{query}")[1])["entry"][0]["resource"]["id"]


def parameters(*pairs):
    return {"resourceType": "Parameters", "parameter": [{"name": name, **value} for name, value in pairs]}


def reference(to):
    return {"valueReference": {"reference": to}}


def bodies(patient):
    yield from (b"", b"{", b"null", b"[]", b"\xff\xfe", {"resourceType": "Patient"}, {"resourceType": "Parameters"},
                b'{"resourceType":"Parameters","parameter":' + b"[" * 200 + b"]" * 200 + b"}",
                parameters(("", {})), {"resourceType": "Parameters", "parameter": [{"name": 5}]},
                parameters(("resource", {"resource": {"resourceType": "Patient", "name": [{}]}})),
                parameters(("reason", {"valueString": ""})), parameters(("reason", {"valueInteger": 1})),
                parameters(("source-patient", reference("Patient/nope")), ("target-patient", reference(f"Patient/{patient}"))),
                parameters(("source-patient", reference(f"Patient/{patient}")), ("target-patient", reference(f"Patient/{patient}"))),
                parameters(("start", {"valueDate": "2026-99-01"}), ("end", {"valueDate": "x"}),
                           ("recipient", {"valueString": "a" * 100000}), ("purpose", {"valueString": "\u202e"})),
                parameters(("start", {"valueDate": "2027-01-01"}), ("end", {"valueDate": "2020-01-01"}),
                           ("recipient", {"valueString": "x"}), ("purpose", {"valueString": "y"})))


def operations(patient):
    note, order, visit = first("Composition?_count=1"), first("ServiceRequest?_count=1"), first("Appointment?_count=1")
    for path in ("Patient/$match", "Patient/$merge", f"Composition/{note}/$entered-in-error", "Composition/nope/$entered-in-error",
                 f"Patient/{patient}/$records", f"Patient/{patient}/$invite", "Patient/nope/$invite",
                 f"Appointment/{visit}/$check-in", "Appointment/nope/$check-in"):
        for body in bodies(patient):
            look("POST", f"/fhir/R4/{path}", body)
    for query in ("minutes=0", "minutes=-5", "minutes=1e99", "minutes=abc", "per-week=0", "per-week=1e-9", "weeks=99999999999999",
                  "budget=0&price=0", "budget=-1", "budget=1&price=0.0000001", "condition=nope", "condition=%00"):
        look("GET", f"/fhir/R4/Patient/{patient}/$propose-plan?{query}")
    for query in ("since=2026", "since=x", "since=2030-01-01", "until=1900-01-01", "since=2026-01-01&until=2025-01-01", "paper=a0",
                  "ask=x", "ask=more-visits&visits=-1", "ask=more-visits&visits=1e9"):
        for path in (f"Patient/{patient}/$report", f"ServiceRequest/{order}/$letter"):
            look("GET", f"/fhir/R4/{path}?{query}", accept="application/pdf")
    for path in ("$worklist?practitioner=x", "$worklist?x=1", "Patient/nope/$portal", "Patient/nope/$chart"):
        look("GET", f"/fhir/R4/{path}")


def links_and_drafts(patient):
    for path in ("link", "link-request"):
        for body in (*bodies(patient), {"key": "x", "birthDate": "1990-01-01"}, {"key": 5}, {"email": "\r\nBcc: a@b"},
                     {"email": "x" * 100000}):
            look("POST", f"/auth/{path}", body, media="application/json")
    for body in (*bodies(patient), {"patient": f"Patient/{patient}", "forms": ["nope"]},
                 {"patient": "Patient/nope", "forms": ["intake"]}, {"patient": 5, "forms": 5}):
        look("POST", "/auth/hand-over", body, media="application/json")
    for key in ("note.x", "..%2f..", "a" * 500, "%00", f"note.new.{patient}"):
        for body in (*bodies(patient), {"resourceType": "Bundle", "type": "transaction", "entry": []},
                     {"resourceType": "Bundle", "type": "transaction", "entry": [{"resource": {"x": "y" * 2000000}}]}):
            look("PUT", f"/drafts/{key}", body)
        look("GET", f"/drafts/{key}")
        look("DELETE", f"/drafts/{key}")


def link_ids(items):
    for item in items:
        yield item["linkId"]
        yield from link_ids(item.get("item", []))


ANSWERS = [{"valueString": "x" * 5000}, {"valueInteger": -2147483648}, {"valueInteger": 99}, {"valueBoolean": True},
           {"valueCoding": {"code": "zzz"}}, {"valueCoding": {"display": "<b>"}}, {"valueDate": "2026-13-01"},
           {"valueDate": "0001-01-01"}, {"valueAttachment": {"contentType": "text/html", "data": "PGI+"}}, {"valueDecimal": 1.5}, {}]


def said(ids):
    item = {"linkId": RANDOM.choice(ids)}
    if RANDOM.random() < 0.2:
        return {**item, "item": [{"linkId": RANDOM.choice(ids), "answer": [RANDOM.choice(ANSWERS)]}]}
    return {**item, "answer": [RANDOM.choice(ANSWERS)]}


def forms(patient):
    for name in ("health-history", "goals-and-comfort", "consent", "journal", "pre-visit", "nprs", "peg", "psfs", "rmdq", "gad7",
                 "phq9", "groc"):
        form = json.loads(ask("GET", f"/fhir/R4/Questionnaire/{name}")[1])
        ids = list(link_ids(form["item"]))
        for _ in range(40):
            look("POST", "/fhir/R4/QuestionnaireResponse",
                 {"resourceType": "QuestionnaireResponse", "questionnaire": form["url"],
                  "status": RANDOM.choice(["completed", "amended", "entered-in-error"]),
                  "subject": {"reference": RANDOM.choice([f"Patient/{patient}", "Patient/nope", "Practitioner/x", "#a"])},
                  "authored": RANDOM.choice(["2026-11-27T10:00:00-05:00", "2026", "9999-12-31"]),
                  "item": [said(ids) for _ in range(RANDOM.randint(1, 12))]})


with Server("demo", options=["--seed", "1"]) as server:
    BASE = f"http://127.0.0.1:{server.port}"
    ask("POST", "/auth/sign-in", {"username": "maya", "password": "tripsis-demo"}, media="application/json")
    ana = first("Patient?name=Petrov")
    operations(ana)
    forms(ana)
    links_and_drafts(ana)
    look("GET", "/healthz")
print(f"{passed} passed, {failed} failed")
raise SystemExit(1 if failed else 0)
