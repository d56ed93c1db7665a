# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Section 5 of the header of knowledge/contraindications.yaml: evidence of a pregnancy, its denial, and its weeks."""
from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Any

from facts import Diagnosis, Facts, codings, newest_answers, valid_answers
from moments import Moment, newest, parse_moment

TRIMESTERS = {"first": (0, 13), "second": (14, 27), "third": (28, 44)}
DAYS = {"wk": 7, "d": 1}


@dataclass
class Evidence:
    ref: str
    date: Moment | None
    weeks: int | None = None
    trimester: tuple[int, int] | None = None
    old_diagnosis: bool = False


@dataclass
class Pregnancy:
    """`weeks` holds the possible ranges; empty where they are unknown."""

    refs: list[str]
    stale: bool
    weeks: list[tuple[int, int]]

    @property
    def exists(self) -> bool:
        return bool(self.refs)


class PregnancyReader:
    def __init__(self, data: dict[str, Any]) -> None:
        rules = data["pregnancy"]
        bare = lambda codes: tuple(code.replace(".", "") for code in codes)
        self.icd10, self.exclude = bare(rules["icd10"]), bare(rules["exclude"])
        self.snomed = set(rules["snomed"]) | set(rules["unverified"])
        self.status = rules["status_observation"]
        self.due, self.weeks = set(rules["due_date_loinc"]), set(rules["weeks_loinc"])
        self.trimesters = {code.replace(".", ""): TRIMESTERS[name] for name, codes in rules["trimester_icd10"].items() for code in codes}
        self.weeks_prefix = rules["weeks_icd10_prefix"].replace(".", "")
        self.longest = rules["longest_days"]
        self.loinc = data["systems"]["loinc"]
        self.findings = {name: next(one for one in data["findings"] if one["id"] == name) for name in ("pregnant", "pregnancy_weeks")}

    def read(self, facts: Facts) -> Pregnancy:
        evidence, denials = self._diagnoses(facts), []
        self._answers(facts, evidence, denials)
        self._observations(facts, evidence, denials)
        live = [one for one in evidence if not any(self._ends(denial, one.date, facts) for denial in denials)]
        recent = [one for one in live if not one.old_diagnosis]
        weeks = self._weeks(recent, facts)
        stale = (not recent and bool(live)) or any(low > 44 for low, _ in weeks)
        return Pregnancy(sorted({one.ref for one in (recent or [])}), stale, weeks)

    @staticmethod
    def _ends(denial: Moment, date: Moment | None, facts: Facts) -> bool:
        """Evidence of the denial's own instant or before; of one day, one of them without a time, it is not known which was first."""
        if date is None:
            return True
        if denial.instant is not None and date.instant is not None:
            return date.instant <= denial.instant
        if denial.instant is None and date.instant is None:
            return date.day(facts.on) <= denial.day(facts.on)
        return date.day(facts.on) < denial.day(facts.on)

    def _is_code(self, diagnosis: Diagnosis) -> bool:
        return (any(code.startswith(self.icd10) and not code.startswith(self.exclude) for code in diagnosis.icd10)
                or bool(self.snomed.intersection(diagnosis.snomed)))

    def _diagnoses(self, facts: Facts) -> list[Evidence]:
        found = []
        for diagnosis in facts.diagnoses:
            if diagnosis.past or not self._is_code(diagnosis):
                continue
            one = Evidence(diagnosis.ref, diagnosis.date)
            if diagnosis.date:
                age = max(facts.age(diagnosis.date), 0)
                one.old_diagnosis = age > self.longest
                for code in diagnosis.icd10:
                    if code.startswith(self.weeks_prefix) and (given := self._weeks_of_code(code)) is not None:
                        one.weeks = floor(given + Fraction(age, 7))
                    if code in self.trimesters and age <= 91:
                        low, high = self.trimesters[code]
                        one.trimester = (low + age // 7, high + age // 7)
            found.append(one)
        return found

    def _weeks_of_code(self, code: str) -> int | None:
        digits = code[len(self.weeks_prefix):]
        if digits == "01":
            return 7
        return int(digits) if len(digits) == 2 and digits.isdigit() and 8 <= int(digits) <= 42 else None

    def _answers(self, facts: Facts, evidence: list[Evidence], denials: list[Moment]) -> None:
        evidence += [Evidence(answer.ref, answer.date) for answer in newest_answers(facts, self.findings["pregnant"]) if answer.value is True]
        denials += [answer.date for answer in valid_answers(facts, self.findings["pregnant"]) if answer.value is False and answer.date]
        for answer in newest_answers(facts, self.findings["pregnancy_weeks"]):
            if not isinstance(answer.value, bool) and answer.value > 0:
                since = max(facts.age(answer.date), 0) if answer.date else 0
                evidence.append(Evidence(answer.ref, answer.date, floor(Fraction(answer.value) + Fraction(since, 7))))

    def _observations(self, facts: Facts, evidence: list[Evidence], denials: list[Moment]) -> None:
        for resource, moment in facts.observations:
            codes = {code for system, code in codings(resource.get("code")) if system == self.loinc}
            ref = f"Observation/{resource.get('id')}"
            if codes & set(self.status["loinc"]):
                values = {code for _, code in codings(resource.get("valueCodeableConcept"))}
                if values & set(self.status["pregnant"]):
                    self._add(facts, evidence, Evidence(ref, moment))
                elif values & set(self.status["not_pregnant"]) and moment:
                    denials.append(moment)
            elif codes & self.due and (due := parse_moment(resource.get("valueDateTime"))):
                self._add(facts, evidence, Evidence(ref, moment, max(floor(40 - Fraction(due.first - facts.on, 7)), 0)))
            elif codes & self.weeks and "value" in (quantity := resource.get("valueQuantity", {})):
                days = DAYS.get(quantity.get("code") or quantity.get("unit", ""))
                one = Evidence(ref, moment)
                if days:
                    since = max(facts.age(moment), 0) if moment else 0
                    one.weeks = floor((Fraction(quantity["value"]) * days + since) / 7)
                self._add(facts, evidence, one)

    def _add(self, facts: Facts, evidence: list[Evidence], one: Evidence) -> None:
        if not one.date or facts.age(one.date) <= self.longest:
            evidence.append(one)

    def _weeks(self, evidence: list[Evidence], facts: Facts) -> list[tuple[int, int]]:
        undated = Moment(facts.on, facts.on)
        date = lambda one: one.date or undated
        exact = newest([one for one in evidence if one.weeks is not None], date, facts.on)
        if exact:
            return [(one.weeks, one.weeks) for one in exact if one.weeks is not None]
        return [one.trimester for one in newest([one for one in evidence if one.trimester], date, facts.on) if one.trimester]
