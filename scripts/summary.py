#!/usr/bin/env python3
"""Adds up what the tests of one run left in a folder, and ends with "N passed, N failed" (exit status 1 where one failed).

*.xml            GoogleTest's reports, one a program
ctest-junit.txt  ctest's own report: finds programs that crashed or timed out before they could write one
*.log            anything that closes with a line "N passed, N failed[, N skipped]"
"""
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

folder = Path(sys.argv[1])
passed = failed = skipped = 0
trouble = []

reports = {}
for path in sorted(folder.glob("*.xml")):
    reports[path.stem] = root = ElementTree.parse(path).getroot()
    for case in root.iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None:
            failed += 1
            trouble.append(f"failed: {name}")
        elif case.find("skipped") is not None or case.get("result") == "skipped":
            skipped += 1
            trouble.append(f"skipped: {name}")
        elif case.get("status") == "run":
            passed += 1

junit = folder / "ctest-junit.txt"
if not junit.exists():
    failed += 1
    trouble.append("failed: ctest did not run")
else:
    for case in ElementTree.parse(junit).getroot().iter("testcase"):
        name, good = case.get("name"), case.get("status") == "run"
        if name not in reports:
            passed, failed = passed + good, failed + (not good)
            if not good:
                trouble.append(f"failed: {name} (no report: it crashed, timed out or was not built)")
        elif not good and int(reports[name].get("failures", "0")) == 0:
            failed += 1  # such as a leak found at exit
            trouble.append(f"failed: {name} (its tests passed, and the program ended with an error)")

closing = re.compile(r"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")
for log in sorted(folder.glob("*.log")):
    lines = [m for m in map(closing.match, log.read_text(errors="replace").splitlines()) if m]
    if not lines:
        failed += 1
        trouble.append(f"failed: {log.stem} did not come to its end")
        continue
    passed += int(lines[-1][1])
    failed += int(lines[-1][2])
    skipped += int(lines[-1][3] or 0)

for line in trouble:
    print(line)
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed else 0)
