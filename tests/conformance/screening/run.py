#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Screening's proof: the program against an independent evaluator on generated records, and against expectations written by hand.

    run.py [--seed N] [--count N]     closes with "N passed, N failed[, N skipped]"

A difference is printed with the smallest part of the record that still shows it.
"""
from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Iterable

HERE = Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "e2e")]

from evaluator import Evaluator, Json  # noqa: E402
from generate import Generator, to_line  # noqa: E402
from tripsis import SHARED, Checks, run  # noqa: E402

CHUNK = 1000  # records a check
SHOWN = 10  # differences that are printed in full


def program(records: Iterable[Json]) -> list[Json]:
    """What the program answers to each."""
    with tempfile.NamedTemporaryFile("w", suffix=".ndjson", encoding="utf-8") as batch:
        for record in records:
            batch.write(to_line(record) + "\n")
        batch.flush()
        return [json.loads(line) for line in run("screen", "--batch", batch.name).stdout.splitlines()]


class Differential:
    """The two engines side by side."""

    def __init__(self, evaluator: Evaluator, checks: Checks) -> None:
        self.evaluator, self.checks, self.shown = evaluator, checks, 0
        self.sited = {rule["id"] for rule in evaluator.rules if rule["applies"]["site"] == "needed"}

    def comparable(self, outcome: Json) -> Json:
        """What the header fixes: not the wording of a cause, nor the order of causes and of places on the body."""
        if "error" in outcome:
            return outcome
        issues = [{**issue, "because": sorted({cause["ref"] for cause in issue["because"]}),
                   "regions": sorted(issue["regions"]) if issue["rule"] in self.sited else issue["regions"]} for issue in outcome["issues"]]
        return {"decision": outcome["decision"], "issues": issues, "questions": outcome["questions"], "not_judged": outcome.get("not_judged", [])}

    def difference(self, record: Json, said: Json) -> list[str]:
        """A line for each thing that the engines say differently."""
        parsed = json.loads(to_line(record), parse_float=Decimal)
        ours = self.comparable(self.evaluator.screen(parsed["patient"], date.fromisoformat(parsed["on"])))
        theirs = self.comparable(said)
        if ours == theirs:
            return []
        if "error" in theirs:
            return [f"the program: {theirs['error']}"]
        lines = [f"decision: evaluator {ours['decision']}, program {theirs['decision']}"] if ours["decision"] != theirs["decision"] else []
        for name, key in (("issues", "rule"), ("questions", "finding")):
            mine, other = ({one[key]: one for one in outcome[name]} for outcome in (ours, theirs))
            for one in {**mine, **other}:
                if mine.get(one) != other.get(one):
                    lines.append(f"{name} {one}: evaluator {self.brief(mine.get(one))}, program {self.brief(other.get(one))}")
        return lines or [f"order: evaluator {ours}, program {theirs}"]

    @staticmethod
    def brief(one: Json | None) -> str:
        if one is None:
            return "no"
        return json.dumps({name: one[name] for name in ("because", "regions", "rules") if name in one})

    def minimised(self, record: Json) -> Json:
        """Drops resources as long as the engines differ."""
        while True:
            entries = record["patient"]["entry"]
            smaller = [{**record, "patient": {**record["patient"], "entry": entries[:at] + entries[at + 1:]}}
                       for at, entry in enumerate(entries) if entry["resource"]["resourceType"] != "Patient"]
            still = next((one for one, said in zip(smaller, program(smaller)) if self.difference(one, said)), None)
            if still is None:
                return record
            record = still

    def judge(self, records: list[Json]) -> int:
        differing = [(record, lines) for record, said in zip(records, program(records), strict=True) if (lines := self.difference(record, said))]
        for record, _ in differing:
            if self.shown < SHOWN:
                self.shown += 1
                small = self.minimised(record)
                print(f"DIFFERENCE in record {record['id']} on {record['on']}")
                for line in self.difference(small, program([small])[0]):
                    print(f"  {line}")
                print("  " + json.dumps([entry["resource"] for entry in small["patient"]["entry"]], default=float))
        return len(differing)

    def run(self, seed: int, count: int) -> None:
        generator, differing = Generator(seed), 0
        for start in range(0, count, CHUNK):
            found = self.judge([generator.record(number) for number in range(start, min(start + CHUNK, count))])
            differing += found
            self.checks.check(found == 0, f"records {start} to {min(start + CHUNK, count) - 1} of seed {seed}: {found} differ")
        print(f"generated records, seed {seed}: {count}, judged differently: {differing}")


def cases_of(folder: Path, checks: Checks) -> None:
    """Expectations in the format of the clinical vignettes; prints what a clinician asks of a screening."""
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    records = [{"on": case["on"], "patient": json.loads((folder / case["file"]).read_text(encoding="utf-8"))} for case in expected]
    missed = needed = stopped = harmless = 0
    for case, said in zip(expected, program(records), strict=True):
        fired = {issue["rule"] for issue in said.get("issues", ())}
        asked = {question["finding"] for question in said.get("questions", ())}
        wrong = [f"{name} {sorted(what)}" for name, what in (
            ("missing rules", set(case["rules"]) - fired), ("wrong rules", set(case["not_rules"]) & fired), ("not asked", set(case["questions"]) - asked)) if what]
        if said.get("decision") != case["decision"]:
            wrong.insert(0, f"decision {said.get('decision', said)}, not {case['decision']}; fired {sorted(fired)}")
        checks.check(not wrong, f"{case['file']} ({case['why']}): {'; '.join(wrong)}")
        needed += case["decision"] == "stop"
        missed += case["decision"] == "stop" and said.get("decision") != "stop"
        harmless += case["decision"] in ("none", "modify")
        stopped += case["decision"] in ("none", "modify") and said.get("decision") == "stop"
    print(f"{folder.name}: {len(expected)} cases; absolute misses {missed} of {needed}; hard stops on harmless ones {stopped} of {harmless}")
    checks.check(missed == 0, f"{folder.name}: {missed} stops are missed")
    checks.check(stopped * 30 <= harmless, f"{folder.name}: {stopped} of {harmless} harmless ones are stopped")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=20261127)
    parser.add_argument("--count", type=int, default=10_000)
    options = parser.parse_args()
    checks = Checks()
    cases_of(HERE / "cases", checks)
    if (SHARED / "vignettes").is_dir():
        cases_of(SHARED / "vignettes", checks)
    else:
        checks.skip(f"the clinical vignettes are not at {SHARED / 'vignettes'}")
    Differential(Evaluator(), checks).run(options.seed, options.count)
    checks.close()


if __name__ == "__main__":
    main()
