# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Section 4 of the header of knowledge/contraindications.yaml: each condition of a trigger becomes a function of the facts.

A function answers None where the condition does not hold, else its causes: the facts that made it hold.
"""
from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, Callable, NamedTuple, Union

from facts import Allergy, Answer, Diagnosis, Facts, Json, Medicine, Procedure, Value, has_word, newest_answers
from moments import newest
from pregnancy import Pregnancy, PregnancyReader

Fact = Union[Diagnosis, Medicine, Value, Answer, Procedure, Allergy]


class Cause(NamedTuple):
    ref: str
    fact: Fact | None = None


class Record:
    """The facts of a patient, with what several rules ask worked out once."""

    def __init__(self, facts: Facts, knowledge: "Compiler") -> None:
        self.facts = facts
        self._knowledge = knowledge
        self._valid: dict[str, list[Answer]] = {}

    def answers(self, finding: str) -> list[Answer]:
        if finding not in self.facts.answers:
            return []
        if finding not in self._valid:
            self._valid[finding] = newest_answers(self.facts, self._knowledge.findings[finding])
        return self._valid[finding]

    def yes(self, finding: str) -> list[Cause]:
        return [Cause(answer.ref, answer) for answer in self.answers(finding) if answer.value is True]

    @cached_property
    def pregnancy(self) -> Pregnancy:
        return self._knowledge.pregnancy.read(self.facts)


Condition = Callable[[Record], Union[list[Cause], None]]

COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": lambda a, b: a >= b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, "<": lambda a, b: a < b}


def satisfies(value: Value, op: str, limit: Decimal) -> bool:
    """What is only known to lie above (or below) a number: does the comparison surely hold?"""
    if value.number is None:
        return False
    if not value.comparator:
        return COMPARISONS[op](value.number, limit)
    if value.comparator[0] != op[0]:
        return False
    strict = value.comparator in "<>"
    return COMPARISONS[op[0] + "=" if strict else op](value.number, limit)


def days_of(period: str) -> int:
    found = re.fullmatch(r"P(\d+)D", period)
    assert found, period
    return int(found[1])


class Compiler:
    """Knows the data that conditions refer to; `compile` turns a group or condition into a function."""

    def __init__(self, data: Json) -> None:
        self.findings = {finding["id"]: finding for finding in data["findings"]}
        self.measures = {measure["id"]: measure for measure in data["measures"]}
        self.screens = {screen["id"]: screen for screen in data["screens"]}
        self.forms: dict[str, tuple[str, ...]] = {name: tuple(words) for name, words in data["medicine_forms"].items()}
        self.classes: dict[str, Json] = data["medicine_classes"]
        self.pregnancy = PregnancyReader(data)

    def compile(self, node: Json, history: Any) -> Condition:
        if "medicine" in node:
            return self._medicine(node)
        if "any" in node:
            return self._any([self.compile(part, history) for part in node["any"]])
        if "all" in node:
            return self._all([self.compile(part, history) for part in node["all"]])
        if "not" in node:
            inner = self.compile(node["not"], history)
            return lambda record: [] if inner(record) is None else None
        if "icd10" in node or "snomed" in node:
            return self._diagnosis(node, history)
        for name, make in (("vital", self._measurement), ("measured", self._measured), ("finding", self._finding), ("procedure", self._procedure),
                           ("pregnancy", self._pregnancy), ("age", self._age), ("allergy", self._allergy), ("unreadable", self._unreadable)):
            if name in node:
                return make(node)
        if "screen" in node:
            return self._screen(node, history)
        raise ValueError(f"unknown condition {node}")

    @staticmethod
    def _any(parts: list[Condition]) -> Condition:
        def holds(record: Record) -> list[Cause] | None:
            found = [causes for part in parts if (causes := part(record)) is not None]
            return [cause for causes in found for cause in causes] if found else None
        return holds

    @staticmethod
    def _all(parts: list[Condition]) -> Condition:
        def holds(record: Record) -> list[Cause] | None:
            found = []
            for part in parts:
                causes = part(record)
                if causes is None:
                    return None
                found += causes
            return found
        return holds

    @staticmethod
    def code_test(node: Json) -> Callable[[Diagnosis], bool]:
        bare = lambda codes: tuple(code.replace(".", "").upper() for code in codes)
        prefixes, excluded = bare(node.get("icd10", ())), bare(node.get("exclude", ()))
        seventh, snomed = node.get("seventh"), {*node.get("snomed", ()), *node.get("unverified", ())}
        known: dict[str, bool] = {}

        def is_icd10(code: str) -> bool:
            if code not in known:
                known[code] = (code.startswith(prefixes) and not code.startswith(excluded) and not re.match("Z8[0-4]", code)
                               and (seventh is None or (code[6] if len(code) > 6 else "-") in seventh))
            return known[code]
        return lambda diagnosis: any(map(is_icd10, diagnosis.icd10)) or not snomed.isdisjoint(diagnosis.snomed)

    def _diagnosis(self, node: Json, history: Any) -> Condition:
        matches = self.code_test(node)
        within, after, undated = node.get("onset_within_days"), node.get("onset_after_days"), node.get("undated") == "fires"

        def of_its_time(facts: Facts, diagnosis: Diagnosis) -> bool:
            if node.get("state") == "past":
                return diagnosis.past
            if not diagnosis.past or history == "counts":
                return True
            if history == "ignored":
                return False
            date = diagnosis.abated or diagnosis.date
            return date is None or facts.age(date) <= history["counts_within_days"]

        def is_recent(facts: Facts, diagnosis: Diagnosis) -> bool:
            if node.get("dated") is False:
                return diagnosis.date is None
            if within is None and after is None:
                return True
            if diagnosis.date is None:
                return undated
            age = facts.age(diagnosis.date)
            return (within is None or 0 <= age <= within) and (after is None or age > after)

        def holds(record: Record) -> list[Cause] | None:
            facts = record.facts
            return [Cause(one.ref, one) for one in facts.diagnoses
                    if matches(one) and of_its_time(facts, one) and is_recent(facts, one)] or None
        return holds

    def _medicine(self, node: Json) -> Condition:
        group = {} if node["medicine"] == "any" else self.classes[node["medicine"]]
        words = tuple(group.get("words", ()))
        of_forms = lambda names: tuple(word for name in names for word in self.forms[name])
        needed = [of_forms(forms) for forms in (group.get("forms"), node.get("forms")) if forms]
        refused = of_forms([*group.get("not_forms", ()), *node.get("not_forms", ())])
        within, started = node.get("within_days"), node.get("started_within_days")

        def matches(text: str) -> bool:
            return ((not words or has_word(text, words)) and all(has_word(text, forms) for forms in needed) and not has_word(text, refused))

        def in_time(facts: Facts, one: Medicine) -> bool:
            if started is not None and one.dates and min(facts.age(date) for date in one.dates) > started:
                return False
            return one.in_use or (within is not None and one.ended is not None and facts.age(one.ended) <= within)

        return lambda record: [Cause(one.ref, one) for one in record.facts.medicines if in_time(record.facts, one) and matches(one.text)] or None

    def _measurement(self, node: Json) -> Condition:
        assert node["unit"] == self.measures[node["vital"]]["unit"], node
        days, limit, measure = days_of(node["within"]), Decimal(node["value"]), node["vital"]

        def holds(record: Record) -> list[Cause] | None:
            values = [value for value in record.facts.window(measure, days) if value.number is not None]
            if node.get("pick", "latest") == "latest":
                values = newest(values, lambda value: value.date, record.facts.on)
            return [Cause(value.ref, value) for value in values if satisfies(value, node["op"], limit)] or None
        return holds

    def _measured(self, node: Json) -> Condition:
        days = days_of(node["within"])
        return lambda record: [Cause(value.ref, value) for value in record.facts.window(node["measured"], days) if value.number is not None] or None

    def _finding(self, node: Json) -> Condition:
        names = node["finding"]
        if "op" not in node:
            return lambda record: [cause for name in names for cause in record.yes(name)] or None
        compare, limit = COMPARISONS[node["op"]], Decimal(node["value"])
        return lambda record: [Cause(answer.ref, answer) for name in names for answer in record.answers(name)
                               if not isinstance(answer.value, bool) and compare(answer.value, limit)] or None

    @staticmethod
    def _procedure(node: Json) -> Condition:
        codes, categories, within = set(node["procedure"]) | set(node.get("unverified", ())), set(node.get("or_category", ())), node.get("performed_within_days")

        def matches(facts: Facts, one: Procedure) -> bool:
            if codes.isdisjoint(one.codes) and categories.isdisjoint(one.categories):
                return False
            return within is None or (one.date is not None and facts.age(one.date) <= within)
        return lambda record: [Cause(one.ref, one) for one in record.facts.procedures if matches(record.facts, one)] or None

    @staticmethod
    def _pregnancy(node: Json) -> Condition:
        asked = node["pregnancy"]

        def holds(record: Record) -> list[Cause] | None:
            pregnancy = record.pregnancy
            if asked == "stale":
                return [] if pregnancy.stale else None
            if not pregnancy.exists:
                return None
            if asked != "any":
                wanted = asked["weeks"]
                if wanted == "unknown":
                    if pregnancy.weeks:
                        return None
                elif not any(low <= wanted[1] and high >= wanted[0] for low, high in pregnancy.weeks):
                    return None
            return [Cause(ref) for ref in pregnancy.refs]
        return holds

    @staticmethod
    def _age(node: Json) -> Condition:
        def holds(record: Record) -> list[Cause] | None:
            born = str(record.facts.patient.get("birthDate", ""))
            if not born:
                return None
            today = date.fromordinal(record.facts.on)
            year, month, day = int(born[:4]), int(born[5:7] or 1), int(born[8:10] or 1)
            years = today.year - year - ((today.month, today.day) < (month, day))
            if (month, day) == (2, 29) and (today.month, today.day) == (2, 28) and (today.year % 4 or (today.year % 100 == 0 and today.year % 400)):
                years = today.year - year
            return [Cause(f"Patient/{record.facts.patient.get('id')}")] if COMPARISONS[node["age"]](years, node["years"]) else None
        return holds

    @staticmethod
    def _allergy(node: Json) -> Condition:
        words, snomed = tuple(node["allergy"]["words"]), set(node["allergy"].get("snomed", ()))
        return lambda record: [Cause(one.ref, one) for one in record.facts.allergies
                               if has_word(one.text, words) or not snomed.isdisjoint(one.snomed)] or None

    def _unreadable(self, node: Json) -> Condition:
        if node["unreadable"] == "diagnosis":
            return lambda record: [Cause(one.ref, one) for one in record.facts.diagnoses if not (one.past or one.icd10 or one.snomed)] or None
        if node["unreadable"] == "medicine":
            return lambda record: [Cause(one.ref, one) for one in record.facts.medicines if one.in_use and not one.named] or None

        def holds(record: Record) -> list[Cause] | None:
            facts, found = record.facts, []
            for measure, values in facts.values.items():
                recent = facts.window(measure, 2)
                found += [value for value in newest(recent, lambda value: value.date, facts.on) if value.number is None] if recent else \
                    [value for value in values if value.date is None]
            return [Cause(value.ref, value) for value in found] or None
        return holds

    def _screen(self, node: Json, history: Any) -> Condition:
        screen = self.screens[node["screen"]]
        reading = next(one for one in screen["readings"] if one["id"] == node["reading"])
        if "gateways" in reading:
            return lambda record: [cause for name in self.open_gateways(record, reading) for cause in record.yes(name)] or None
        entry = self.compile(screen["entry"], history) if reading.get("needs_entry") else None
        counted, needed = reading.get("or_count_of", ()), reading.get("min", 0)
        assert "score_min" not in reading, "no rule reads a score yet"

        def holds(record: Record) -> list[Cause] | None:
            if entry and entry(record) is None:
                return None
            found = [cause for name in reading.get("any_of", ()) for cause in record.yes(name)]
            true = [causes for name in counted if (causes := record.yes(name))]
            if counted and len(true) >= needed:
                found += [cause for causes in true for cause in causes]
            return found or None
        return holds

    def follow_ups(self, gateway: str) -> list[str]:
        return next(item["follow_up"] for item in self.screens["pre_visit"]["items"] if item.get("finding") == gateway)

    def open_gateways(self, record: Record, reading: Json) -> list[str]:
        """Those answered yes none of whose follow-up questions has a valid answer."""
        return [name for name in reading["gateways"] if record.yes(name) and not any(record.answers(one) for one in self.follow_ups(name))]
