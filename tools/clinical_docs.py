#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Writes docs/clinical/forms.md and docs/clinical/measures.md from knowledge/*.yaml, for therapists who check what is asked and why.

The files are checked in; tests/unit/clinical_docs_test.cc fails where an item is missing in them.
usage: clinical_docs.py   (from the folder that holds knowledge/)
"""
from pathlib import Path

import yaml

def load(name):
    with Path(f"knowledge/{name}.yaml").open(encoding="utf-8") as text:
        return yaml.safe_load(text)


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def answers(item):
    if "icd10" in item:
        return "; ".join(f"{words} ({code})" for code, words in item["icd10"]) + "; or in words"
    if "options" in item:
        return "; ".join(words for _, words in item["options"])
    if item.get("regions"):
        return "the regions of the body"
    if item["type"] == "boolean":
        return "yes or no"
    if "low" in item:
        return f"{item['min']} ({item['low']}) to {item['max']} ({item['high']})"
    return {"date": "a date", "group": "several rows", "display": "", "attachment": "drawn with the finger"}.get(item["type"], "words")


def rows(items, depth=0):
    for item in items:
        mark = "↳ " * depth
        when = "; only after " + ", ".join(f"`{q}` = {str(a).lower()}" for q, a in item["when"].items()) if "when" in item else ""
        yield f"| `{item['id']}` | {mark}{cell(item['text'])} | {cell(answers(item))}{when} | {cell(item.get('why', ''))} |"
        yield from rows(item.get("items", []), depth + 1)


def forms_page(forms):
    out = ["# The clinic's own forms", "",
           "Made from `knowledge/forms.yaml` by `tools/clinical_docs.py`. R-numbers name the requirement that a question serves.", "",
           "## Unverified, so look here first",
           "* No clinician has signed off any wording on this page. It is the project's own.",
           "* From a patient's plain words to an ICD-10-CM code is the project's own step. Each pair below `condition-what` needs a check; the safety rules",
           "  read the code. What is typed in words has no code, and the rules then ask the therapist to read it.",
           f"* The text at a high answer to the PHQ-9's last question comes from `{forms['crisis_text_src']}`: not re-read in a source. It reads:",
           f"  “{forms['crisis_text']}”",
           "* How often a form is asked again (health history and consent after a year, safety questions after 180 days, goals once) is a convention of the",
           "  project, not of a source.", ""]
    for form in forms["forms"]:
        out += [f"## `{form['id']}`: {form['title']}", "", f"{form['purpose']} About {form['minutes']} min.", "",
                "| item | question | answers | why it is asked |", "|---|---|---|---|", *rows(form["items"]), ""]
    return "\n".join(out)


def cited(mark, sources):
    kind, _, name = mark.partition(":")
    text = sources.get(name, mark)
    return text if kind == "found" else f"**unverified** {text}"


# src/clinic/forms/instruments.cc, entry_of
MEASURED = {"ppt", "rom", "limb_volume", "mas", "jaw_opening", "meds"}
DIARIES = {"headache_diary", "sleep_diary"}
LICENCES = {
    "free": "free", "free_clinical": "free in the clinic; its wording is not reproduced", "own": "the project's own",
    "needs_permission": "its wording needs a permission and is not reproduced", "unknown_verify": "not known; its wording is not reproduced until somebody has found out",
}


def entry(one):
    if one["id"] in MEASURED:
        return "staff measure it and enter it"
    if one["id"] in DIARIES:
        return f"the patient keeps the form `{one['id'].replace('_', '-')}`, every day while in care"
    if "items" in one or one["id"] == "goal":
        return "the patient answers it"
    return "the patient fills in the published form on paper; staff enter its score, or the numbers of its questions"


def doubts(one):
    found = []
    licence = one["licence"]
    if "items" in one and licence["status"] == "free" and not one.get("item_text_src", "").startswith("found:"):
        found.append("its wording was not compared with the published form")
    if "items" in one and licence["status"] == "own":
        found.append("the wording is the project's own and not validated")
    if licence["status"] == "unknown_verify":
        found.append("nobody has found out whether its wording may be shown")
    if licence.get("src", "").startswith("known:"):
        found.append("its licence was not re-read in a source")
    recalled = sorted({c["src"] for c in one["change"] if c["src"].startswith("known:") and c["value"] != "unknown"})
    if recalled:
        found.append("these thresholds were not re-read: " + ", ".join(f"`{src}`" for src in recalled))
    if all(c["value"] == "unknown" for c in one["change"]):
        found.append("nobody says from where on a change counts")
    if "t_table_src" in one:
        found.append(f"its T table: {one['t_table_src']}")
    return found


def licence(one, sources):
    told = one["licence"]
    text = f"{LICENCES[told['status']]}."
    if "note" in told:
        text += f" {told['note'][0].upper()}{told['note'][1:]}."
    return text + (f" Source: {cited(told['src'], sources)}." if "src" in told else "")


def unit(one):
    return f" {one['unit']}" if "unit" in one else ""


def measure(one, sources):
    low, high = one["range"]
    return [f"## `{one['id']}`: {one['name']}", "",
            f"* Measures: {one['measures']}.",
            f"* Range {low} to {high}{unit(one)}; {'lower' if one['direction'] == 'lower_better' else 'higher'} is better.",
            f"* How it comes in: {entry(one)}.",
            f"* Scoring: {one['scoring']}.",
            f"* Missing answers: {MISSING.get(one['id'], 'no score')}.",
            *([f"* Bands: {'; '.join(one['bands'])}."] if "bands" in one else []),
            f"* Licence: {licence(one, sources)}",
            *(f"* Act on it: {alert}." for alert in one.get("alerts", [])), "",
            "| kind | change | in whom | source |", "|---|---|---|---|",
            *(f"| {cell(c['type'])} | {cell(c['value'])} {cell(c['unit'])} | {cell(c['population'])} | {cell(cited(c['src'], sources))} |" for c in one["change"]), ""]


def norms(rom):
    out = ["## Range of motion: reference values", "", rom["note"], "",
           "None of these values was re-read in a source. An Observation of a movement carries its value as `referenceRange`; it is no goal, and nothing is judged by it.", "",
           "| movement | norm | range | note |", "|---|---|---|---|"]
    for one in rom["values"]:
        span = " to ".join(str(end) for end in one["range"]) if "range" in one else ""
        out.append(f"| `{one['movement']}` | {one['norm']} {one.get('unit', 'degrees')} | {span} | {cell(one.get('note', ''))} |")
    return [*out, ""]


def measures_page(instruments, sources):
    offered = instruments["instruments"]
    out = ["# The measures", "",
           "Made from `knowledge/instruments.yaml` by `tools/clinical_docs.py`. Words are shown only where the licence allows; of all others the score is entered.",
           "", "## Unverified, so look here first"]
    out += [f"* `{one['id']}`: {'; '.join(doubts(one))}." for one in offered if doubts(one)]
    out += [f"* {line}" for line in CONVENTIONS]
    out += ["", "## When a change counts", "", instruments["change_policy"]["rule"], "", instruments["change_policy"]["caution"], "",
            "A threshold in percent is shown here with its source and decides nothing, but for the FIQR, of which nobody says one in points. Of the PSFS the threshold of a single",
            "activity does not judge the mean. A rating of change (GROC, PGIC) is judged by its distance from \"no change\", whatever was answered first.", "",
            "## Which measure when", ""]
    out += [f"* {line}" for line in SCHEDULE]
    out += [""]
    for one in offered:
        out += measure(one, sources)
    return "\n".join(out + norms(instruments["rom_norms"]))


CONVENTIONS = [
    "Conventions of the project, of no source: KOOS's score is the mean of its five sub-scores, and how its 42 questions fall to them (7, 9, 17, 5, 4) was not re-read; neither were the highest numbers of the VSS's four parts (3, 2, 5, 3).",
    "A band begins at its lower number, so that an ODI of 20.5 is still minimal. NDI is scaled up with one decimal, PHQ-9 to a whole number.",
    "A pressure pain threshold is the mean of the second and the third reading; a movement the mean of the readings that there are; jaw opening the widest one without help.",
    "When a measure is due (below) follows conditions, protocols and plan; that a score within 90 days before a plan is its baseline, and that a review's measures are taken after the visit before it, and that of the conditions for which a diagnosis may stand the first counts, are conventions.",
]

SCHEDULE = [
    "*At the start*: every measure of the patient's conditions (`knowledge/conditions.yaml`, outcomes) and of their protocols (`protocols.yaml`, baseline and reassess) that was not taken in the 90 days before the plan. Ratings of change begin at the first review.",
    "*Every visit*: pain (`nprs`), before treatment.",
    "*Review at visit n*: at the plan's review points the protocol's measures of re-assessment; without a protocol all of the condition. Done when it was measured after the visit before.",
    "*Every day*: headache and sleep diary, while a plan runs or a visit is booked.",
    "*n weeks after the course*: as the protocol says, from a week before.",
]

MISSING = {
    "peg": "all three are needed",
    "psfs": "an activity that is named and not rated gives no score",
    "rmdq": "a sentence that is not ticked counts 0",
    "odi": "up to two sections may be missing; the percentage is of those answered",
    "ndi": "up to two may be missing; the sum is scaled up to ten",
    "quickdash": "one may be missing",
    "koos": "a sub-score needs half of its questions; the score needs all five sub-scores",
    "gad7": "no score. The data say nothing of missing answers, so nothing is guessed; a rule of prorating would need a source",
    "phq9": "one or two are prorated to all nine and rounded; with more there is no score. An answer above 0 to the last question raises the crisis task, score or not",
    "ppt": "the second and the third reading are needed",
    "rom": "one reading is enough",
    "limb_volume": "at least two girths of the affected limb; without the other limb no excess",
    "headache_diary": "days without an entry are counted as missing; a window holds with 23 of 28 days (80 %)",
    "sleep_diary": "a night without both times has no efficiency",
    "meds": "days without an entry are missing, not free of medicine",
}


def main():
    sources = {one["id"]: one["cite"] for one in load("sources")["sources"]}
    folder = Path("docs/clinical")
    (folder / "forms.md").write_text(forms_page(load("forms")), encoding="utf-8")
    (folder / "measures.md").write_text(measures_page(load("instruments"), sources), encoding="utf-8")


main()
