# Tripsis — Copyright 2026 the Tripsis authors. SPDX-License-Identifier: Apache-2.0
#
# Compiles HL7's package hl7.fhir.r4.examples@4.0.1 into the read-only tables behind src/fhir/definitions.hh:
#     compile_definitions.py PACKAGE_FOLDER OUTPUT.cc
# The output is one blob of text and flat arrays that point into it, which a compiler digests in seconds and which
# needs no work when the program starts. The same package always gives the same output, byte for byte.

import hashlib
import json
import re
import sys
from pathlib import Path

STAR = 0xFFFF
MOST_CODES = 500
MOST_ELEMENTS = 64  # of one type; fhir::most_elements
COMMON_PARAMETERS = ["_id", "_lastUpdated", "_profile", "_security", "_source", "_tag"]
PRIMITIVES = {"base64Binary", "boolean", "canonical", "code", "date", "dateTime", "decimal", "id", "instant", "integer",
              "markdown", "oid", "positiveInt", "string", "time", "unsignedInt", "uri", "url", "uuid", "xhtml"}
STRENGTHS = {"example": "Example", "preferred": "Preferred", "extensible": "Extensible", "required": "Required"}
FHIR_TYPE = "http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type"


def last_segment(url):
    return url.rsplit("/", 1)[-1]


def without_version(canonical):
    return canonical.split("|", 1)[0]


def capitalised(name):
    return name[0].upper() + name[1:]


class Package:
    """The package's files, read when asked for."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def read(self, name):
        return json.loads((self.folder / name).read_text(encoding="utf-8"))

    def all(self, resource_type):
        for path in sorted(self.folder.glob(f"{resource_type}-*.json")):
            yield json.loads(path.read_text(encoding="utf-8"))


# ---- types and elements ------------------------------------------------------------------------------------------------


def type_code(element, kind):
    """The FHIR type behind a type entry; ids and urls stand as System.String there, with the FHIR type in an extension."""
    code = kind["code"]
    if not code.startswith("http://hl7.org/fhirpath/"):
        return code
    if element["base"]["path"] == "Resource.id":
        return "id"
    for extension in kind.get("extension", []):
        if extension["url"] == FHIR_TYPE:
            return extension["valueUrl"]
    return "string"


def element_types(element, parents):
    if "contentReference" in element:
        return [(element["contentReference"].removeprefix("#"), ())]
    if element["path"] in parents:
        return [(element["path"], ())]
    return [(type_code(element, kind), tuple(last_segment(target) for target in kind.get("targetProfile", [])))
            for kind in element.get("type", [])]


def compile_element(element, parents):
    name = element["path"].rsplit(".", 1)[-1]
    types = element_types(element, parents)
    names = [name]
    if name.endswith("[x]"):
        name = name.removesuffix("[x]")
        names = [name + capitalised(code) for code, _ in types]
    binding = element.get("binding", {})
    return {"name": name, "types": types, "json_names": names, "min": element["min"],
            "max": STAR if element["max"] == "*" else int(element["max"]),
            "binding": STRENGTHS.get(binding.get("strength"), "None"),
            "value_set": without_version(binding.get("valueSet", ""))}


def compile_structure(definition):
    """The type and the backbone types inside it, each with its elements."""
    snapshot = definition["snapshot"]["element"]
    name = definition["name"]
    parents = {element["path"].rsplit(".", 1)[0] for element in snapshot[1:]}
    kind = {"resource": "Resource", "complex-type": "Complex", "primitive-type": "Primitive"}[definition["kind"]]
    types = {name: {"kind": kind, "abstract": definition["abstract"],
                    "base": last_segment(definition.get("baseDefinition", "")), "elements": []}}
    for element in snapshot[1:]:
        path = element["path"]
        if element["max"] == "0" or (kind == "Primitive" and path == f"{name}.value"):
            continue
        if path in parents:
            types[path] = {"kind": "Backbone", "abstract": False, "base": element["type"][0]["code"], "elements": []}
        types[path.rsplit(".", 1)[0]]["elements"].append(compile_element(element, parents))
    return types


def compile_types(package):
    types = {}
    for definition in package.all("StructureDefinition"):
        if definition["kind"] != "logical" and definition.get("derivation") != "constraint":
            types.update(compile_structure(definition))
    for name, t in types.items():
        if len(t["elements"]) > MOST_ELEMENTS:
            raise SystemExit(f"{name} has more than {MOST_ELEMENTS} elements")
    return dict(sorted(types.items()))


# ---- search parameters -------------------------------------------------------------------------------------------------


def split_union(expression):
    """The branches of the outermost `|`: not those inside brackets or quotes."""
    branches, depth, quote, start = [], 0, "", 0
    for at, character in enumerate(expression):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"`":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        elif character == "|" and depth == 0:
            branches.append(expression[start:at].strip())
            start = at + 1
    return branches + [expression[start:].strip()]


def branches_for(parameter, base):
    """Only the branches that start at `base`. A branch that names no type at all is relative to the parameter's one base."""
    chosen = []
    for branch in split_union(parameter["expression"]):
        first = re.match(r"[(\s]*(\w+)", branch).group(1)
        if first[0].islower():
            chosen.append(f"{base}.{branch}")
        elif first == base:
            chosen.append(branch)
    if not chosen:
        raise SystemExit(f"{parameter['id']}: no branch of its expression is about {base}")
    return " | ".join(chosen)


def compile_search_parameters(package, types):
    all_parameters = [entry["resource"] for entry in package.read("Bundle-searchParams.json")["entry"]]
    by_url = {parameter["url"]: parameter for parameter in all_parameters}
    resources = [name for name, t in types.items() if t["kind"] == "Resource" and not t["abstract"]]
    rows = []
    for parameter in all_parameters:
        # Without an expression there is nothing to index, and a phonetic one would need an algorithm that FHIR does not name.
        if not parameter.get("expression") or parameter.get("xpathUsage") == "phonetic":
            continue
        components = tuple(by_url[component["definition"]]["code"] + "|" + component["expression"]
                           for component in parameter.get("component", []))
        for base in parameter["base"]:
            if base == "Resource" and parameter["code"] not in COMMON_PARAMETERS:
                continue
            expression = branches_for(parameter, base)
            for name in resources if base == "Resource" else [base]:
                rows.append((name, parameter["code"], capitalised(parameter["type"]), expression,
                             tuple(parameter.get("target", [])), components))
    return sorted(rows)


def compile_compartment(package):
    return sorted((entry["code"], tuple(entry["param"]))
                  for entry in package.read("CompartmentDefinition-patient.json")["resource"] if entry.get("param"))


# ---- codes of required bindings ----------------------------------------------------------------------------------------


class ValueSets:
    """Expands what the package alone can expand; what needs more is None."""

    def __init__(self, package):
        self.value_sets = {v["url"]: v for v in package.all("ValueSet") if "url" in v}
        self.code_systems = {c["url"]: c for c in package.all("CodeSystem") if "url" in c}

    def expand(self, url):
        compose = self.value_sets.get(url, {}).get("compose")
        if compose is None:
            return None
        codes = self.collect(compose.get("include", []))
        excluded = self.collect(compose.get("exclude", []))
        return None if codes is None or excluded is None else codes - excluded

    def collect(self, includes):
        codes = set()
        for include in includes:
            if include.get("filter") or (include.get("valueSet") and include.get("system")):
                return None
            parts = [self.expand(without_version(url)) for url in include.get("valueSet", [])]
            if "system" in include:
                parts.append(self.concepts(include))
            for part in parts:
                if part is None:
                    return None
                codes |= part
        return codes

    def concepts(self, include):
        system = include["system"]
        if include.get("concept"):
            return {(system, concept["code"]) for concept in include["concept"]}
        definition = self.code_systems.get(system)
        if definition is None or definition["content"] != "complete":
            return None
        return {(system, code) for code in self.nested(definition.get("concept", []))}

    def nested(self, concepts):
        for concept in concepts:
            yield concept["code"]
            yield from self.nested(concept.get("concept", []))


def compile_codes(package, types):
    bound = {element["value_set"] for t in types.values() for element in t["elements"] if element["binding"] == "Required"}
    value_sets = ValueSets(package)
    expanded = {url: value_sets.expand(url) for url in sorted(bound)}
    return {url: sorted(codes) for url, codes in expanded.items() if codes and len(codes) <= MOST_CODES}


# ---- the output --------------------------------------------------------------------------------------------------------


class Text:
    """One blob; a string that is part of what is already there is not added again."""

    def __init__(self):
        self.blob = ""
        self.known = {}

    def __call__(self, s):
        if s not in self.known:
            at = self.blob.find(s)
            if at < 0:
                at = len(self.blob)
                self.blob += s
            self.known[s] = at
        return f"{{T+{self.known[s]},{len(s)}}}" if s else "{}"

    def literal(self):
        if not self.blob.isascii():
            raise SystemExit("The tables' offsets count bytes, and a text in the package is not ASCII")
        pieces = [self.blob[at:at + 4000] for at in range(0, len(self.blob), 4000)]
        return "\n".join(json.dumps(piece) for piece in pieces)


class Pool:
    """Rows of one array; a sequence of rows that is already there is pointed to again."""

    def __init__(self, array):
        self.array = array
        self.rows = []
        self.known = {}

    def __call__(self, rows):
        rows = tuple(rows)
        if not rows:
            return "{}"
        if rows not in self.known:
            self.known[rows] = len(self.rows)
            self.rows += rows
        return f"{{{self.array}+{self.known[rows]},{len(rows)}}}"


def emit_array(out, declaration, rows):
    out.append(f"{declaration}[] = {{")
    out += [f"{row}," for row in rows]
    out.append("};")


class Emitter:
    def __init__(self, types, parameters, compartment, codes):
        self.types, self.parameters, self.compartment, self.codes = types, parameters, compartment, codes
        self.index = {name: number for number, name in enumerate(types)}
        self.text, self.names = Text(), Pool("N")
        self.kinds, self.elements, self.code_rows = Pool("K"), Pool("E"), Pool("C")

    def strings(self, strings):
        return self.names(self.text(s) for s in strings)

    def element(self, element):
        kinds = self.kinds(f"{{{self.text(code)},{self.strings(targets)},&types[{self.index[code]}]}}"
                           for code, targets in element["types"])
        required = self.codes.get(element["value_set"], []) if element["binding"] == "Required" else []
        return (f"{{{self.text(element['name'])},{kinds},{self.strings(element['json_names'])},{element['min']},"
                f"{element['max']},Binding::{element['binding']},{self.text(element['value_set'])},{self.code_list(required)}}}")

    def code_list(self, codes):
        return self.code_rows(f"{{{self.text(system)},{self.text(code)}}}" for system, code in codes)

    def type_row(self, name, t):
        elements = self.elements(self.element(element) for element in t["elements"])
        primitive = f"Primitive::{capitalised(name)}" if t["kind"] == "Primitive" else "Primitive::None"
        return (f"{{{self.text(name)},TypeKind::{t['kind']},{'true' if t['abstract'] else 'false'},{self.text(t['base'])},"
                f"{elements},{primitive}}}")

    def parameter_row(self, number, row):
        name, code, kind, expression, targets, components = row
        return (f"{{{number},{self.text(name)},{self.text(code)},SearchType::{kind},{self.text(expression)},"
                f"{self.strings(targets)},{self.strings(components)}}}")

    # The text is defined last and nothing is constexpr: clang takes three times as long otherwise.
    def write(self, version):
        types = [self.type_row(name, t) for name, t in self.types.items()]
        parameters = [self.parameter_row(number, row) for number, row in enumerate(self.parameters, start=1)]
        compartment = [f"{{{self.text(name)},{self.strings(codes)}}}" for name, codes in self.compartment]
        value_sets = [f"{{{self.text(url)},{self.code_list(codes)}}}" for url, codes in self.codes.items()]
        resources = [f"&types[{self.index[name]}]" for name, t in self.types.items()
                     if t["kind"] == "Resource" and not t["abstract"]]
        out = ["// Made by tools/compile_definitions.py from hl7.fhir.r4.examples@4.0.1; not to be edited.",
               '#include "fhir/definitions_tables.hh"', "namespace tripsis::fhir::tables {",
               f"extern char const T[{len(self.text.blob) + 1}];", "namespace {"]
        emit_array(out, "constinit std::string_view const N", self.names.rows)
        emit_array(out, "constinit Code const C", self.code_rows.rows)
        out += ["}", f"extern Type const types[{len(types)}];", "namespace {"]
        emit_array(out, "constinit ElementType const K", self.kinds.rows)
        emit_array(out, "constinit Element const E", self.elements.rows)
        out.append("}")
        emit_array(out, "constinit Type const types", types)
        out.append("namespace {")
        emit_array(out, "constinit Type const* const R", resources)
        emit_array(out, "constinit SearchParameter const P", parameters)
        emit_array(out, "constinit Compartment const M", compartment)
        emit_array(out, "constinit ValueSet const V", value_sets)
        out += ["}", "constinit char const T[] =", self.text.literal() + ";",
                f'constinit Tables const all{{types, R, P, M, V, "{version}"}};', "}", ""]
        return "\n".join(out)


def main(folder, output):
    package = Package(folder)
    types = compile_types(package)
    missing = PRIMITIVES ^ {name for name, t in types.items() if t["kind"] == "Primitive"}
    if missing:
        raise SystemExit(f"The package and this tool do not agree on the primitive types: {sorted(missing)}")
    parameters = compile_search_parameters(package, types)
    compartment = compile_compartment(package)
    version = hashlib.sha256(json.dumps([parameters, compartment]).encode()).hexdigest()[:16]
    text = Emitter(types, parameters, compartment, compile_codes(package, types)).write(version)
    Path(output).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: compile_definitions.py PACKAGE_FOLDER OUTPUT.cc")
    main(sys.argv[1], sys.argv[2])
