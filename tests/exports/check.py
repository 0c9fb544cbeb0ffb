"""Reads each export of a record with a reader of its format, and holds it against the record's own JSON lines.

    check.py FOLDER     where FOLDER has one file a format, named for it

Prints a line a format; ends with status 1 where one fails.
"""

import collections
import csv
import json
import pathlib
import re
import sys
import traceback

FOLDER = pathlib.Path(sys.argv[1])


def lines(name):
    with open(FOLDER / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


RECORD = lines("jsonl")
BY_TYPE = collections.defaultdict(dict)
for line in RECORD:
    BY_TYPE[line["type"]][line["id"]] = line
CLAIMS, REPORTS, ENTITIES = BY_TYPE["claim"], BY_TYPE["report"], BY_TYPE["entity"]


def same(one, other, what):
    assert one == other, f"{what}: {one!r} is not {other!r}"


def known(ids):
    for one in ids:
        assert one in CLAIMS, f"no claim {one}"


def table(name, separator=",", header=0, names=None):
    """As text, so that leading zeros stay."""
    import pandas

    quoting = csv.QUOTE_MINIMAL if separator == "," else csv.QUOTE_NONE
    return pandas.read_csv(
        FOLDER / name, sep=separator, header=header, names=names, dtype=str, keep_default_na=False, quoting=quoting
    )


def check_csv():
    rows = table("csv")
    same(set(rows["claim_id"]), set(CLAIMS), "claims")
    same(len(rows), len(CLAIMS), "rows")
    for row in rows.itertuples():
        claim = CLAIMS[row.claim_id]
        same(row.exact, claim["exact"], "exact words")
        same(int(row.start), claim["start"], "start")
        same(row.certainty, claim["certainty"], "certainty")
        same(row.origin, claim["origin"], "origin")
    return f"pandas: {len(rows)} claims, {len(rows.columns)} columns"


def check_parquet():
    import duckdb
    import pandas
    import pyarrow
    import pyarrow.parquet

    path = str(FOLDER / "parquet")
    arrow = pyarrow.parquet.read_table(path)
    arrow.validate(full=True)
    same(arrow.schema.field("exact").type, pyarrow.string(), "type")
    same(arrow.schema.field("earliest").type, pyarrow.date32(), "type")
    same(arrow.schema.field("start").type, pyarrow.int64(), "type")
    same(arrow.schema.field("latitude").type, pyarrow.float64(), "type")
    same(arrow.schema.field("actor").type.value_type, pyarrow.string(), "type")
    frame = pandas.read_parquet(path)
    rows = table("csv")
    same(list(frame.columns), list(rows.columns), "columns")
    same(len(frame), len(rows), "rows")
    for column in frame.columns:
        for value, text in zip(arrow[column].to_pylist(), rows[column]):
            if isinstance(value, list):
                value = "; ".join(value)
            if isinstance(value, float):
                same(value, float(text), column)
            elif not (value is None and text.startswith("-")):
                # Days before the year 1 are in the CSV alone.
                same("" if value is None else str(value), text, column)
    query = f"select count(*), count(distinct claim_id), sum(len(actor)) from read_parquet('{path}')"
    counted, distinct, actors = duckdb.connect().execute(query).fetchall()[0]
    same((counted, distinct), (len(CLAIMS), len(CLAIMS)), "DuckDB's count")
    same(actors, sum(len(value) for value in arrow["actor"].to_pylist()), "DuckDB's lists")
    return f"pyarrow, pandas, DuckDB: {counted} rows, {actors} actors, as in the CSV cell by cell"


ACLED = {
    "Battles": ["Armed clash", "Government regains territory", "Non-state actor overtakes territory"],
    "Explosions/Remote violence": [
        "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack", "Remote explosive/landmine/IED",
        "Grenade", "Chemical weapon",
    ],
    "Violence against civilians": ["Attack", "Abduction/forced disappearance", "Sexual violence"],
    "Protests": ["Peaceful protest", "Protest with intervention", "Excessive force against protesters"],
    "Riots": ["Violent demonstration", "Mob violence"],
    "Strategic developments": [
        "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
        "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory", "Other",
    ],
    "": [],
}


def check_acled():
    rows = table("acled")
    same(list(rows.columns[:3]) + list(rows.columns[28:31]),
         ["event_id_cnty", "event_date", "year", "fatalities", "tags", "timestamp"], "columns")
    import pandas

    for row in rows.itertuples():
        assert row.sub_event_type in ["", *ACLED[row.event_type]], row
        known(row.claim_ids.split("; "))
        same(row.claim_id, row.claim_ids.split("; ")[0], "first claim")
        assert row.iso == "" or re.fullmatch(r"\d{3}", row.iso), row
        same(row.latitude == "", row.geo_precision == "", "a point has its precision")
        same(row.event_date == "", row.time_precision == "", "a date has its precision")
    pandas.to_datetime(rows["event_date"][rows["event_date"] != ""], format="%Y-%m-%d")
    types = {name or "none": int(count) for name, count in rows["event_type"].value_counts().items()}
    return f"pandas: {len(rows)} events, {types}"


def check_ged():
    rows = table("ged")
    same(list(rows.columns[:3]) + list(rows.columns[46:49]), ["id", "relid", "year", "low", "gwnoa", "gwnob"], "columns")
    for row in rows.itertuples():
        known(row.claim_ids.split("; "))
        numbers = [float(value) for value in (row.low, row.best, row.high) if value]
        same(numbers, sorted(numbers), "low, best, high")
        assert row.where_prec in ["", "1", "2", "3", "4", "5", "6"] and row.date_prec in ["", *"12345"], row
    return f"pandas: {len(rows)} rows of deaths"


PLOVER = {
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
}


def check_polecat():
    rows = table("polecat", "\t")
    same(list(rows.columns[:3]) + list(rows.columns[38:40]),
         ["Event ID", "Event Date", "Event Type", "Language", "Version"], "columns")
    assert set(rows["Event Type"]) <= PLOVER and set(rows["Quad Code"]) <= set("1234")
    known(rows["claim_id"])
    return f"pandas: {len(rows)} events, {rows['Event Type'].nunique()} types"


def check_plover():
    events = lines("plover")
    for event in events:
        assert set(event["event"]) <= PLOVER and event["quad_code"] in (1, 2, 3, 4), event
        assert all(type(event[key]) is list for key in ("actor", "recipient", "mode", "event_text")), event
        report = REPORTS[CLAIMS[event["claim_id"]]["report"]]
        info = event["text_info"]
        same(report["body"][info["start"]:info["end"]], event["event_text"][0], "the words at the offsets")
    same([event["id"] for event in events], list(table("polecat", "\t")["claim_id"]), "the same events as POLECAT's")
    return f"json: {len(events)} events, each with its words at its offsets"


def check_gdelt():
    events = table("gdelt", "\t", None)
    mentions = table("gdelt-mentions", "\t", None)
    same((events.shape[1], mentions.shape[1]), (63, 18), "columns")
    for code, base, root in zip(events[26], events[27], events[28]):
        assert code == "" or (code.startswith(base) and base.startswith(root) and len(root) == 2), code
    assert any(code.startswith("0") for code in events[26]), "leading zeros are lost"
    same(set(events[0]), set(mentions[0]), "event numbers of both tables")
    assert events[0].is_unique and all(int(number) < 2**53 for number in events[0])
    known(mentions[16])
    counts = mentions[0].value_counts()
    for number, mentioned in zip(events[0], events[31]):
        same(counts[number], int(mentioned), "mentions")
    return f"pandas: {len(events)} events, {len(mentions)} mentions, joined"


def check_geojson():
    import geopandas

    text = json.loads((FOLDER / "geojson").read_text(encoding="utf-8"))
    assert set(text) == {"type", "features"}
    identifiers = [feature["id"] for feature in text["features"]]
    same(len(set(identifiers)), len(identifiers), "ids")
    frame = geopandas.read_file(FOLDER / "geojson")
    same(len(frame), len(text["features"]), "features")
    same(frame.crs.to_epsg(), 4326, "coordinates")
    drawn = frame[~frame.geometry.isna()]
    assert drawn.geometry.is_valid.all()
    assert drawn.geometry.x.between(-180, 180).all() and drawn.geometry.y.between(-90, 90).all()
    assert (drawn["precision"] != "country").all()
    claims = [f["properties"] for f in text["features"] if f["properties"]["feature"] == "claim"]
    same({claim["claim_id"] for claim in claims}, set(CLAIMS), "claims")
    return f"geopandas: {len(frame)} features, {len(drawn)} drawn, {len(frame) - len(drawn)} without geometry"


def check_ftm():
    from followthemoney.entity import ValueEntity

    entities = {}
    for data in lines("ftm"):
        proxy = ValueEntity.from_dict(data, cleaned=True)
        proxy.schema.validate({"properties": data["properties"]})
        for name, values in data["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, f"{data['schema']} has no {name}"
            for value in values:
                cleaned = prop.type.clean(value)
                assert cleaned is not None, f"{name} cannot be {value!r}"
        entities[proxy.id] = proxy
    same(set(CLAIMS) | set(REPORTS) | set(ENTITIES) <= set(entities), True, "all are there")
    for proxy in entities.values():
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                other = entities.get(value)
                assert other is not None and other.schema.is_a(prop.range), f"{proxy.id} {prop} {value}"
    return f"followthemoney: {len(entities)} entities, {dict(collections.Counter(e.schema.name for e in entities.values()))}"


def check_ftm_statements():
    from followthemoney.statement import StatementEntity
    from followthemoney.statement.serialize import read_csv_statements
    from followthemoney.dataset import Dataset

    with open(FOLDER / "ftm-statements", "rb") as file:
        statements = list(read_csv_statements(file))
    by_entity = collections.defaultdict(list)
    for statement in statements:
        same(statement.prop_type, statement.schema and prop_type(statement), "type")
        by_entity[statement.canonical_id].append(statement)
    entities = {data["id"]: data for data in lines("ftm")}
    same(set(by_entity), set(entities), "entities")
    dataset = Dataset.make({"name": "rapporteur", "title": "Rapporteur"})
    for identifier, some in by_entity.items():
        entity = StatementEntity.from_statements(dataset, some)
        properties = {name: sorted(values) for name, values in entity.to_dict()["properties"].items()}
        same(properties, {n: sorted(v) for n, v in entities[identifier]["properties"].items()}, identifier)
    return f"followthemoney: {len(statements)} statements, which make the same {len(by_entity)} entities"


def prop_type(statement):
    from followthemoney import model

    return model.get(statement.schema).get(statement.prop).type.name


# The terms of W3C's context for annotations that are used, written out here: its address is not asked for.
OA, AS = "http://www.w3.org/ns/oa#", "http://www.w3.org/ns/activitystreams#"
ANNO = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    **{name: OA + name for name in (
        "Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector", "TextPositionSelector", "TimeState",
        "classifying", "describing", "commenting", "tagging",
    )},
    "Software": AS + "Application",
    "AnnotationCollection": AS + "OrderedCollection",
    "AnnotationPage": AS + "OrderedCollectionPage",
    "body": {"@type": "@id", "@id": OA + "hasBody"},
    "target": {"@type": "@id", "@id": OA + "hasTarget"},
    "source": {"@type": "@id", "@id": OA + "hasSource"},
    "selector": {"@type": "@id", "@id": OA + "hasSelector"},
    "state": {"@type": "@id", "@id": OA + "hasState"},
    "creator": {"@type": "@id", "@id": "http://purl.org/dc/terms/creator"},
    "motivation": {"@type": "@vocab", "@id": OA + "motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": OA + "hasPurpose"},
    "items": {"@type": "@id", "@id": AS + "items", "@container": "@list"},
    "first": {"@type": "@id", "@id": AS + "first"},
    "total": AS + "totalItems",
    "startIndex": AS + "startIndex",
    "format": "http://purl.org/dc/elements/1.1/format",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "name": "http://xmlns.com/foaf/0.1/name",
    **{name: OA + name for name in (
        "start", "end", "exact", "prefix", "suffix", "sourceDate", "sourceDateStart", "sourceDateEnd",
    )},
}


def expanded(name, contexts):
    """The document with every key an address; a key that no context has would be dropped, and is refused."""
    from pyld import jsonld

    document = json.loads((FOLDER / name).read_text(encoding="utf-8"))

    def load(url, options):
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url,
                "document": {"@context": contexts[url]}}

    graph = jsonld.to_rdf(document, {"documentLoader": load, "format": "application/n-quads"})
    if "http://www.w3.org/ns/anno.jsonld" in contexts:
        missing = keys(document) - set(ANNO) - {"@context", "claim_id"}
        assert not missing, f"not in the context: {missing}"
    import rdflib

    return document, rdflib.Graph().parse(data=graph, format="nt")


def keys(value):
    if isinstance(value, dict):
        return set(value) | set().union(set(), *(keys(v) for k, v in value.items() if k != "@context"))
    if isinstance(value, list):
        return set().union(set(), *(keys(v) for v in value))
    return set()


def check_annotations():
    import rdflib

    document, graph = expanded("annotations", {"http://www.w3.org/ns/anno.jsonld": ANNO})
    oa = rdflib.Namespace(OA)
    annotations = set(graph.subjects(rdflib.RDF.type, oa.Annotation))
    same(len(annotations), len(CLAIMS), "annotations")
    same(document["total"], len(CLAIMS), "total")
    checked = 0
    for annotation in annotations:
        claim = CLAIMS[str(annotation).rsplit(":", 1)[1]]
        body = REPORTS[claim["report"]]["body"]
        assert list(graph.objects(annotation, oa.hasBody)) and list(graph.objects(annotation, oa.motivatedBy))
        for target in graph.objects(annotation, oa.hasTarget):
            for selector in graph.objects(target, oa.hasSelector):
                kind = graph.value(selector, rdflib.RDF.type)
                if kind == oa.TextPositionSelector:
                    start, end = (int(graph.value(selector, oa[key])) for key in ("start", "end"))
                    same(body[start:end], claim["exact"], "the words at the position")
                    checked += 1
                else:
                    quote = "".join(str(graph.value(selector, oa[key])) for key in ("prefix", "exact", "suffix"))
                    assert quote in body, quote
    same(checked, len(CLAIMS), "positions")
    return f"PyLD, rdflib: {len(annotations)} annotations, {len(graph)} triples, each with its words at its position"


def check_prov():
    from prov.model import ProvDerivation, ProvDocument, ProvElement

    document = ProvDocument.deserialize(str(FOLDER / "prov"), format="json").unified()
    declared = {record.identifier for record in document.get_records(ProvElement)}
    relations = [record for record in document.get_records() if record.is_relation()]
    for relation in relations:
        for _, name in relation.formal_attributes:
            if hasattr(name, "localpart") and name.localpart.split("-")[0] in ("report", "claim", "agent", "entity"):
                assert name in declared, f"{relation}: {name} is not declared"
    claims = [name for name in declared if name.localpart.startswith("claim-")]
    same(len(claims), len(CLAIMS), "claims")
    derivations = list(document.get_records(ProvDerivation))
    again = ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    same(again.unified(), document, "written and read again")
    document.get_provn()
    return f"prov: {len(declared)} elements, {len(relations)} relations, {len(derivations)} derivations"


def check_schema_org():
    import importlib
    import rdflib

    document, graph = expanded("schema-org", {"https://schema.org": {"@vocab": "https://schema.org/"}})
    schema = rdflib.Namespace("https://schema.org/")
    # Every property is one of its type, by the vocabulary that pydantic2_schemaorg is made of.
    classes = {}
    for subject, kind in graph.subject_objects(rdflib.RDF.type):
        name = str(kind).rsplit("/", 1)[1]
        if name not in classes:
            module = importlib.import_module(f"pydantic2_schemaorg.{name}")
            kind = getattr(module, name)
            fields = getattr(kind, "model_fields", None) or kind.__fields__
            classes[name] = {field.alias or key for key, field in fields.items()} | set(fields)
        for prop in graph.predicates(subject):
            prop = str(prop)
            if prop.startswith(str(schema)):
                assert prop.rsplit("/", 1)[1] in classes[name], f"{name} has no {prop}"
    claims = list(graph.subjects(rdflib.RDF.type, schema.Claim))
    same(len(claims), len(CLAIMS), "claims")
    for claim in claims:
        one = CLAIMS[str(claim).rsplit(":", 1)[1]]
        same(str(graph.value(claim, schema.text)), one["exact"], "exact words")
        article = graph.value(claim, schema.appearance)
        same((article, rdflib.RDF.type, schema.NewsArticle) in graph, True, "its article")
    assert not list(graph.subjects(rdflib.RDF.type, schema.ClaimReview)), "a verdict"
    return f"PyLD, rdflib, pydantic2_schemaorg: {len(claims)} claims, {len(graph)} triples, types {sorted(classes)}"


# The properties of ninjs 1.x that are used, with their types: its schema refuses others.
NINJS = {
    "type": "object",
    "required": ["uri"],
    "additionalProperties": False,
    "patternProperties": {"^body_[a-zA-Z0-9_]+$": {"type": "string"}},
    "properties": {
        "uri": {"type": "string", "format": "uri"},
        "type": {"enum": ["text", "audio", "video", "picture", "graphic", "composite", "planning", "component"]},
        "representationtype": {"enum": ["complete", "incomplete", "partial"]},
        "headline": {"type": "string"},
        "byline": {"type": "string"},
        "located": {"type": "string"},
        "language": {"type": "string"},
        "copyrightholder": {"type": "string"},
        "altids": {"type": "object", "additionalProperties": {"type": "string"}},
        **{key: {"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "rel": {"type": "string"}, "geometry_geojson": {"type": "object"},
        }, "additionalProperties": False}} for key in ("person", "organisation", "place", "subject", "infosource")},
        "associations": {"type": "object", "patternProperties": {"^[a-zA-Z0-9_]+$": {"$ref": "#"}},
                         "additionalProperties": False},
    },
}


def check_ninjs():
    import jsonschema

    items = lines("ninjs")
    validator = jsonschema.Draft202012Validator(NINJS)
    for item in items:
        validator.validate(item)
    same(len(items), len(REPORTS), "reports")
    claims = [one for item in items for one in item.get("associations", {}).values()]
    for claim in claims:
        same(claim["body_text"], CLAIMS[claim["altids"]["claim_id"]]["exact"], "exact words")
    same(len(claims), len(CLAIMS), "claims")
    return f"jsonschema: {len(items)} reports, {len(claims)} claims with them"


def check_brief():
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    text = (FOLDER / "brief").read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark").use(footnote_plugin)
    environment = {}
    tokens = markdown.parse(text, environment)
    inline = [child for token in tokens if token.type == "inline" for child in token.children]
    assert not [token for token in [*tokens, *inline] if token.type.startswith("html")], "HTML"
    references = [token for token in inline if token.type == "footnote_ref"]
    notes = [token for token in tokens if token.type == "footnote_open"]
    defined = set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
    same(len(notes), len(defined), "footnotes that are referred to")
    same({token.meta["label"] for token in references}, defined, "footnotes")
    html = markdown.render(text)
    known(set(re.findall(r"Claim ([0-9a-f]{20})\.", html)))
    lists = [line for line in text.splitlines() if re.match(r" *- .*\*\*", line)]
    bare = [line for line in lists if "[^" not in line]
    assert not bare, bare[:3]
    return f"markdown-it: {len(lists)} lines, {len(references)} references to {len(notes)} footnotes"


def main():
    failed = 0
    for name in [
        "csv", "parquet", "acled", "ged", "polecat", "plover", "gdelt", "geojson", "ftm", "ftm-statements",
        "annotations", "prov", "schema-org", "ninjs", "brief",
    ]:
        check = globals()["check_" + name.replace("-", "_")]
        try:
            print(f"{name:15} {check()}")
        except Exception as error:
            failed += 1
            print(f"{name:15} FAILED: {type(error).__name__}: {str(error)[:300]}")
            traceback.print_exc(limit=3)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
