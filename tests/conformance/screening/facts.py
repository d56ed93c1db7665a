# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""What a Bundle says of its Patient on a day: sections 1 to 4 of the header of knowledge/contraindications.yaml, up to where a rule is asked.

Written from that header and without a look at the program, so that the two can be compared.
"""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, Iterator

from moments import Moment, newest, parse_moment

Json = dict[str, Any]
NEVER = {"entered-in-error", "cancelled", "not-done", "draft", "not-taken", "preparation", "registered"}
MEASURED = {"final", "amended", "corrected", "preliminary"}
YES = {("http://snomed.info/sct", "373066001"), ("http://loinc.org", "LA33-6"), ("http://terminology.hl7.org/CodeSystem/v2-0136", "Y")}
NO = {("http://snomed.info/sct", "373067005"), ("http://loinc.org", "LA32-8"), ("http://terminology.hl7.org/CodeSystem/v2-0136", "N")}


@dataclass(slots=True)
class Diagnosis:
    ref: str
    icd10: tuple[str, ...]
    snomed: tuple[str, ...]
    date: Moment | None
    past: bool
    abated: Moment | None
    resource: Json


@dataclass(slots=True)
class Medicine:
    ref: str
    text: str
    named: bool
    in_use: bool
    ended: Moment | None
    dates: list[Moment]


@dataclass(slots=True)
class Value:
    """Of a measure; `number` is None where its unit is none of the measure's."""

    ref: str
    date: Moment | None
    number: Decimal | None
    comparator: str = ""


@dataclass(slots=True)
class Answer:
    """`value`: True, False or a number. An undated one counts as given on the day that is judged."""

    ref: str
    value: bool | Decimal
    date: Moment | None


@dataclass(slots=True)
class Procedure:
    ref: str
    codes: tuple[str, ...]
    categories: tuple[str, ...]
    date: Moment | None
    resource: Json


@dataclass(slots=True)
class Allergy:
    ref: str
    text: str
    snomed: tuple[str, ...]


def codings(concept: Any) -> Iterator[tuple[str, str]]:
    for coding in (concept or {}).get("coding", ()):
        if coding.get("code"):
            yield coding.get("system", ""), coding["code"]


def words_of(concept: Any) -> str:
    """Text and displays, a line each, in lower case."""
    concept = concept or {}
    found = [concept.get("text")] + [coding.get("display") for coding in concept.get("coding", ())]
    return "\n".join(text for text in found if text and text.strip()).lower()


@lru_cache(maxsize=None)
def word_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, words)) + r")(?![^\W_])")


def has_word(text: str, words: tuple[str, ...]) -> bool:
    return bool(words) and word_pattern(words).search(text) is not None


def status_code(concept: Any) -> str:
    return next((code for _, code in codings(concept)), "")


def earliest(moments: list[Moment | None]) -> Moment | None:
    return min((moment for moment in moments if moment), key=lambda moment: moment.first, default=None)


@dataclass
class Facts:
    """All that is known on the day; what section 2 excludes is not there."""

    on: int
    patient: Json = field(default_factory=dict)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    medicines: list[Medicine] = field(default_factory=list)
    values: dict[str, list[Value]] = field(default_factory=dict)
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    procedures: list[Procedure] = field(default_factory=list)
    allergies: list[Allergy] = field(default_factory=list)
    observations: list[tuple[Json, Moment | None]] = field(default_factory=list)  # of the measured statuses

    def age(self, moment: Moment) -> int:
        """Negative where all of it lies after the day."""
        return self.on - max(moment.first, moment.day(self.on))

    def within(self, moment: Moment | None, days: int) -> bool:
        """One of the `days` calendar days that end today; what began and has not ended yet is of today."""
        return moment is not None and self.age(moment) < days

    def window(self, measure: str, days: int) -> list[Value]:
        return [value for value in self.values.get(measure, ()) if self.within(value.date, days)]


class Reader:
    """Turns Bundles into Facts. Made once from the rules' data; `read` keeps nothing."""

    def __init__(self, data: Json) -> None:
        systems = data["systems"]
        self.finding_system: str = systems["finding"]
        self.icd10 = set(systems["icd10"])
        self.snomed: str = systems["snomed"]
        self.loinc: str = systems["loinc"]
        self.findings: dict[str, Json] = {finding["id"]: finding for finding in data["findings"]}
        self.by_link = {link: name for name, finding in self.findings.items() for link in [name, *finding.get("link_ids", ())]}
        self.measures: dict[str, list[Json]] = {}
        for measure in data["measures"]:
            for code in measure["loinc"]:
                self.measures.setdefault(code, []).append(measure)

    def read(self, bundle: Json, on: int) -> Facts:
        facts = Facts(on)
        entries = bundle.get("entry", ())
        resources = [entry["resource"] for entry in entries if "resource" in entry]
        facts.patient = next(resource for resource in resources if resource["resourceType"] == "Patient")
        names = {f"Patient/{facts.patient.get('id')}"}
        index: dict[str, Json] = {}
        for entry in entries:
            if resource := entry.get("resource"):
                index[f"{resource['resourceType']}/{resource.get('id')}"] = resource
                if url := entry.get("fullUrl"):
                    index[url] = resource
                    if resource is facts.patient:
                        names.add(url)
        readers = {"Condition": self._condition, "ServiceRequest": self._service_request, "Observation": self._observation,
                   "QuestionnaireResponse": self._questionnaire, "Procedure": self._procedure, "AllergyIntolerance": self._allergy}
        for resource in resources:
            kind = resource["resourceType"]
            if resource.get("status") in NEVER or not self._is_about(resource, names):
                continue
            if kind in ("MedicationStatement", "MedicationRequest"):
                self._medicine(facts, resource, index)
            elif kind in readers:
                readers[kind](facts, resource, f"{kind}/{resource.get('id')}")
        return facts

    @staticmethod
    def _is_about(resource: Json, names: set[str]) -> bool:
        for member in ("subject", "patient", "beneficiary"):
            if reference := (resource.get(member) or {}).get("reference"):
                return reference in names
        return True

    def _diagnosis_codes(self, concept: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
        icd10, snomed = [], []
        for system, code in codings(concept):
            if system in self.icd10:
                icd10.append(code.replace(".", "").upper())
            elif system == self.snomed:
                snomed.append(code)
        return tuple(icd10), tuple(snomed)

    def _condition(self, facts: Facts, resource: Json, ref: str) -> None:
        if status_code(resource.get("verificationStatus")) in ("refuted", "entered-in-error"):
            return
        onset = parse_moment(resource.get("onsetDateTime")) or parse_moment((resource.get("onsetPeriod") or {}).get("start"))
        recorded = parse_moment(resource.get("recordedDate"))
        first = earliest([onset, recorded])
        if first and first.first > facts.on:
            return
        period = resource.get("abatementPeriod") or {}
        abatement = parse_moment(resource.get("abatementDateTime")) or parse_moment(period.get("end")) or parse_moment(period.get("start"))
        has_abatement = any(name.startswith("abatement") for name in resource)
        later = abatement is not None and abatement.first > facts.on
        status = status_code(resource.get("clinicalStatus"))
        if has_abatement and not later:
            past = status not in ("active", "recurrence", "relapse")
        else:
            past = status in ("inactive", "remission", "resolved") and not later
        icd10, snomed = self._diagnosis_codes(resource.get("code"))
        facts.diagnoses.append(Diagnosis(ref, icd10, snomed, onset or recorded, past, abatement, resource))

    def _service_request(self, facts: Facts, resource: Json, ref: str) -> None:
        authored = parse_moment(resource.get("authoredOn"))
        if resource.get("status") != "active" or (authored and authored.first > facts.on):
            return
        for reason in resource.get("reasonCode", ()):
            icd10, snomed = self._diagnosis_codes(reason)
            facts.diagnoses.append(Diagnosis(ref, icd10, snomed, authored, False, None, {"code": reason}))

    def _medicine(self, facts: Facts, resource: Json, index: dict[str, Json]) -> None:
        if resource.get("intent") in ("proposal", "option") or resource.get("doNotPerform") is True:
            return
        statement = resource["resourceType"] == "MedicationStatement"
        period = (resource.get("effectivePeriod") if statement else (resource.get("dispenseRequest") or {}).get("validityPeriod")) or {}
        start, end = parse_moment(period.get("start")), parse_moment(period.get("end"))
        effective = parse_moment(resource.get("effectiveDateTime"))
        others = [parse_moment(resource.get(name)) for name in ("authoredOn", "dateAsserted")]
        dates = [moment for moment in [start, end, effective, *others] if moment]
        first = earliest([start, effective, *others])
        if first and first.first > facts.on:
            return
        started = start or effective
        status = resource.get("status")
        begun = not (started and started.first > facts.on)
        in_use = (status in (None, "active", "unknown") and begun
                  and not (end and end.day(facts.on) < facts.on))
        ended = None if status == "intended" or not begun else end or effective or start or next((moment for moment in others if moment), None)
        text, named = self._medicine_text(resource, index)
        facts.medicines.append(Medicine(f"{resource['resourceType']}/{resource.get('id')}", text, named, in_use, ended, dates))

    def _medicine_text(self, resource: Json, index: dict[str, Json]) -> tuple[str, bool]:
        """Where words of medicines and forms are looked for, and whether the medicine has a text or display."""
        concept = resource.get("medicationCodeableConcept")
        name, form = words_of(concept), ""
        if reference := resource.get("medicationReference"):
            target = reference.get("reference", "")
            medication = (next((one for one in resource.get("contained", ()) if "#" + str(one.get("id")) == target), {})
                          if target.startswith("#") else index.get(target, {}))
            name = "\n".join(filter(None, [words_of(medication.get("code")), (reference.get("display") or "").lower()]))
            form = words_of(medication.get("form"))
        dosages = resource.get("dosage") or resource.get("dosageInstruction") or ()
        return "\n".join([name, form, *(words_of(dosage.get("route")) for dosage in dosages)]), bool(name)

    def _observation(self, facts: Facts, resource: Json, ref: str) -> None:
        if resource.get("status") not in MEASURED:
            return
        period = resource.get("effectivePeriod") or {}
        moment = next(filter(None, map(parse_moment, (resource.get("effectiveDateTime"), resource.get("effectiveInstant"), period.get("end"),
                                                      period.get("start"), resource.get("issued")))), None)
        first = parse_moment(period.get("start")) or moment
        if first and first.first > facts.on:
            return
        facts.observations.append((resource, moment))
        for part in [resource, *resource.get("component", ())]:
            for system, code in codings(part.get("code")):
                if system == self.loinc:
                    for measure in self.measures.get(code, ()):
                        if value := self._value(measure, part, ref, moment):
                            facts.values.setdefault(measure["id"], []).append(value)
        for system, code in codings(resource.get("code")):
            if system == self.finding_system and code in self.findings:
                self._answer(facts, code, resource, ref, moment)

    def _value(self, measure: Json, part: Json, ref: str, moment: Moment | None) -> Value | None:
        member = next((name for name in part if name.startswith("value")), None)
        if member is None:
            return None
        value = part[member]
        if member == "valueQuantity":
            if "value" not in value:
                return None
            unit = value["code"] if value.get("code") else measure.get("units_text", {}).get(value.get("unit", ""), value.get("unit", ""))
            return Value(ref, moment, self._convert(measure, value["value"], unit), value.get("comparator", ""))
        if member == "valueInteger":
            return Value(ref, moment, self._convert(measure, value, measure.get("units_text", {}).get("", "")))
        if member == "valueCodeableConcept":
            known = measure.get("answers", {})
            number = next((known[code] for system, code in codings(value) if system == self.loinc and code in known), None)
            return Value(ref, moment, None if number is None else Decimal(number))
        return Value(ref, moment, None)

    @staticmethod
    def _convert(measure: Json, number: Any, unit: str) -> Decimal | None:
        factors = measure["units"].get(unit)
        try:
            return None if factors is None else round(Decimal(number) * Decimal(factors["times"]) + Decimal(factors.get("plus", 0)), 6)
        except InvalidOperation:
            return None

    def _answer(self, facts: Facts, finding: str, holder: Json, ref: str, moment: Moment | None) -> None:
        """The value of an Observation, or of one answer of a questionnaire."""
        given: bool | Decimal | None = None
        chosen = list(codings(holder.get("valueCodeableConcept")))
        if coding := holder.get("valueCoding"):
            chosen.append((coding.get("system", ""), coding.get("code", "")))
        if self.findings[finding]["type"] == "boolean":
            if isinstance(holder.get("valueBoolean"), bool):
                given = holder["valueBoolean"]
            elif YES & set(chosen):
                given = True
            elif NO & set(chosen):
                given = False
        elif "valueInteger" in holder:
            given = Decimal(holder["valueInteger"])
        elif "value" in holder.get("valueQuantity", {}):
            given = Decimal(holder["valueQuantity"]["value"])
        else:
            scores = self.findings[finding].get("answers", {})
            given = next((Decimal(scores[code]) for system, code in chosen if system == self.loinc and code in scores), None)
        if given is not None:
            facts.answers.setdefault(finding, []).append(Answer(ref, given, moment))

    def _questionnaire(self, facts: Facts, resource: Json, ref: str) -> None:
        moment = parse_moment(resource.get("authored"))
        if not (moment and moment.first > facts.on):
            self._items(facts, resource, ref, moment)

    def _items(self, facts: Facts, holder: Json, ref: str, moment: Moment | None) -> None:
        for item in holder.get("item", ()):
            finding = self.by_link.get(item.get("linkId", ""))
            for answer in item.get("answer", ()):
                coding = answer.get("valueCoding") or {}
                if coding.get("system") == self.finding_system:
                    if coding.get("code") in self.findings:
                        facts.answers.setdefault(coding["code"], []).append(Answer(ref, True, moment))
                elif finding:
                    self._answer(facts, finding, answer, ref, moment)
                self._items(facts, answer, ref, moment)
            self._items(facts, item, ref, moment)

    def _procedure(self, facts: Facts, resource: Json, ref: str) -> None:
        period = resource.get("performedPeriod") or {}
        start = parse_moment(resource.get("performedDateTime")) or parse_moment(period.get("start"))
        moment = parse_moment(period.get("end")) or start
        first = start or moment
        if resource.get("status") not in ("completed", "in-progress", "stopped") or (first and first.first > facts.on):
            return
        of_snomed = lambda concept: tuple(code for system, code in codings(concept) if system == self.snomed)
        facts.procedures.append(Procedure(ref, of_snomed(resource.get("code")), of_snomed(resource.get("category")), moment, resource))

    def _allergy(self, facts: Facts, resource: Json, ref: str) -> None:
        onset = parse_moment(resource.get("onsetDateTime")) or parse_moment((resource.get("onsetPeriod") or {}).get("start"))
        first = earliest([onset, parse_moment(resource.get("recordedDate"))])
        if (status_code(resource.get("verificationStatus")) in ("refuted", "entered-in-error") or (first and first.first > facts.on)
                or status_code(resource.get("clinicalStatus")) not in ("", "active")):
            return
        concept = resource.get("code")
        facts.allergies.append(Allergy(ref, words_of(concept), tuple(code for system, code in codings(concept) if system == self.snomed)))


def valid_answers(facts: Facts, finding: Json) -> list[Answer]:
    """All valid answers."""
    given = facts.answers.get(finding["id"], ())
    dated = [answer for answer in given if answer.date]
    if not dated:
        return [answer for answer in given if answer.value is not False]
    days = {"same_day": 1, "until_changed": None}.get(finding["valid"], 0)
    if days == 0:
        days = int(finding["valid"][1:-1])
    return [answer for answer in dated if days is None or facts.within(answer.date, days)]


def newest_answers(facts: Facts, finding: Json) -> list[Answer]:
    """The newest valid answers: more than one where neither is newer."""
    valid = valid_answers(facts, finding)
    return newest(valid, lambda answer: answer.date, facts.on) if all(answer.date for answer in valid) else valid
