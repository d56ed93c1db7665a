#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Writes docs/clinical/forms.md and docs/clinical/measures.md from knowledge/*.yaml, for therapists who check what is asked and why.

The files are checked in; tests/unit/clinical_docs_test.cc fails where an item is missing in them.
usage: clinical_docs.py   (from the folder that holds knowledge/)
"""
from pathlib import Path

import yaml

OFFERED = ["nprs", "peg", "psfs", "rmdq", "gad7", "phq9", "groc"]


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


def doubts(one):
    found = []
    source = one.get("item_text_src", "")
    if not source.startswith("found:"):
        found.append("its wording was not compared with the published form")
    if one["licence"].get("src", "").startswith("known:"):
        found.append("its licence was not re-read in a source")
    recalled = sorted({c["src"] for c in one["change"] if c["src"].startswith("known:")})
    if recalled:
        found.append("these thresholds were not re-read: " + ", ".join(f"`{src}`" for src in recalled))
    return found


def measures_page(instruments, sources):
    offered = [one for name in OFFERED for one in instruments["instruments"] if one["id"] == name]
    out = ["# The measures", "",
           "Made from `knowledge/instruments.yaml` by `tools/clinical_docs.py`. The other instruments of that file are not offered: their wording needs a",
           "licence or a check first.", "", "## Unverified, so look here first"]
    out += [f"* `{one['id']}`: {'; '.join(doubts(one))}." for one in offered if doubts(one)]
    out += ["", "## When a change counts", "", instruments["change_policy"]["rule"], "", instruments["change_policy"]["caution"], "",
            "A threshold in percent is shown here with its source and decides nothing. Of the PSFS the threshold of a single activity does not judge the mean.", ""]
    for one in offered:
        low, high = one["range"]
        out += [f"## `{one['id']}`: {one['name']}", "",
                f"* Measures: {one['measures']}.",
                f"* Range {low} to {high}; {'lower' if one['direction'] == 'lower_better' else 'higher'} is better.",
                f"* Scoring: {one['scoring']}.",
                f"* Missing answers: {MISSING[one['id']]}.",
                f"* Licence: {one['licence'].get('note', one['licence']['status'])} ({cited(one['licence']['src'], sources)}).",
                *(f"* Act on it: {alert}." for alert in one.get("alerts", [])), "",
                "| kind | change | in whom | source |", "|---|---|---|---|",
                *(f"| {cell(c['type'])} | {cell(c['value'])} {cell(c['unit'])} | {cell(c['population'])} | {cell(cited(c['src'], sources))} |" for c in one["change"]), ""]
    return "\n".join(out)


MISSING = {
    "nprs": "no answer, no score",
    "peg": "all three are needed",
    "psfs": "an activity that is named and not rated gives no score",
    "rmdq": "a sentence that is not ticked counts 0",
    "gad7": "no score. The data say nothing of missing answers, so nothing is guessed; a rule of prorating would need a source",
    "phq9": "one or two are prorated to all nine and rounded; with more there is no score. An answer above 0 to the last question raises the crisis task, score or not",
    "groc": "no answer, no score",
}


def main():
    sources = {one["id"]: one["cite"] for one in load("sources")["sources"]}
    folder = Path("docs/clinical")
    (folder / "forms.md").write_text(forms_page(load("forms")), encoding="utf-8")
    (folder / "measures.md").write_text(measures_page(load("instruments"), sources), encoding="utf-8")


main()
