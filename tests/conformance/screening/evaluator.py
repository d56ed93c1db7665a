#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""A second screening engine, written from the header of knowledge/contraindications.yaml alone: what it and the program say differently is a fault of one of them.

    evaluator.py BUNDLE.json YYYY-MM-DD     prints the outcome as section 6 of the header defines it
"""
from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from clauses import Cause, Compiler, Record
from facts import Diagnosis, Json, Procedure, Reader, codings, has_word, words_of

RULES = Path(__file__).resolve().parents[3] / "knowledge/contraindications.yaml"


class ExactLoader(yaml.CSafeLoader):
    """Numbers keep their written value."""


ExactLoader.add_constructor("tag:yaml.org,2002:float", lambda loader, node: Decimal(node.value))


class SiteMap:
    """Where on the body a diagnosis or procedure is."""

    def __init__(self, data: Json, systems: Json) -> None:
        self.words: dict[str, list[str]] = data["words"]
        self.icd10 = {code.replace(".", ""): regions for code, regions in data["icd10"].items()}
        self.snomed: dict[str, list[str]] = data["snomed"]
        self.body: dict[str, list[str]] = data["body_structure"]
        self.snomed_system: str = systems["snomed"]

    def regions(self, cause: Cause) -> list[str]:
        fact = cause.fact
        if not isinstance(fact, (Diagnosis, Procedure)):
            return []
        sites = fact.resource.get("bodySite", [])
        found: list[str] = []
        for site in sites:
            for system, code in codings(site):
                if system == self.snomed_system:
                    found += self.body.get(code, [])
            text = words_of(site)
            found += [region for word, regions in self.words.items() if has_word(text, (word,)) for region in regions]
        if found:
            return found
        if isinstance(fact, Diagnosis):
            for code in fact.icd10:
                prefix = max((known for known in self.icd10 if code.startswith(known)), key=len, default=None)
                found += self.icd10[prefix] if prefix else []
            if found:
                return found
        codes = fact.snomed if isinstance(fact, Diagnosis) else fact.codes
        return [region for code in codes for region in self.snomed.get(code, [])]


class Evaluator:
    """Loads the rules once; `screen` judges a Bundle, parsed with numbers as Decimal or int, on a day."""

    def __init__(self, rules: Path = RULES) -> None:
        data = yaml.load(rules.read_text(encoding="utf-8"), Loader=ExactLoader)
        self.levels: Json = data["schema"]["levels"]
        self.precedence: list[str] = data["schema"]["precedence"]
        self.findings: list[Json] = data["findings"]
        self.reader, self.compiler = Reader(data), Compiler(data)
        self.sites = SiteMap(data["site_map"], data["systems"])
        self.rules: list[Json] = data["rules"]
        self.gateways: list[str] = next(one["gateways"] for one in self.compiler.screens["pre_visit"]["readings"] if one["id"] == "follow_up")
        self.triggers = [(rule, self.compiler.compile(rule["trigger"], rule["history"]),
                          self.compiler.compile(rule["ask_when"], rule["history"]) if "ask_when" in rule else None) for rule in self.rules]

    def screen(self, bundle: Json, on: date) -> Json:
        record = Record(self.reader.read(bundle, on.toordinal()), self.compiler)
        issues: dict[str, list[Json]] = {level: [] for level in self.precedence}
        asked: dict[str, list[str]] = {}
        for rule, trigger, ask_when in self.triggers:
            causes = trigger(record)
            asks: list[str] = []
            if causes is not None and rule["level"] != "ask":
                issue, site_unknown = self._issue(rule, causes)
                issues[rule["level"]].append(issue)
                asks += ["site_unknown"] if site_unknown else []
            if (causes is not None) if ask_when is None else (causes is None and ask_when(record) is not None):
                asks += self._asks(rule, record)
            for finding in asks:
                asked.setdefault(finding, []).append(rule["id"])
        found = [issue for level in self.precedence for issue in issues[level]]
        return {"decision": self.levels[found[0]["level"]] if found else "none", "issues": found,
                "questions": [{"finding": finding["id"], "text": finding["text"], "rules": list(dict.fromkeys(asked[finding["id"]]))}
                              for finding in self.findings if finding["id"] in asked and not self._is_answered(record, finding["id"])]}

    def _asks(self, rule: Json, record: Record) -> list[str]:
        if rule["id"] == "previsit_followup":
            return [finding for gateway in self.gateways if record.yes(gateway) for finding in self.compiler.follow_ups(gateway)]
        return list(rule.get("asks", ()))

    def _is_answered(self, record: Record, finding: str) -> bool:
        if record.answers(finding):
            return True
        return finding == "measure_bp" and any(value.number is not None for value in record.facts.window("systolic", 1))

    def _issue(self, rule: Json, causes: list[Cause]) -> tuple[Json, bool]:
        regions, site_unknown = list(rule["applies"]["regions"]), False
        if rule["applies"]["site"] == "needed":
            places = [self.sites.regions(cause) for cause in causes]
            site_unknown = not all(places)
            regions = list(dict.fromkeys(region for place in places for region in place)) + (["site"] if site_unknown else [])
        refs = dict.fromkeys(cause.ref for cause in causes)
        issue = {"rule": rule["id"], "level": rule["level"], "urgency": rule["urgency"], "techniques": rule["applies"]["techniques"], "regions": regions,
                 "because": [{"ref": ref} for ref in refs], "action": rule["action"]["therapist"], "source": rule["references"]}
        return ({**issue, "pathway": rule["pathway"]} if "pathway" in rule else issue), site_unknown


def main(path: str, on: str) -> None:
    bundle: Any = json.loads(Path(path).read_text(encoding="utf-8"), parse_float=Decimal)
    print(json.dumps(Evaluator().screen(bundle, date.fromisoformat(on)), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
