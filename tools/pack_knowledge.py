#!/usr/bin/env python3
# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
"""Packs the clinical knowledge (knowledge/*.yaml) into one JSON document that the program embeds.

YAML is for the people who review the knowledge; the program reads JSON. Numbers keep their spelling (38.0 stays 38.0), so
nothing is rounded on the way; quoted text stays text ('no', "81680005"). The same input gives the same bytes.
usage: pack_knowledge.py OUT.json IN.yaml...   (each file becomes the member named like it)
"""
import json
import re
import sys
from pathlib import Path

import yaml

NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$")  # https://www.rfc-editor.org/rfc/rfc8259#section-6


def scalar(node, where):
    kind = node.tag.rsplit(":", 1)[-1]
    if kind in ("str", "timestamp"):
        return json.dumps(node.value, ensure_ascii=False)
    if kind == "null":
        return "null"
    if kind == "bool":
        if node.value not in ("true", "false"):
            raise SystemExit(f"{where}: write {node.value} as true, false, or in quotes")
        return node.value
    if kind in ("int", "float") and NUMBER.match(node.value):
        return node.value
    raise SystemExit(f"{where}: {node.value!r} is no number as JSON spells it: put it in quotes")


def pack(node, name):
    where = f"{name}:{node.start_mark.line + 1}"
    if isinstance(node, yaml.ScalarNode):
        return scalar(node, where)
    if isinstance(node, yaml.SequenceNode):
        return "[" + ",".join(pack(item, name) for item in node.value) + "]"
    members = {}
    for key, value in node.value:
        if key.value in members:
            raise SystemExit(f"{where}: {key.value} is there twice")
        members[key.value] = pack(value, name)
    return "{" + ",".join(json.dumps(k, ensure_ascii=False) + ":" + v for k, v in members.items()) + "}"


def main():
    out, *inputs = sys.argv[1:]
    parts = []
    for path in map(Path, inputs):
        with path.open(encoding="utf-8") as text:
            parts.append(json.dumps(path.stem) + ":" + pack(yaml.compose(text, Loader=yaml.SafeLoader), path.name))
    Path(out).write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")


main()
