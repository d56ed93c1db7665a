# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""The ways in which FHIR R4 writes a date, a code, a medicine's name, a number: what the generator draws from. Every draw comes from one seeded `Random`."""
from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Sequence

Json = dict[str, Any]
ICD10_CM, ICD10 = "http://hl7.org/fhir/sid/icd-10-cm", "http://hl7.org/fhir/sid/icd-10"
SNOMED, LOINC, UCUM = "http://snomed.info/sct", "http://loinc.org", "http://unitsofmeasure.org"
FINDING, YES_NO = "https://tripsis.org/fhir/CodeSystem/finding", "http://terminology.hl7.org/CodeSystem/v2-0136"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem/"
TIMES = ("00:00:00", "00:00:01", "00:30:00", "09:15:00", "12:00:00", "23:30:00", "23:59:59", "23:59:59.999")
OFFSETS = ("Z", "Z", "+00:00", "-05:00", "+02:00", "+05:45", "-12:00", "+14:00")


class Shapes:
    def __init__(self, rng: Random, on: date) -> None:
        self.rng = rng
        self.on = on

    def chance(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def pick(self, items: Sequence[Any]) -> Any:
        return self.rng.choice(items)

    # --- dates

    def age_near(self, *limits: int) -> int:
        """Days ago: on, just below and just beyond a limit, today, tomorrow, long ago."""
        near = [limit + step for limit in limits for step in (-1, 0, 0, 1)]
        return self.pick([*near, 0, 0, 1, 2, self.rng.randrange(0, 60)] + [-1, -2, self.rng.randrange(0, 1500)] * self.chance(30))

    def date_text(self, age: int) -> str:
        """A date that many days before the day that is judged, written as a date, dateTime, month or year."""
        day = (self.on - timedelta(days=age)).isoformat()
        style = self.rng.randrange(20)
        if style < 10:
            return day
        if style < 17:
            return f"{day}T{self.pick(TIMES)}{self.pick(OFFSETS)}"
        return day[:7] if style < 19 else day[:4]

    def instant(self, age: int) -> str:
        return f"{(self.on - timedelta(days=age)).isoformat()}T{self.pick(TIMES)}{self.pick(OFFSETS)}"

    def period(self, start: int | None, end: int | None) -> Json:
        return {name: self.date_text(age) for name, age in (("start", start), ("end", end)) if age is not None}

    # --- codes

    def concept(self, *codings: Json, text: str | None = None) -> Json:
        return {**({"coding": list(codings)} if codings else {}), **({"text": text} if text else {})}

    def status(self, system: str, code: str) -> Json:
        return {"coding": [{"system": TERMINOLOGY + system, "code": code}]}

    def icd10_code(self, prefixes: Sequence[str], exclude: Sequence[str], seventh: Sequence[str] | None) -> str:
        """A code under a prefix, under an excluded one, or beside them; with and without dots, in both cases."""
        prefix = self.pick(exclude) if exclude and self.chance(25) else self.pick(prefixes)
        code = prefix.replace(".", "")
        if self.chance(8):
            code = code[:-1] or "Z"
        elif self.chance(6):
            code = code[:-1] + self.pick("0123456789")
        if len(code) < 3:
            code = (code + "123")[:3]
        if self.chance(40):
            code += "".join(self.pick("0123456789") for _ in range(self.rng.randrange(0, 3)))
        if seventh or self.chance(5):
            if self.chance(80):
                code = code[:6].ljust(6, self.pick("X0")) + self.pick([*(one for one in seventh or () if one != "-"), *"ADSGKPZ", "a"])
        code = code[:7]
        style = self.rng.randrange(10)
        if style < 7 and len(code) > 3:
            code = code[:3] + "." + code[3:]
        return code.lower() if style in (6, 9) else code

    def diagnosis_codings(self, clause: Json) -> list[Json]:
        icd10, snomed = clause.get("icd10", ()), (*clause.get("snomed", ()), *clause.get("unverified", ()))
        codings = []
        if icd10 and (not snomed or self.chance(65)):
            code = self.icd10_code(icd10, clause.get("exclude", ()), clause.get("seventh"))
            system = self.pick([ICD10_CM, ICD10_CM, ICD10_CM, ICD10_CM, ICD10, ICD10, "http://hl7.org/fhir/sid/icd-9-cm", SNOMED])
            codings.append({"system": system, "code": code, "display": f"Diagnosis {code}"})
        if snomed and (not codings or self.chance(20)):
            code = self.pick(snomed)
            if self.chance(5):
                code = code[:-1] + self.pick("0123456789")
            codings.append({"system": SNOMED if self.chance(92) else ICD10_CM, "code": code})
        if self.chance(10):
            codings.append({"system": self.pick([ICD10_CM, SNOMED, "http://example.org/local"]), "code": self.pick(["M54.5", "Z80.3", "Z82.4", "X1"])})
        self.rng.shuffle(codings)
        return codings

    def yes_or_no(self, answer: bool) -> Json:
        if answer:
            return self.pick([{"system": SNOMED, "code": "373066001"}, {"system": LOINC, "code": "LA33-6"}, {"system": YES_NO, "code": "Y"}])
        return self.pick([{"system": SNOMED, "code": "373067005"}, {"system": LOINC, "code": "LA32-8"}, {"system": YES_NO, "code": "N"}])

    # --- medicines

    def medicine_name(self, words: Sequence[str], forms: Sequence[str]) -> str:
        word = self.pick(words)
        style = self.rng.randrange(12)
        if style == 0:
            word = f"neo{word}"
        elif style == 1:
            word = f"{word}ol"
        elif style == 2:
            word = word.upper()
        elif style == 3:
            word = f"{word}-sodium"
        elif style == 4:
            word = f"({word.capitalize()})"
        form = "" if self.chance(35) else " " + self.pick(forms)
        return self.pick([f"{word} 5 MG{form}", f"24 HR {word} 0.1 MG/HR{form}", f"sodium chloride 9 MG/ML / {word} 2 MG/ML{form.upper()}", word + form])

    # --- numbers

    def near_number(self, limit: Decimal, measure: Json) -> tuple[Decimal, str]:
        """A number at or beside the limit, written in one of the measure's units; "" for a unit that it does not list."""
        step = Decimal(self.pick(["0", "0", "0.1", "-0.1", "1", "-1", "0.000001", "-0.000001", "0.0000004", "25", "-25"]))
        unit = self.pick(list(measure["units"]))
        factors = measure["units"][unit]
        number = (limit + step - Decimal(str(factors.get("plus", 0)))) / Decimal(str(factors["times"]))
        return abs(round(number, self.pick([0, 1, 1, 2, 4, 6]))), unit

    def quantity(self, limit: Decimal, measure: Json) -> Json:
        number, unit = self.near_number(limit, measure)
        spellings = [text for text, known in measure.get("units_text", {}).items() if known == unit and text]
        style = self.rng.randrange(20)
        if style < 11:
            quantity = {"unit": self.pick([unit, *spellings]), "system": UCUM, "code": unit}
        elif style < 15:
            quantity = {"unit": self.pick([*spellings, unit])}
        elif style < 16:
            quantity = {"unit": self.pick(["furlong", "mmhg", "degrees"])}
        elif style < 17:
            quantity = {"unit": self.pick(spellings or [unit]), "system": UCUM, "code": self.pick(["[stone_av]", "Pa", "deg"])}
        elif style < 18:
            quantity = {}
        else:
            quantity = {"system": UCUM, "code": unit}
        if self.chance(12):
            quantity["comparator"] = self.pick(["<", "<=", ">", ">="])
        return {"value": number, **quantity}
