"""Writes docs/openapi.json: an OpenAPI 3.1 description of the pages' twins in JSON.

    openapi.py > docs/openapi.json
    openapi.py --check FOLDER     holds pages that `publish` wrote against it (needs jsonschema and openapi-spec-validator)

Addresses are those of the table in docs/pages.md, schemas the structs that the table names, with the words of their
comments, read from the source of crates/views and crates/model. What is written is the same for the same source.
"""

import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Where a struct is looked for, the nearest first.
SOURCES = ["crates/views/src/desk", "crates/views/src", "crates/model/src"]

PARAMETERS = {
    "page": ("Which page of it, from 1; one past the end is the last.", {"type": "integer", "minimum": 1}),
    "place": ("Only what is said of this place; any name that the record takes for it, or a part in whole words.",
              {"type": "string"}),
    "actor": ("Only what is said of, to or by this person or organisation.", {"type": "string"}),
    "subject": ("Only claims of this kind.", {"enum": ["ground", "talks", "count", "statement"]}),
    "kind": ("Only entities of this kind.", {"enum": ["person", "organization", "place"]}),
    "topic": ("Only questions of this topic: control, count, offer …", {"type": "string"}),
    "q": ("What to look for; words in double quotes stand side by side.", {"type": "string"}),
    "from": ("The first day.", {"type": "string", "format": "date"}),
    "to": ("The last day.", {"type": "string", "format": "date"}),
}

PLAIN = {
    "String": {"type": "string"},
    "str": {"type": "string"},
    "bool": {"type": "boolean"},
    "f64": {"type": "number"},
    "Date": {"type": "string", "format": "date"},
    **{name: {"type": "integer"} for name in ("i8", "i16", "i32", "i64")},
    **{name: {"type": "integer", "minimum": 0} for name in ("u8", "u16", "u32", "u64", "usize")},
    **{name: {"type": "string", "pattern": "^[0-9a-f]+$"} for name in
       ("ReportId", "ClaimId", "EntityId", "JudgementId")},
}


class Source:
    """The structs and enums of the source, by name and file."""

    def __init__(self):
        self.items = {}
        self.aliases = {}
        for folder in SOURCES:
            for path in sorted((ROOT / folder).glob("*.rs")):
                text = path.read_text(encoding="utf-8").split("#[cfg(test)]\nmod tests {")[0]
                # `pub use control::{Standing as Held}`: known by another name elsewhere.
                for module, names in re.findall(r"pub use (\w+)::\{([^}]*)\}", text):
                    for own, other in re.findall(r"(\w+) as (\w+)", names):
                        self.aliases[other] = (f"{folder}/{path.stem}/{module}", own)
                item = r"((?:^ *///[^\n]*\n)*)((?:^#\[[^\]]*\][^\n]*\n)*)^pub (struct|enum) (\w+)(?:<[^>]*>)? \{\n(.*?)^\}"
                for doc, attributes, kind, name, body in re.findall(item, text, re.M | re.S):
                    self.items.setdefault(name, []).append((path, words(doc), attributes, kind, body))

    def find(self, name, beside=None):
        """The one of that name in the same file, else the nearest."""
        found = self.items.get(name)
        if not found and name in self.aliases:
            return self.find(self.aliases[name][1])
        if not found:
            raise SystemExit(f"there is no struct {name} in {', '.join(SOURCES)}")
        imported = self.imported(name, beside) if beside and len(found) > 1 else None
        here = (item for item in found if item[0] == beside)
        from_there = (item for item in found if imported and imported in (item[0].stem, item[0].parts[-3]))
        return next(here, None) or next(from_there, found[0])

    def imported(self, name, beside):
        """From which module or crate a file has a name."""
        text = beside.read_text(encoding="utf-8")
        for root, names in re.findall(r"^use ([\w:]+)::(\{[^}]*\}|\w+);", text, re.M):
            if re.search(rf"\b{name}\b", names):
                return root.removeprefix("rapporteur_").split("::")[-1]
        return None


def words(comment):
    text = " ".join(line.strip().removeprefix("///").strip() for line in comment.strip().splitlines())
    # Rust's links have no meaning outside.
    return re.sub(r"\[(`[^`]*`)\](\([^)]*\))?", r"\1", text)


def split(types):
    """`A, B<C, D>` at the commas outside of brackets."""
    parts, depth, part = [], 0, ""
    for letter in types:
        depth += letter in "<([" 
        depth -= letter in ">)]"
        if letter == "," and depth == 0:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [part.strip() for part in [*parts, part] if part.strip()]


class Schemas:
    def __init__(self):
        self.source = Source()
        self.named = {}
        self.where = {}

    def of(self, kind, beside):
        """The schema of a type as it is written."""
        kind = re.sub(r"^&('\w+ )?", "", kind.strip()).split("::")[-1] if "<" not in kind else kind.strip()
        if kind in PLAIN:
            return dict(PLAIN[kind])
        if match := re.fullmatch(r"(\w+)<(.*)>", kind, re.S):
            outer, inner = match.group(1), split(match.group(2))
            if outer == "Option":
                return {"anyOf": [self.of(inner[0], beside), {"type": "null"}]}
            if outer in ("Vec", "BTreeSet"):
                return {"type": "array", "items": self.of(inner[0], beside)}
            if outer == "BTreeMap":
                return {"type": "object", "additionalProperties": self.of(inner[1], beside)}
            if outer in ("Box", "Arc"):
                return self.of(inner[0], beside)
            return self.generic(outer, inner, beside)
        if match := re.fullmatch(r"\((.*)\)", kind, re.S):
            inner = [self.of(one, beside) for one in split(match.group(1))]
            return {"type": "array", "prefixItems": inner, "minItems": len(inner), "maxItems": len(inner)}
        if match := re.fullmatch(r"\[(.*); (\d+)\]", kind, re.S):
            length = int(match.group(2))
            return {"type": "array", "items": self.of(match.group(1), beside), "minItems": length, "maxItems": length}
        return {"$ref": f"#/components/schemas/{self.reference(kind, beside)}"}

    def reference(self, name, beside=None):
        item = self.source.find(name, beside)
        path = item[0]
        for known, (where, own) in self.where.items():
            if where == path and own == name:
                return known
        shown = name if name not in self.where else path.stem.capitalize() + name
        self.where[shown] = (path, name)
        self.named[shown] = {}
        self.named[shown] = self.schema(item)
        return shown

    def generic(self, name, arguments, beside):
        """A struct over other types: named for what it holds."""
        path, doc, attributes, kind, body = self.source.find(name, beside)
        letters = re.findall(r"\bpub struct " + name + r"<([^>]*)>", path.read_text(encoding="utf-8"))[0]
        for letter, argument in zip((one.split(":")[0] for one in split(letters)), arguments):
            body = re.sub(rf"\b{letter}\b(?=[,>])", argument, body)
        shown = name + "".join(re.sub(r"\W", "", argument) for argument in arguments)
        if shown not in self.named:
            self.named[shown] = {}
            self.named[shown] = self.schema((path, doc, attributes, kind, body))
        return {"$ref": f"#/components/schemas/{shown}"}

    def schema(self, item):
        path, doc, attributes, kind, body = item
        schema = {"description": doc}
        if kind == "enum":
            return {**schema, **self.choices(path, attributes, body)}
        properties, required = self.fields(path, body)
        return {**schema, "type": "object", "properties": properties, "required": required}

    def fields(self, path, body):
        properties, required = {}, []
        for doc, attributes, name, kind in fields(body):
            if re.search(r"serde\((.*, ?)?skip\b", attributes):
                continue
            if "flatten" in attributes:
                inner = self.source.find(re.sub(r"^&('\w+ )?", "", kind), path)
                more, needed = self.fields(inner[0], inner[4])
                properties.update(more)
                required += needed
                continue
            renamed = re.search(r'rename = "([^"]*)"', attributes)
            name = renamed.group(1) if renamed else name.removeprefix("r#")
            schema = self.of(kind, path)
            if doc:
                schema["description"] = doc
            properties[name] = schema
            if "skip_serializing_if" not in attributes:
                required.append(name)
        return properties, required

    def choices(self, path, attributes, body):
        if "untagged" in attributes:
            inner = re.findall(r"^\s*\w+\((.*)\),", body, re.M)
            return {"anyOf": [self.of(kind, path) for kind in inner]}
        style = re.search(r'rename_all = "(\w+)"', attributes)
        style = style.group(1) if style else ""
        variants, tagged = [], []
        variant = r"((?:^ *///[^\n]*\n)*)((?:^ *#\[[^\]]*\]\n)*)^ *(\w+)(\([^)]*\)| \{[^}]*\})?,"
        for _, attributes, name, data in re.findall(variant, body, re.M):
            renamed = re.search(r'rename = "([^"]*)"', attributes)
            shown = {"lowercase": name.lower(), "UPPERCASE": name.upper()}.get(style, name)
            shown = renamed.group(1) if renamed else shown
            if not data:
                variants.append(shown)
            elif data.startswith("("):
                inner = {shown: self.of(data[1:-1], path)}
                tagged.append({"type": "object", "properties": inner, "required": [shown]})
            else:
                raise SystemExit(f"{path}: {name}: an enum with fields is not understood")
        plain = [{"type": "string", "enum": variants}] if variants else []
        return (plain + tagged)[0] if len(plain + tagged) == 1 else {"anyOf": plain + tagged}


def fields(body):
    doc, attributes = "", ""
    text = re.sub(r",\s*\n(\s*)(?=[A-Z&(\[])", ", ", body)
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("///"):
            doc += line + "\n"
        elif line.startswith("#["):
            attributes += line
        elif match := re.fullmatch(r"pub (?:\(crate\) )?([\w#]+): (.*),", line):
            yield words(doc), attributes, match.group(1), match.group(2)
            doc, attributes = "", ""
        elif re.match(r"[\w#]+: ", line):
            # Not public, but written all the same unless it says otherwise.
            name, kind = line.rstrip(",").split(": ", 1)
            yield words(doc), attributes, name, kind
            doc, attributes = "", ""


def parameter(name, where):
    if where == "path":
        about, schema = {
            "ID": ("The whole id, or any number of its first digits that is enough.",
                   {"type": "string", "pattern": "^[0-9a-f]+$"}),
            "FROM": ("The id of the one report.", {"type": "string", "pattern": "^[0-9a-f]+$"}),
            "TO": ("The id of the other report.", {"type": "string", "pattern": "^[0-9a-f]+$"}),
            "DATE": ("A day, such as 2031-03-01.", {"type": "string", "format": "date"}),
        }[name]
    else:
        about, schema = PARAMETERS[name]
    return {"name": name.lower() if where == "path" else name, "in": where, "required": where == "path",
            "description": about, "schema": schema}


def pages():
    """The rows of the table: words, addresses of the twins with their queries, struct."""
    for line in (ROOT / "docs/pages.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) != 4 or not re.fullmatch(r"`\w+`", cells[3]):
            continue
        addresses, twins = (re.findall(r"`([^`]*)`", cell) for cell in cells[1:3])
        query = [name for address in addresses for name in re.findall(r"[?&](\w+)=", address)]
        for twin in twins:
            yield cells[0], twin.split("?")[0], query, cells[3].strip("`")


def description():
    schemas = Schemas()
    paths = {}
    for about, twin, query, struct in pages():
        path = "/" + twin.replace("ID-ID", "{from}-{to}").replace("ID", "{id}").replace("DATE", "{date}")
        names = re.findall(r"\{(\w+)\}", path)
        parameters = [parameter(name.upper(), "path") for name in names] + [parameter(name, "query") for name in query]
        get = {
            "operationId": re.sub(r"\W+", "_", path.strip("/").removesuffix(".json")).strip("_"),
            "summary": about[:1].upper() + about[1:],
            "parameters": parameters,
            "responses": {
                "200": {
                    "description": "The same struct as the page shows.",
                    "content": {"application/json": {"schema": {
                        "$ref": f"#/components/schemas/{schemas.reference(struct)}",
                    }}},
                },
            },
        }
        if names:
            get["responses"]["404"] = {"description": "The record has no such thing."}
        paths[path] = {"get": get}
    version = re.search(r'^version = "([^"]*)"', (ROOT / "Cargo.toml").read_text(encoding="utf-8"), re.M).group(1)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Rapporteur",
            "version": version,
            "summary": "A record of who said what, to whom, when, where, how much, in which words.",
            "description": "The pages of `rapporteur serve` and `rapporteur publish` as data. Keys may be added; those "
                           "here keep their names and meaning. A time is an interval of days; `null` is unknown.",
            "license": {"name": "Apache-2.0 OR MIT", "identifier": "Apache-2.0 OR MIT"},
        },
        "servers": [{"url": "http://127.0.0.1:8080", "description": "`rapporteur serve`"}],
        "paths": paths,
        "components": {"schemas": {name: schemas.named[name] for name in sorted(schemas.named)}},
    }


def check(document, folder):
    """Every twin of a published record fits, and has no key that the description lacks."""
    import jsonschema
    import openapi_spec_validator

    openapi_spec_validator.validate(document)
    strict = json.loads(json.dumps(document))
    for schema in strict["components"]["schemas"].values():
        if "properties" in schema:
            schema["additionalProperties"] = False
    checked = {}
    for path, item in strict["paths"].items():
        pattern = re.escape(path.strip("/")).replace(r"\{date\}", r"\d{4}-\d\d-\d\d")
        pattern = re.sub(r"\\\{\w+\\\}", "[0-9a-f]+", pattern).removesuffix(r"\.json") + r"(-\d{1,7})?\.json"
        schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        validator = jsonschema.Draft202012Validator({**schema, "components": strict["components"]})
        for file in sorted(folder.rglob("*.json")):
            if re.fullmatch(pattern, str(file.relative_to(folder))):
                try:
                    validator.validate(json.loads(file.read_text(encoding="utf-8")))
                except jsonschema.ValidationError as error:
                    raise SystemExit(f"{file} does not fit {path}: {error.json_path}: {error.message[:300]}")
                checked[str(file)] = path
    missing = {str(file) for file in folder.rglob("*.json")} - set(checked)
    assert not missing, f"no path for {sorted(missing)[:5]}"
    unused = set(strict["paths"]) - set(checked.values())
    print(f"openapi         openapi-spec-validator, jsonschema: {len(strict['paths'])} paths, "
          f"{len(strict['components']['schemas'])} schemas, {len(checked)} published twins fit"
          + (f"; nothing published for {sorted(unused)}" if unused else ""))


if __name__ == "__main__":
    made = description()
    if sys.argv[1:2] == ["--check"]:
        written = json.loads((ROOT / "docs/openapi.json").read_text(encoding="utf-8"))
        assert written == made, "docs/openapi.json is not what tools/openapi/openapi.py writes: run it again"
        check(made, pathlib.Path(sys.argv[2]))
    else:
        print(json.dumps(made, indent=1, ensure_ascii=False))
