#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Random patients that are driven by the rules: for every condition of every rule, facts on, just below and just beyond each of its limits, written in every way.

    generate.py --seed 1 --count 1000     prints the input of `tripsis screen --batch`, one record a line
"""
from __future__ import annotations

import argparse
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Callable, Iterator

import yaml

from shapes import FINDING, LOINC, SNOMED, Json, Shapes

RULES = Path(__file__).resolve().parents[3] / "knowledge/contraindications.yaml"
DAYS = (date(2026, 11, 21), date(2025, 2, 28), date(2025, 3, 1), date(2026, 11, 27), date(2026, 3, 1), date(2026, 2, 28), date(2024, 2, 29), date(2027, 1, 1), date(2026, 12, 31), date(2025, 10, 31))
WORDS = ("left shoulder", "Upper arm", "forearm", "lower leg", "back of the knee", "ribs", "Rib", "thigh (right)", "skin", "both hands", "HIP", "big toe")


def leaves(node: Json) -> Iterator[Json]:
    """The conditions of a group."""
    if "medicine" not in node and (parts := node.get("any") or node.get("all")):
        for part in parts:
            yield from leaves(part)
    elif "not" in node:
        yield from leaves(node["not"])
    else:
        yield node


class Generator:
    def __init__(self, seed: int, rules: Path = RULES) -> None:
        self.seed = seed
        self.data: Json = yaml.load(rules.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        self.findings = {finding["id"]: finding for finding in self.data["findings"]}
        self.measures = {measure["id"]: measure for measure in self.data["measures"]}
        self.screens = {screen["id"]: screen for screen in self.data["screens"]}
        self.rules = [[leaf for name in ("trigger", "ask_when") if name in rule for leaf in leaves(rule[name])] for rule in self.data["rules"]]
        self.conditions = [leaf for rule in self.rules for leaf in rule]
        self.days_of_rule = {id(leaf): rule["history"].get("counts_within_days", 30) if isinstance(rule["history"], dict) else 30
                             for rule, of_rule in zip(self.data["rules"], self.rules) for leaf in of_rule}
        self.form_words = [word for words in self.data["medicine_forms"].values() for word in words]

    def record(self, number: int) -> Json:
        """The same for the same seed and number."""
        rng = Random(f"{self.seed}/{number}")
        on = rng.choice(DAYS) if rng.random() < 0.7 else date(2026, 1, 1) + timedelta(days=rng.randrange(365))
        return {"id": number, "on": on.isoformat(), "patient": Patient(self, rng, on).bundle(number)}

    def records(self, count: int) -> Iterator[Json]:
        return map(self.record, range(count))


class Patient:
    """One made-up record."""

    def __init__(self, world: Generator, rng: Random, on: date) -> None:
        self.world, self.rng, self.on = world, rng, on
        self.shape = Shapes(rng, on)
        self.entries: list[Json] = []
        self.id = "p1"
        self.url = self.shape.pick(["http://example.org/fhir/Patient/p1", "urn:uuid:7b1e0f3a-3c51-4b8e-9d5e-0a4a3c0f1a01", "https://tripsis.org/fhir/R4/Patient/p1"])
        self.born = (on - timedelta(days=rng.randrange(18 * 365, 95 * 365))).isoformat()

    # --- the record

    def bundle(self, number: int) -> Json:
        world, pick = self.world, self.shape.pick
        kind = self.rng.randrange(10)
        if kind < 4:
            conditions = [world.conditions[number % len(world.conditions)]] * pick([1, 1, 1, 2, 3])
        elif kind < 7:
            rule = world.rules[number % len(world.rules)]
            conditions = [leaf for leaf in rule for _ in range(pick([1, 1, 2]))]
        else:
            conditions = [pick(world.conditions) for _ in range(pick([2, 3, 5, 8, 13, 30]))]
        for condition in conditions:
            self.fact(condition)
        if self.shape.chance(10):
            self.answer(pick(list(world.findings)))
        if self.shape.chance(6):
            self.pregnancy()
        self.rng.shuffle(self.entries)
        patient = {"resourceType": "Patient", "id": self.id, "birthDate": self.born, "gender": "female"}
        if self.shape.chance(5):
            del patient["birthDate"]
        return {"resourceType": "Bundle", "type": "collection", "timestamp": f"{self.on.isoformat()}T09:00:00Z",
                "entry": [{"fullUrl": self.url, "resource": patient}, *self.entries]}

    def add(self, resource: Json, subject: str = "subject", may_lack_subject: bool = False) -> Json:
        chance = self.shape.chance
        resource["id"] = f"r{len(self.entries) + 1}"
        reference = "Patient/someone-else" if chance(3) else self.url if chance(10) else f"Patient/{self.id}"
        if not (may_lack_subject and chance(10)):
            resource[subject] = {"reference": reference}
        self.entries.append({"fullUrl": f"http://example.org/fhir/{resource['resourceType']}/{resource['id']}", "resource": resource})
        return resource

    def fact(self, condition: Json) -> None:
        makers: dict[str, Callable[[Json], None]] = {
            "icd10": self.diagnosis, "snomed": self.diagnosis, "medicine": self.medicine, "vital": self.measurement, "measured": self.measurement,
            "procedure": self.procedure, "age": self.age, "allergy": self.allergy, "unreadable": self.unreadable}
        for name, make in makers.items():
            if name in condition:
                return make(condition)
        if "finding" in condition:
            for name in self.rng.sample(condition["finding"], min(len(condition["finding"]), self.shape.pick([1, 1, 2]))):
                self.answer(name, condition.get("value"))
        elif "screen" in condition:
            self.screen(condition)
        else:
            self.pregnancy()

    # --- diagnoses

    def diagnosis(self, clause: Json) -> None:
        shape = self.shape
        codings = shape.diagnosis_codings(clause)
        limits = [clause[name] for name in ("onset_within_days", "onset_after_days") if name in clause]
        age = shape.age_near(*limits, *([0] if not limits else []))
        kind = self.rng.randrange(20)
        if kind == 0:
            self.add({"resourceType": "FamilyMemberHistory", "status": "completed", "relationship": shape.concept(text="mother"),
                      "condition": [{"code": shape.concept(*codings)}]}, "patient")
        elif kind == 1:
            self.add({"resourceType": "Condition", "code": shape.concept(text=" / ".join(one["code"] for one in codings)),
                      "note": [{"text": f"Codes: {codings}"}]})
        elif kind < 5:
            request = {"resourceType": "ServiceRequest", "status": shape.pick(["active", "active", "active", "completed", "draft", "on-hold", "revoked"]),
                       "intent": "order", "reasonCode": [shape.concept(*codings)]}
            if shape.chance(80):
                request["authoredOn"] = shape.date_text(age)
            self.add(request)
        else:
            self.condition(clause, codings, age)

    def condition(self, clause: Json, codings: list[Json], age: int) -> None:
        shape, chance, pick = self.shape, self.shape.chance, self.shape.pick
        condition: Json = {"resourceType": "Condition", "code": shape.concept(*codings, text=pick([None, "Described"]))}
        if chance(70):
            status = pick(["active"] * 6 + ["recurrence", "relapse", "inactive", "remission", "resolved"])
            condition["clinicalStatus"] = shape.status("condition-clinical", status)
        if chance(60):
            status = pick(["confirmed"] * 5 + ["provisional", "differential", "unconfirmed", "refuted", "entered-in-error"])
            condition["verificationStatus"] = shape.status("condition-ver-status", status)
        self.onset(condition, age)
        if chance(15) or clause.get("state") == "past":
            ended = shape.age_near(self.world.days_of_rule.get(id(clause), 30))
            condition |= pick([{"abatementDateTime": shape.date_text(ended)}, {"abatementDateTime": shape.date_text(ended)}, {"abatementString": "last year"},
                               {"abatementPeriod": shape.period(None if chance(50) else ended + 3, ended)},
                               {"abatementAge": {"value": 40, "unit": "a", "system": "http://unitsofmeasure.org", "code": "a"}}])
        if chance(20):
            condition["bodySite"] = [self.body_site() for _ in range(pick([1, 1, 2]))]
        self.add(condition)

    def onset(self, condition: Json, age: int) -> None:
        shape = self.shape
        kind = self.rng.randrange(20)
        if kind < 10:
            condition["onsetDateTime"] = shape.date_text(age)
        elif kind < 12:
            condition["onsetPeriod"] = shape.period(age, None if shape.chance(60) else max(age - 5, 0))
        elif kind < 14:
            condition["onsetString"] = "long ago"
        if kind >= 14 or shape.chance(25):
            if kind < 18:
                condition["recordedDate"] = shape.date_text(age if kind >= 12 else shape.age_near(0))

    def body_site(self) -> Json:
        shape = self.shape
        if shape.chance(50):
            return shape.concept({"system": SNOMED, "code": shape.pick([*self.world.data["site_map"]["body_structure"], "12345678"])})
        return shape.concept(text=shape.pick(WORDS))

    # --- medicines

    def medicine(self, clause: Json) -> None:
        shape, chance, pick = self.shape, self.shape.chance, self.shape.pick
        classes = self.world.data["medicine_classes"]
        words = classes[clause["medicine"]]["words"] if clause["medicine"] != "any" else [word for one in classes.values() for word in one["words"]]
        forms = self.world.form_words
        if "forms" in clause and chance(60):
            forms = [word for form in clause["forms"] for word in self.world.data["medicine_forms"][form]]
        name = shape.medicine_name(words, forms)
        age = shape.age_near(*[clause[one] for one in ("within_days", "started_within_days") if one in clause] or [0])
        statement = chance(60)
        medicine: Json = {"resourceType": "MedicationStatement" if statement else "MedicationRequest"}
        statuses = (["active"] * 6 + ["unknown", "completed", "stopped", "on-hold", "entered-in-error"] + (["intended", "not-taken"] if statement else ["draft", "cancelled"]))
        if not chance(3):
            medicine["status"] = pick(statuses)
        if statement:
            medicine |= pick([{}, {"effectiveDateTime": shape.date_text(age)}, {"effectivePeriod": self.use_period(age)}, {"effectivePeriod": self.use_period(age)}])
            if chance(40):
                medicine["dateAsserted"] = shape.date_text(shape.age_near(14))
        else:
            medicine["intent"] = pick(["order"] * 6 + ["plan", "proposal", "option"])
            if chance(5):
                medicine["doNotPerform"] = True
            if chance(70):
                medicine["authoredOn"] = shape.date_text(age)
            if chance(40):
                medicine["dispenseRequest"] = {"validityPeriod": self.use_period(age)}
        if chance(15):
            medicine["dosage" if statement else "dosageInstruction"] = [{"route": shape.concept(text=pick(["Oral route", "Topical", "subcutaneous", "by mouth"]))}]
        self.name_medicine(medicine, name)

    def use_period(self, age: int) -> Json:
        kind = self.rng.randrange(4)
        if kind == 0:
            return self.shape.period(age, None)
        if kind == 1:
            return self.shape.period(None, age)
        return self.shape.period(age + self.shape.pick([0, 1, 90, 400]), self.shape.pick([age, age, -5]))

    def name_medicine(self, medicine: Json, name: str) -> None:
        shape = self.shape
        kind = self.rng.randrange(12)
        rxnorm = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "12345"}
        if kind < 4:
            medicine["medicationCodeableConcept"] = shape.concept({**rxnorm, "display": name})
        elif kind < 7:
            medicine["medicationCodeableConcept"] = shape.concept(text=name)
        elif kind == 7:
            medicine["medicationCodeableConcept"] = shape.concept(rxnorm)
        elif kind == 8:
            medicine["medicationReference"] = {"reference": "Medication/not-there"}
        else:
            medication: Json = {"resourceType": "Medication", "id": f"m{len(self.entries)}", "code": shape.concept({**rxnorm, "display": name})}
            if shape.chance(40):
                medication["form"] = shape.concept(text=shape.pick(self.world.form_words))
            if kind == 9:
                medicine["contained"] = [medication]
                medicine["medicationReference"] = {"reference": "#" + medication["id"]}
            else:
                url = f"http://example.org/fhir/Medication/{medication['id']}"
                self.entries.append({"fullUrl": url, "resource": medication})
                medicine["medicationReference"] = {"reference": url if kind == 10 else "Medication/" + medication["id"]}
        self.add(medicine)

    # --- measurements

    def measurement(self, clause: Json) -> None:
        measure = self.world.measures[clause.get("vital") or clause["measured"]]
        limit = Decimal(str(clause.get("value", 120)))
        days = int(clause["within"][1:-1])
        for _ in range(self.shape.pick([1, 1, 1, 2, 3])):
            self.reading(measure, limit, self.shape.age_near(days, 1))

    def reading(self, measure: Json, limit: Decimal, age: int) -> None:
        shape, chance, pick = self.shape, self.shape.chance, self.shape.pick
        code = shape.concept({"system": LOINC if chance(95) else SNOMED, "code": pick(measure["loinc"])})
        value: Json = {"valueQuantity": shape.quantity(limit, measure)}
        if "answers" in measure and chance(40):
            value = {"valueCodeableConcept": shape.concept({"system": LOINC, "code": pick([*measure["answers"], "LA1-1"])})}
        elif chance(6):
            value = pick([{"valueInteger": int(limit)}, {"valueString": str(limit)}, {"dataAbsentReason": shape.concept(text="not done")},
                          {"valueQuantity": {"unit": "kPa", "system": "http://unitsofmeasure.org", "code": "kPa"}}])
        observation: Json = {"resourceType": "Observation", "status": self.observation_status()}
        if chance(25):
            observation |= {"code": shape.concept({"system": LOINC, "code": "85354-9"}), "component": [{"code": code, **value}]}
        else:
            observation |= {"code": code, **value}
        self.date_observation(observation, age)
        self.add(observation, may_lack_subject=True)

    def observation_status(self) -> str:
        return self.shape.pick(["final"] * 8 + ["amended", "corrected", "preliminary", "registered", "cancelled", "entered-in-error", "unknown"])

    def date_observation(self, observation: Json, age: int) -> None:
        shape = self.shape
        kind = self.rng.randrange(20)
        if kind < 14:
            observation["effectiveDateTime"] = shape.date_text(age)
        elif kind < 16:
            observation["effectiveInstant"] = shape.instant(age)
        elif kind < 17:
            observation["issued"] = shape.instant(age)
        elif kind < 18:
            observation["effectivePeriod"] = shape.period(age, age)

    # --- answers

    def answer(self, name: str, limit: Any = None) -> None:
        for _ in range(self.shape.pick([1, 1, 1, 1, 2, 3])):
            finding = self.world.findings[name]
            days = int(finding["valid"][1:-1]) if finding["valid"].startswith("P") else 1
            age = self.shape.age_near(days)
            if self.shape.chance(50):
                observation: Json = {"resourceType": "Observation", "status": self.observation_status(),
                                     "code": self.shape.concept({"system": FINDING, "code": name}), **self.answer_value(finding, limit, "valueCodeableConcept")}
                self.date_observation(observation, age)
                self.add(observation, may_lack_subject=True)
            else:
                self.questionnaire(finding, limit, age)

    def answer_value(self, finding: Json, limit: Any, coded: str) -> Json:
        shape, pick = self.shape, self.shape.pick
        wrap = (lambda coding: {coded: shape.concept(coding)}) if coded == "valueCodeableConcept" else lambda coding: {coded: coding}
        if finding["type"] == "integer":
            number = max(0, int(limit or pick([0, 1, 8, 13, 14, 27, 28, 40])) + pick([-1, 0, 0, 1]))
            if "answers" in finding and shape.chance(50):
                return wrap({"system": LOINC, "code": pick(list(finding["answers"]))})
            return pick([{"valueInteger": number}, {"valueQuantity": {"value": number}}])
        yes = shape.chance(70)
        if shape.chance(4):
            return pick([{}, {"valueInteger": 1}, {"valueString": "yes"}, wrap({"system": "http://example.org/answers", "code": "Y"})])
        return pick([{"valueBoolean": yes}, {"valueBoolean": yes}, wrap(shape.yes_or_no(yes))])

    def questionnaire(self, finding: Json, limit: Any, age: int) -> None:
        shape, pick = self.shape, self.shape.pick
        value = self.answer_value(finding, limit, "valueCoding")
        item: Json = {"linkId": pick([finding["id"], *finding.get("link_ids", ())])}
        if value:
            item["answer"] = [value]
        if finding["type"] == "boolean" and shape.chance(10):
            item = {"linkId": "which", "answer": [{"valueCoding": {"system": FINDING, "code": finding["id"]}}]}
        for depth in range(pick([0, 0, 1, 2, 3])):
            item = {"linkId": f"group{depth}", "item": [item]} if shape.chance(70) else {"linkId": f"q{depth}", "answer": [{"valueBoolean": True, "item": [item]}]}
        response: Json = {"resourceType": "QuestionnaireResponse", "status": pick(["completed"] * 5 + ["in-progress", "amended", "stopped", "entered-in-error"]), "item": [item]}
        if shape.chance(90):
            response["authored"] = shape.date_text(age)
        self.add(response, may_lack_subject=True)

    def screen(self, condition: Json) -> None:
        screen = self.world.screens[condition["screen"]]
        reading = next(one for one in screen["readings"] if one["id"] == condition["reading"])
        names = [*reading.get("any_of", ()), *reading.get("or_count_of", ()) * 2, *reading.get("gateways", ()) * 2]
        for gateway in reading.get("gateways", ()):
            names += next(item["follow_up"] for item in screen["items"] if item.get("finding") == gateway)[:1]
        for name in [self.shape.pick(names) for _ in range(self.shape.pick([1, 2, 3]))]:
            self.answer(name)
        if "entry" in screen and self.shape.chance(70):
            self.fact(self.shape.pick(list(leaves(screen["entry"]))))

    # --- the others

    def procedure(self, clause: Json) -> None:
        shape, chance, pick = self.shape, self.shape.chance, self.shape.pick
        age = shape.age_near(clause.get("performed_within_days", 0))
        procedure: Json = {"resourceType": "Procedure", "code": shape.concept({"system": SNOMED if chance(95) else LOINC, "code": pick(clause["procedure"])}),
                           "status": pick(["completed"] * 5 + ["in-progress", "stopped", "preparation", "not-done", "on-hold", "entered-in-error", "unknown"])}
        if "or_category" in clause and chance(30):
            procedure |= {"code": shape.concept(text="Something else"), "category": shape.concept({"system": SNOMED, "code": pick(clause["or_category"])})}
        procedure |= pick([{"performedDateTime": shape.date_text(age)}, {"performedDateTime": shape.date_text(age)}, {}, {"performedString": "in spring"},
                           {"performedPeriod": shape.period(age + pick([0, 1, 30]), pick([age, None]))}])
        if chance(25):
            procedure["bodySite"] = [self.body_site()]
        self.add(procedure)

    def age(self, clause: Json) -> None:
        years = clause["years"]
        month_day = (self.on + timedelta(days=self.shape.pick([-1, 0, 1, 30, -30]))).isoformat()[4:]
        born = f"{self.on.year - years + self.shape.pick([0, 0, 0, -1, 1])}{month_day}"
        if self.shape.chance(15):
            leap = (self.on.year - years) // 4 * 4
            born = f"{leap}-02-29"
        if born.endswith("-02-29") and int(born[:4]) % 4:
            born = born[:5] + "03-01"
        self.born = self.shape.pick([born, born, born, born[:7], born[:4]])

    def allergy(self, clause: Json) -> None:
        shape, pick = self.shape, self.shape.pick
        word = pick(clause["allergy"]["words"])
        text = pick([word, word.title(), f"{word}s", f"pine{word}", f"Allergy to {word} (finding)", f"{word}-free products"])
        concept = pick([shape.concept(text=text), shape.concept({"system": SNOMED, "code": "1", "display": text}),
                        shape.concept({"system": SNOMED, "code": pick(clause["allergy"]["snomed"])})])
        allergy: Json = {"resourceType": "AllergyIntolerance", "code": concept}
        if shape.chance(70):
            allergy["clinicalStatus"] = shape.status("allergyintolerance-clinical", pick(["active", "active", "active", "inactive", "resolved"]))
        if shape.chance(50):
            allergy["verificationStatus"] = shape.status("allergyintolerance-verification", pick(["confirmed", "unconfirmed", "refuted", "entered-in-error"]))
        if shape.chance(50):
            allergy[pick(["onsetDateTime", "recordedDate"])] = shape.date_text(shape.age_near(0))
        self.add(allergy, "patient")

    def unreadable(self, clause: Json) -> None:
        if clause["unreadable"] == "measurement":
            measure = self.shape.pick(list(self.world.measures.values()))
            for _ in range(self.shape.pick([1, 2, 3])):
                self.reading(measure, Decimal(50), self.shape.age_near(2))
        elif clause["unreadable"] == "medicine":
            self.medicine({"medicine": "any"})
        else:
            codings = self.shape.pick([[], [{"system": "http://example.org/local", "code": "X"}], [{"system": SNOMED, "display": "No code"}]])
            self.condition({}, codings, self.shape.age_near(0))

    # --- pregnancy, by every way of section 5

    def pregnancy(self) -> None:
        for _ in range(self.shape.pick([1, 1, 2, 3])):
            self.shape.pick([self.pregnancy_code, self.pregnancy_code, self.pregnancy_answer, self.pregnancy_answer, self.pregnancy_status,
                             self.due_date, self.pregnancy_weeks])()

    def pregnancy_code(self) -> None:
        rules, shape, pick = self.world.data["pregnancy"], self.shape, self.shape.pick
        kind = self.rng.randrange(4)
        weeks = pick(["01", "08", "12", "13", "14", "20", "27", "28", "39", "42", "49", "00"])
        trimester = pick(pick(list(rules["trimester_icd10"].values())))
        clause = [{"icd10": rules["icd10"], "exclude": rules["exclude"]}, {"snomed": rules["snomed"]}, {"icd10": [rules["weeks_icd10_prefix"] + weeks]},
                  {"icd10": [trimester]}][kind]
        codings = shape.diagnosis_codings(clause)
        if kind >= 2:
            codings = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": clause["icd10"][0]}]
        self.condition(clause, codings, shape.age_near(pick([rules["longest_days"], 91, 7, 14, 42])))

    def pregnancy_answer(self) -> None:
        self.answer(self.shape.pick(["pregnant", "pregnant", "pregnancy_weeks"]))

    def pregnancy_status(self) -> None:
        status, pick = self.world.data["pregnancy"]["status_observation"], self.shape.pick
        code = pick([*status["pregnant"], *status["not_pregnant"], "LA4489-6"])
        self.observe(pick(status["loinc"]), {"valueCodeableConcept": self.shape.concept({"system": LOINC if code.startswith("LA") else SNOMED, "code": code})})

    def due_date(self) -> None:
        left = self.shape.pick([-30, -29, -28, -1, 0, 1, 83, 84, 85, 181, 182, 183, 279, 280])
        self.observe(self.shape.pick(self.world.data["pregnancy"]["due_date_loinc"]), {"valueDateTime": (self.on + timedelta(days=left)).isoformat()})

    def pregnancy_weeks(self) -> None:
        weeks = Decimal(self.shape.pick(["0", "1", "8", "13", "13.8", "14", "20", "27", "27.9", "28", "40", "44", "45"]))
        quantity = self.shape.pick([{"value": weeks, "unit": "weeks", "system": "http://unitsofmeasure.org", "code": "wk"},
                                    {"value": weeks * 7, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"},
                                    {"value": weeks, "unit": "months", "system": "http://unitsofmeasure.org", "code": "mo"}])
        self.observe(self.shape.pick(self.world.data["pregnancy"]["weeks_loinc"]), {"valueQuantity": quantity})

    def observe(self, loinc: str, value: Json) -> None:
        observation: Json = {"resourceType": "Observation", "status": self.observation_status(), "code": self.shape.concept({"system": LOINC, "code": loinc}), **value}
        self.date_observation(observation, self.shape.age_near(self.world.data["pregnancy"]["longest_days"], 7))
        self.add(observation, may_lack_subject=True)


class Encoder(json.JSONEncoder):
    """Decimals as they are written."""

    def default(self, o: Any) -> Any:
        return float(o) if isinstance(o, Decimal) else super().default(o)


def to_line(record: Json) -> str:
    return json.dumps(record, cls=Encoder, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=1000)
    options = parser.parse_args()
    for made in Generator(options.seed).records(options.count):
        print(to_line(made))
