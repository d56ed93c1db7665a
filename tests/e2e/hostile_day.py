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


def clinical_bodies(patient):
    yield from bodies(patient)
    code = lambda name, value: (name, {"valueCode": value})
    clearance = [code("rule", "dvt_history"), ("clinician", {"valueString": "x"}), ("licence", {"valueString": "y"}),
                 ("scope", {"valueString": "z"})]
    for day in ("2026-11-20", "0001-01-01", "9999-12-31", "2026", ""):
        yield parameters(*clearance, ("date", {"valueDate": day}))
        yield parameters(*clearance, ("date", {"valueDate": "2026-11-20"}), ("expiry", {"valueDate": day}))
    yield parameters(*clearance, ("date", {"valueDate": "2026-11-20"}), ("task", reference("Task/nope")))
    yield parameters(*clearance, ("date", {"valueDate": "2026-11-20"}), ("document", reference("Patient/x")))
    yield parameters(*[code("rule", "dvt_history")] * 2000)
    for rule in ("fever", "nope", "\u0000", "a" * 100000):
        yield parameters(code("rule", rule), code("reason", "adapted"))
        yield parameters(code("rule", rule), code("reason", "other"), ("text", {"valueString": "\u202e" * 5000}))
    for text in ("toxins " * 12000, "flush " * 12000 + "toxins", "\ud7ff\uffff\U0001f600", "not " * 20000, ""):
        yield parameters(("text", {"valueString": text}))
    yield parameters(("subject", reference("Patient/nope")))
    yield parameters(("subject", {"valueString": "x"}))


def safety_and_knowledge(patient):
    for path in (f"Patient/{patient}/$screen", f"Patient/{patient}/$request-clearance", f"Patient/{patient}/$clear",
                 f"Patient/{patient}/$override", "Patient/nope/$clear", "$check-wording", "Questionnaire/odi/$populate",
                 "Questionnaire/nope/$populate", "QuestionnaireResponse/$extract", "PlanDefinition/p-clbp/$apply",
                 "PlanDefinition/rule-fever/$apply", "PlanDefinition/nope/$apply"):
        for body in clinical_bodies(patient):
            look("POST", f"/fhir/R4/{path}", body)
    for path in ("$evidence?start=x", "$evidence?start=9999-12-31&end=0001-01-01", "$rules-report", "$adverse-events?start=2026",
                 f"Patient/{patient}/$measures?x=1", "Task/nope/$letter", "PlanDefinition/p-clbp/$apply?subject=x"):
        look("GET", f"/fhir/R4/{path}")


HOOKS = {"patient-view": {}, "encounter-start": {"encounterId": "e"}, "appointment-book": {"appointments": {"entry": 5}}}


def decision_support(patient):
    """CDS Hooks: https://cds-hooks.hl7.org/2.0/"""
    appointment = {"resourceType": "Appointment", "status": "proposed", "start": "2026-99-99T00:00:00Z", "participant": [{}]}
    for hook, context in HOOKS.items():
        for more in ({}, {"patientId": patient}, {"patientId": "../x"}, {"patientId": 5}, {"patientId": "nope"},
                     {"patientId": patient, "appointments": {"resourceType": "Bundle", "entry": [{"resource": appointment}] * 50}}):
            for prefetch in ({}, None, [], {"patient": None}, {"patient": {"resourceType": "Patient", "id": patient}},
                             {"patient": {"resourceType": "Patient", "id": "other"}, "conditions": {"resourceType": "Bundle"}},
                             {"patient": {"resourceType": "Patient", "birthDate": "x"}, "x": {"resourceType": "Nothing"}}):
                look("POST", f"/cds-services/tripsis-{hook}",
                     {"hook": hook, "hookInstance": "x", "context": {"userId": "Practitioner/x", **context, **more},
                      "prefetch": prefetch}, media="application/json")
        for body in (*bodies(patient), {"hook": 5}, {"hook": hook, "context": []}):
            look("POST", f"/cds-services/tripsis-{hook}", body, media="application/json")
        for feedback in ({}, {"feedback": 5}, {"feedback": [5]}, {"feedback": [{"card": "x", "outcome": "overridden"}]},
                         {"feedback": [{"card": "0" * 5000, "outcome": "z", "overrideReason": {"reason": []}}]}):
            look("POST", f"/cds-services/tripsis-{hook}/feedback", feedback, media="application/json")


def own_definitions(patient):
    """A practice's own rules: what is no rule is refused, whatever it is."""
    def rule(expression):
        part = lambda url, **value: {"url": url, **value}
        return {"resourceType": "PlanDefinition", "status": "active", "title": "x", "purpose": "y",
                "meta": {"tag": [{"system": "https://tripsis.org/fhir/CodeSystem/origin", "code": "practice"}]},
                "type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/plan-definition-type", "code": "eca-rule"}]},
                "extension": [{"url": "https://tripsis.org/fhir/StructureDefinition/rule", "extension": [
                    part("rule", valueCoding={"system": "https://tripsis.org/fhir/CodeSystem/rule", "code": "hostile_rule"}),
                    part("level", valueCode="absolute"), part("lifts-when", valueString="z")]}],
                "action": [{"condition": [{"kind": "applicability", "expression": {
                    "language": "application/vnd.tripsis.trigger+json", "expression": expression}}],
                    "action": [{"textEquivalent": "t", "participant": [{"type": "practitioner"}]}]}]}
    deep = '{"trigger":' + '{"not":' * 300 + "{}" + "}" * 300 + "}"
    for expression in ("", "{", "null", "[]", "{}", '{"trigger":5}', '{"trigger":{"any":[]}}', '{"trigger":{"any":[{"icd10":["*"]}]}}',
                       '{"trigger":{"all":[{"age":">=","years":-1}]}}', '{"trigger":{"vital":"systolic","op":"~","value":1}}',
                       '{"trigger":{"finding":["nope"]}}', '{"trigger":{"screen":"x","reading":"y"}}', deep,
                       '{"history":{"counts_within_days":1e99},"trigger":{"icd10":["A"]}}'):
        look("POST", "/fhir/R4/PlanDefinition", rule(expression))
    look("PUT", "/fhir/R4/PlanDefinition/rule-fever", {"resourceType": "PlanDefinition", "id": "rule-fever", "status": "retired"})
    look("DELETE", "/fhir/R4/PlanDefinition/rule-fever")
    look("GET", f"/fhir/R4/Patient/{patient}/$screen")


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
                 "phq9", "groc", "odi", "koos", "midas", "psqi", "headache-diary", "sleep-diary", "medicines-diary", "flare-up",
                 "after-visit", "meds", "rom"):
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
    safety_and_knowledge(ana)
    decision_support(ana)
    forms(ana)
    links_and_drafts(ana)
    ask("POST", "/auth/sign-in", {"username": "owner", "password": "tripsis-demo"}, media="application/json")
    own_definitions(ana)
    look("GET", "/healthz")
print(f"{passed} passed, {failed} failed")
raise SystemExit(1 if failed else 0)
