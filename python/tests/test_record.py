"""A record: its views as tables, and readings that were kept."""

import json

import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import rapporteur


@pytest.fixture
def record(example, tmp_path):
    counts = rapporteur.read(example, tmp_path / "a.record")
    assert counts.new == 15 and counts.claims > 50 and counts.derivations > 0
    assert len(counts.errors) == 0
    return rapporteur.Record(tmp_path / "a.record")


def lines(table):
    return pa.table(table).column("json").to_pylist()


def test_views_are_those_of_the_command_line(record, command):
    path = str(record.path)
    exported = command("export", "--record", path, "--format", "jsonl")
    claims = [line for line in exported if line.startswith('{"type":"claim"')]
    assert lines(record.claims()) == claims
    show = lambda view: json.loads("\n".join(command("show", view, "--record", path, "--json")))
    same = lambda table, view: [json.loads(line) for line in lines(table)] == view
    assert same(record.timeline(), show("timeline")["entries"])
    assert same(record.reports(), show("reports")["reports"])
    assert same(record.lineage(), show("lineage")["derivations"])
    assert same(record.control(), [hold for place in show("control")["places"] for hold in place["history"]])
    assert same(record.figures(), [one for of in show("figures")["ledgers"] for one in of["figures"]])
    disputes = show("disputes")
    questions = disputes["questions"] + disputes["agreed"]
    assert same(record.disputes(), [one for one in questions for _ in one["accounts"]])
    track = [line for meeting in show("talks")["meetings"] for line in meeting["track"]]
    talks = record.talks().to_pyarrow().to_pylist()
    assert [row["words"] for row in talks if row["section"] == "track"] == [line["words"] for line in track]


def test_views_can_be_narrowed(record):
    assert 0 < len(record.timeline(place="Spin Boldak")) < len(record.timeline())
    assert len(record.reports(as_of="2021-07-17")) < len(record.reports())
    with pytest.raises(ValueError, match="2031-03-01"):
        record.claims(as_of="yesterday")


def test_exports_are_bytes(record):
    table = pq.read_table(pa.BufferReader(record.export("parquet")))
    assert table.num_rows == len(record.claims())
    with pytest.raises(ValueError, match="no format"):
        record.export("papyrus")


def test_reading_again_changes_nothing(record, example):
    counts = rapporteur.read(example, record.path)
    assert (counts.new, counts.known, counts.claims) == (0, 15, 0)


def test_a_manifest_says_what_pages_do_not(tmp_path):
    (tmp_path / "a.txt").write_text("The army took Velka on Friday, the ministry said.\n")
    (tmp_path / "m.csv").write_text("path,publisher\n%s,North Wire\n" % (tmp_path / "a.txt"))
    rapporteur.read([tmp_path / "a.txt"], tmp_path / "b.record", manifest=tmp_path / "m.csv")
    reports = rapporteur.Record(tmp_path / "b.record").reports().to_pyarrow().to_pylist()
    assert reports[0]["publisher"] == "North Wire"


def test_kept_readings_make_the_same_record(record, example, tmp_path, command):
    pq.write_table(rapporteur.readings(example).to_pyarrow(), tmp_path / "readings.parquet")
    again = rapporteur.Record(tmp_path / "b.record")
    counts = again.add(pq.read_table(tmp_path / "readings.parquet"))
    assert counts.new == 15 and len(counts.errors) == 0
    assert again.export("jsonl") == record.export("jsonl")
    assert command("check", "--record", str(again.path))


def test_only_what_is_asked_for_is_taken(example, tmp_path):
    readings = rapporteur.readings(example).to_polars()
    some = readings.filter(polars.col("places").list.contains("Doha"))
    counts = rapporteur.Record(tmp_path / "c.record").add(some)
    assert 0 < counts.new == some.height < readings.height


def test_parquet_is_taken_for_a_place_a_person_or_a_time(example, tmp_path):
    table = rapporteur.readings(example).to_pyarrow()
    (tmp_path / "kept").mkdir()
    pq.write_table(table.slice(0, 7), tmp_path / "kept" / "a.parquet")
    pq.write_table(table.slice(7), tmp_path / "kept" / "b.parquet")
    rows = table.to_pylist()

    def taken(**wanted):
        (tmp_path / "e.record").unlink(missing_ok=True)
        record = rapporteur.Record(tmp_path / "e.record")
        record.add(tmp_path / "kept", **wanted)
        return sorted(row["report"] for row in record.reports().to_pyarrow().to_pylist())

    def those(wanted):
        return sorted(row["report"] for row in rows if wanted(row))

    dated = [row for row in rows if row["published_earliest"] is not None]
    first, last = (pick(row["published_earliest"] for row in dated) for pick in (min, max))
    assert first < last
    assert taken() == those(lambda row: True)
    assert taken(place="doha") == those(lambda row: "doha" in [place.casefold() for place in row["places"]])
    person = rows[0]["people"][0]
    assert taken(person=person) == those(lambda row: person in row["people"])
    assert taken(since=first) == those(lambda row: row in dated)
    assert taken(until=str(first)) == those(lambda row: row in dated and row["published_earliest"] == first)
    with pytest.raises(ValueError):
        taken(since="Friday")


def test_a_reading_that_does_not_hold_is_told_and_the_others_kept(example, tmp_path):
    rows = rapporteur.readings(example).to_pyarrow().to_pylist()
    rows[0]["reading"] = rows[0]["reading"].replace(" the ", " teh ")
    rows[1]["reading"] = "{"
    counts = rapporteur.Record(tmp_path / "d.record").add(pa.Table.from_pylist(rows))
    errors = counts.errors.to_pyarrow().to_pylist()
    assert [row["path"] for row in errors] == [rows[0]["path"], rows[1]["path"]]
    assert "does not belong" in errors[0]["error"] and "cannot be read" in errors[1]["error"]
    assert counts.new == 13


def test_what_is_no_record_is_an_error(tmp_path):
    with pytest.raises(OSError):
        rapporteur.Record(tmp_path / "none.record").claims()
