#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Realistic records through the program: imported twice, screened, sent by PUT and read back, exported and imported again."""
import json
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from tripsis import ROOT, SHARED, Checks, Server, parse, run, write

EXAMPLES = ROOT / "tools/definitions/node_modules/hl7.fhir.r4.examples"
EXAMPLE_TYPES = ("Patient", "Observation", "Appointment", "CarePlan", "Questionnaire")
INVALID_EXAMPLES = {"Questionnaire-qs1.json"}  # its items have no linkId, which R4 requires
checks = Checks()


def same(sent, got):
    """Equal but for what the server sets: meta.versionId and meta.lastUpdated."""
    def bare(resource):
        meta = {k: v for k, v in resource.get("meta", {}).items() if k not in ("versionId", "lastUpdated")}
        rest = {k: v for k, v in resource.items() if k != "meta"}
        return {**rest, **({"meta": meta} if meta else {})}
    return bare(sent) == bare(got)


def round_trip(client, resource, what):
    path = f"{resource['resourceType']}/{resource['id']}"
    status, body, _ = client.call("PUT", path, resource)
    if status not in (200, 201):
        return checks.check(False, f"{what}: PUT {path} gives {status} {write(body)[:300]}")
    status, got, _ = client.call("GET", path)
    return checks.check(status == 200 and same(resource, got), f"{what}: {path} came back changed")


def official_examples(client):
    if not EXAMPLES.is_dir():
        return checks.check(False, "the official examples are not installed (scripts/setup)")
    count = 0
    for kind in EXAMPLE_TYPES:
        for path in sorted(EXAMPLES.rglob(f"{kind}-*.json")):
            resource = parse(path.read_text())
            if resource.get("resourceType") == kind and "id" in resource and path.name not in INVALID_EXAMPLES:
                round_trip(client, resource, path.name)
                count += 1
    print(f"official examples: {count}")
    checks.check(count > 80, f"only {count} official examples were found")


def distinct_ids(files):
    ids = defaultdict(set)
    for path in files:
        for entry in parse(path.read_text())["entry"]:
            ids[entry["resource"]["resourceType"]].add(entry["resource"]["id"])
    return {kind: len(of_kind) for kind, of_kind in ids.items()}


def totals(client, kinds):
    return {kind: int(client.call("GET", f"{kind}?_summary=count")[1]["total"]) for kind in kinds}


def import_twice(folder, files):
    for turn in ("first", "second"):
        outcome = run("import", SHARED / "fhir/patients", "--data", folder)
        checks.check(outcome.returncode == 0, f"{turn} import: status {outcome.returncode} {outcome.stderr[-600:]}")
        with Server(folder=folder) as server:
            wanted = distinct_ids(files)
            checks.check(totals(server.client(), wanted) == wanted, f"{turn} import: not as many resources as there are distinct ids")


def element_exists(bundle, reference):
    return any(f"{entry['resource']['resourceType']}/{entry['resource'].get('id')}" == reference or entry.get("fullUrl") == reference
               for entry in bundle["entry"])


def screen_records(files):
    for path in files:
        bundle = parse(path.read_text())
        if not any(entry["resource"]["resourceType"] == "Patient" for entry in bundle["entry"]):
            continue
        outcome = run("screen", "--patient", path, "--on", "2019-06-01")
        if not checks.check(outcome.returncode == 0, f"screen {path.name}: status {outcome.returncode} {outcome.stderr[-300:]}"):
            continue
        result = json.loads(outcome.stdout)
        checks.check(all(issue["because"] and all(element_exists(bundle, b["ref"]) for b in issue["because"]) for issue in result["issues"]),
                     f"screen {path.name}: an issue names no element of the record")


def put_records(client, files):
    """The records' own resources by PUT, references turned into ids as an import does."""
    for path in files:
        bundle = parse(path.read_text())
        names = {entry["fullUrl"]: f"{entry['resource']['resourceType']}/{entry['resource']['id']}" for entry in bundle["entry"]}
        text = path.read_text()
        for urn, name in names.items():
            text = text.replace(f'"reference": "{urn}"', f'"reference": "{name}"').replace(f'"reference":"{urn}"', f'"reference":"{name}"')
        changed = 0
        for entry in parse(text)["entry"]:
            resource = entry["resource"]
            status, body, _ = client.call("PUT", f"{resource['resourceType']}/{resource['id']}", resource)
            status_got, got, _ = client.call("GET", f"{resource['resourceType']}/{resource['id']}")
            changed += status not in (200, 201) or status_got != 200 or not same(resource, got)
        checks.check(changed == 0, f"{path.name}: {changed} resources did not come back as they were sent")


def vignettes():
    """Each small case says what the safety screen must find, and what it must not."""
    for case in json.loads((SHARED / "vignettes/expected.json").read_text()):
        outcome = run("screen", "--patient", SHARED / "vignettes" / case["file"], "--on", case["on"])
        if not checks.check(outcome.returncode == 0, f"screen {case['file']}: {outcome.stderr[-300:]}"):
            continue
        result = json.loads(outcome.stdout)
        fired = {issue["rule"] for issue in result["issues"]}
        asked = {question["finding"] for question in result["questions"]}
        unjudged = set(result.get("not_judged", []))
        checks.check(result["decision"] == case["decision"] or unjudged, f"{case['file']}: {result['decision']}, not {case['decision']}")
        checks.check(set(case["rules"]) <= fired | unjudged, f"{case['file']}: {set(case['rules']) - fired} did not fire")
        checks.check(not fired & set(case["not_rules"]), f"{case['file']}: {fired & set(case['not_rules'])} fired")
        checks.check(set(case["questions"]) <= asked | unjudged, f"{case['file']}: {set(case['questions']) - asked} not asked")


def the_loop():
    """Every resource that the practice's own work makes: taken from the demo, sent by PUT to an empty server, read back."""
    folder, out = Path(tempfile.mkdtemp(prefix="tripsis-loop-")), Path(tempfile.mkdtemp(prefix="tripsis-loop-out-"))
    try:
        with Server("demo", folder=folder, options=["--today", "2026-11-23"]) as demo:
            checks.check(demo.stop() == 0, "the demo did not stop cleanly")
        checks.check(run("export", out / "all", "--data", folder).returncode == 0, "export of the demo")
        resources = [parse(line) for path in sorted((out / "all").glob("*.ndjson")) for line in path.read_text().splitlines()]
        notes = {f"Composition/{r['id']}": r for r in resources if r["resourceType"] == "Composition"}
        signatures = {r["target"][0]["reference"]: r for r in resources if r["resourceType"] == "Provenance"}
        with Server() as server:
            client = server.client()
            for resource in resources:
                if resource["resourceType"] not in ("Composition", "Provenance"):
                    round_trip(client, resource, "loop")
            for name, note in notes.items():
                signed_note(server, note, signatures[name])
        checks.check(len(notes) > 100, "the demo has few notes")
    finally:
        shutil.rmtree(folder)
        shutil.rmtree(out)


def signed_note(server, note, signature):
    """A note and its signature go together, sent by the therapist who signs."""
    author = note["author"][0]["reference"]
    if author not in signers:
        name = f"signer-{len(signers)}"
        added = run("user", "add", name, "--role", "therapist", "--practitioner", author, "--data", server.folder, input="a long password\n")
        checks.check(added.returncode == 0, f"user add: {added.stderr[-300:]}")
        signers[author] = run("token", "--data", server.folder, "--role", "therapist", "--user", name).stdout.strip().splitlines()[-1]
    client = server.client()
    client.token = signers[author]
    pair = [note, signature]
    status, body, _ = client.call("POST", "/fhir/R4", {"resourceType": "Bundle", "type": "transaction", "entry": [
        {"resource": r, "request": {"method": "PUT", "url": f"{r['resourceType']}/{r['id']}"}} for r in pair]})
    if checks.check(status == 200, f"loop: a signed note is refused: {status} {write(body)[:300]}"):
        for resource in pair:
            got = client.call("GET", f"{resource['resourceType']}/{resource['id']}")[1]
            checks.check(same(resource, got), f"loop: {resource['resourceType']} came back changed")
    status = client.call("PUT", f"Composition/{note['id']}", note)[0]
    checks.check(status == 422, f"loop: a signed note was written again: {status}")


signers = {}


def export_and_back(folder):
    """Everything exported and imported into an empty folder is the same."""
    out, again = Path(tempfile.mkdtemp(prefix="tripsis-export-")), Path(tempfile.mkdtemp(prefix="tripsis-again-"))
    try:
        checks.check(run("export", out / "one", "--data", folder).returncode == 0, "export")
        outcome = run("import", out / "one", "--data", again)
        checks.check(outcome.returncode == 0, f"import of an export: {outcome.stderr[-600:]}")
        checks.check(run("export", out / "two", "--data", again).returncode == 0, "second export")
        for path in sorted((out / "one").glob("*.ndjson")):
            other = out / "two" / path.name
            checks.check(other.exists() and sorted(path.read_text().splitlines()) == sorted(other.read_text().splitlines()), f"{path.name} differs after export and import")
    finally:
        shutil.rmtree(out)
        shutil.rmtree(again)


with Server() as server:
    official_examples(server.client())
    if SHARED.is_dir():
        put_records(server.client(), sorted((SHARED / "fhir/patients").glob("*.json"))[:6])
the_loop()
if SHARED.is_dir():
    vignettes()
    files = sorted((SHARED / "fhir/patients").glob("*.json"))
    folder = Path(tempfile.mkdtemp(prefix="tripsis-records-"))
    try:
        import_twice(folder, files)
        screen_records(files)
        export_and_back(folder)
        outcome = run("check", "--data", folder)
        checks.check(outcome.returncode == 0, f"check after import: {outcome.stdout[-400:]}{outcome.stderr[-400:]}")
    finally:
        shutil.rmtree(folder)
else:
    checks.skip("the outside test data (../shared) is not here: patient records")
checks.close()
