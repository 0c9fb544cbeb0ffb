"""The verbs: the same lines as the command line's, and errors as rows."""

import threading
import time

import pyarrow as pa
import pytest

import rapporteur

WIRE = b"Army takes Velka\n\nThe army took Velka on Friday, the defence ministry said.\n"


def rows(table):
    return pa.table(table).to_pylist()


def lines(table):
    return [row["json"] for row in rows(table) if row["json"] is not None]


def test_claims_are_those_of_the_command_line_byte_for_byte(example, command):
    printed = command("claims", example)
    assert len(printed) > 50
    assert lines(rapporteur.claims(example)) == printed
    assert lines(rapporteur.claims(example, threads=1)) == printed


def test_copies_and_own_text_are_those_of_the_command_line(example, command):
    assert lines(rapporteur.copies(example)) == command("copies", example)
    assert lines(rapporteur.clean(example)) == command("clean", example)


def test_words_are_those_of_the_command_line(example, command):
    printed = [line.split("\t") for line in command("parse", example) if line[:1].isdigit()]
    printed = [(int(cells[0]), cells[1], cells[2], cells[3], int(cells[6])) for cells in printed]
    words = rows(rapporteur.parse(example))
    found = [(row["id"], row["form"], row["lemma"], row["upos"], row["head"]) for row in words if row["form"]]
    assert found == printed


def test_a_bad_report_is_a_row():
    reports = [("wire.txt", WIRE), ("bad.zip", b"PK\x03\x04 broken"), "/nowhere/at all.html"]
    for verb in (rapporteur.clean, rapporteur.claims, rapporteur.readings, rapporteur.parse):
        found = rows(verb(reports))
        bad = {row["path"]: row["error"] for row in found if row["error"]}
        assert set(bad) == {"bad.zip", "/nowhere/at all.html"}, verb
        assert all(row["report"] for row in found if not row["error"])
    errors = [row["path"] for row in rows(rapporteur.copies(reports)) if row["error"]]
    assert errors == ["bad.zip", "/nowhere/at all.html"]


def test_what_is_no_report_is_a_type_error():
    with pytest.raises(TypeError, match="pairs"):
        rapporteur.claims(7)
    with pytest.raises(TypeError, match="pairs"):
        rapporteur.claims([("name", "no bytes")])


def test_offsets_cut_the_exact_words():
    bodies = {row["report"]: row["body"] for row in rows(rapporteur.clean([("wire.txt", WIRE)]))}
    claims = rows(rapporteur.claims([("wire.txt", WIRE)]))
    assert claims
    for claim in claims:
        assert bodies[claim["report"]][claim["start"] : claim["end"]] == claim["exact"]
    assert any(claim["said_by"].startswith("defence ministry") for claim in claims)


def test_tables_become_data_frames(example):
    table = rapporteur.claims(example)
    assert len(table) == len(table.to_pandas()) == table.to_polars().height == table.to_pyarrow().num_rows
    assert table.to_polars().columns == table.column_names
    assert str(pa.schema(table).field("earliest").type) == "date32[day]"
    assert len(rapporteur.claims([])) == 0


def test_other_threads_run_meanwhile(example):
    count, stop = [0], threading.Event()

    def tick():
        while not stop.is_set():
            count[0] += 1
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    start = time.monotonic()
    rapporteur.claims([example] * 5, threads=1)
    spent = time.monotonic() - start
    stop.set()
    ticking.join()
    # Were the lock held, it would not have run at all.
    assert count[0] > spent * 50
