"""rapporteur.spark in one process; `cluster.py` beside it is the test on a cluster. Runs where pyspark is installed."""

import os
import sys

import pyarrow as pa
import pytest
from conftest import ROOT

pytest.importorskip("pyspark")

import rapporteur
from pyspark.sql import SparkSession
from rapporteur import spark as rs


@pytest.fixture(scope="module")
def session():
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def readings(session, tmp_path_factory):
    path = str(tmp_path_factory.mktemp("kept") / "readings")
    rs.readings(rs.files(session, str(ROOT / "examples" / "doha-2021" / "*"))).write.parquet(path)
    return session.read.parquet(path)


def lines(frame):
    return [row.json for row in frame.select("json").collect() if row.json is not None]


def test_claims_and_copies_are_those_of_one_machine(session, readings, example, tmp_path):
    rs.write_claims(rs.claims(readings), str(tmp_path / "claims"))
    written = session.read.parquet(str(tmp_path / "claims"))
    assert "month" in written.columns
    said = lines(written.orderBy("file", "number", "at"))
    assert said == [line for line in pa.table(rapporteur.claims(example)).column("json").to_pylist() if line]
    copied = lines(rs.copies(readings).orderBy("from", "to"))
    assert copied == [line for line in pa.table(rapporteur.copies(example)).column("json").to_pylist() if line]


def test_kept_readings_go_into_a_record(readings, tmp_path):
    some = readings.where("array_contains(places, 'Doha')")
    counts = rapporteur.Record(tmp_path / "a.record").add(some.toArrow())
    assert counts.new == some.count() > 0 and len(counts.errors) == 0


def test_what_cannot_be_read_is_a_row(session):
    files = session.createDataFrame([("bad.zip", bytearray(b"PK\x03\x04 broken"))], ["path", "content"])
    errors = rs.errors(rs.readings(files)).collect()
    assert [row.path for row in errors] == ["bad.zip"] and errors[0].error


def test_a_feature_of_very_many_leads_to_the_first(session):
    # More than a feature leads to, all with one phrase, each with words of its own.
    phrase = "The army took the bridge at Velka on Friday and mined the road to the harbour of Sarnow behind it."
    own = "Observer %d counted %d barges, %d carts and %d mules at the ford of Lenn."
    pages = [("p%d.txt" % n, (phrase + "\n\n" + own % (n, n * 7, n * 3, n)).encode()) for n in range(330)]
    readings = rs.readings(session.createDataFrame(pages, "path string, content binary")).cache()
    wanted = [line for line in pa.table(rapporteur.copies(pages)).column("json").to_pylist() if line]
    assert wanted
    # However it is cut into blocks.
    for block in (65536, 100):
        assert lines(rs.copies(readings, block).orderBy("from", "to")) == wanted
