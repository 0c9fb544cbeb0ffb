"""The verbs on Apache Spark: an archive that outgrows one machine, with the results of one machine.

    from rapporteur import spark as rs

    readings = rs.readings(rs.files(session, "crawl/*.warc.gz"))
    readings.write.parquet("readings")                      # read once, keep
    readings = session.read.parquet("readings")
    rs.write_claims(rs.claims(readings), "claims")          # partitioned by month
    rs.copies(readings).write.parquet("copies")

Each function takes a DataFrame and gives one; nothing runs before the rows are asked for. Rows depend on the bytes
of the files alone: a task that runs again, elsewhere, gives the same rows, so a lost executor costs time only.
`json` of claims and copies is what `rapporteur claims` and `rapporteur copies` print for the same files, byte for
byte. docs/spark.md says how many machines help how much. Executors need this package and pyarrow.
"""

from __future__ import annotations

import pyarrow
from pyspark.sql import DataFrame, SparkSession, Window
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema
from pyspark.sql.types import LongType, StringType, StructField, StructType

from . import _rapporteur

__all__ = ["claims", "copies", "errors", "files", "readings", "write_claims"]

#: A feature leads to so many reports, the first that have it.
_FIRST = _rapporteur.FIRST

#: Rows that a task hands on at a time: readings are some tens of kilobytes each.
_ROWS = 64

_ORDER = [StructField("file", StringType()), StructField("number", LongType())]


def _schema(verb: str, more=()) -> StructType:
    return StructType([*from_arrow_schema(pyarrow.schema(_rapporteur.empty(verb))).fields, *more])


def _numbered(batch: pyarrow.RecordBatch, file: list, number: list) -> pyarrow.RecordBatch:
    """The batch with which file each row is of, and the how manieth in it."""
    arrays = [*batch.columns, pyarrow.array(file, pyarrow.string()), pyarrow.array(number, pyarrow.int64())]
    return pyarrow.RecordBatch.from_arrays(arrays, names=[*batch.schema.names, "file", "number"])


def _parts(table: pyarrow.Table):
    """The table's batches, small enough to be handed on."""
    return table.to_batches(max_chunksize=1024)


def files(session: SparkSession, paths) -> DataFrame:
    """Files as rows of `path` and `content`: web archives (WARC), pages, feeds, archives, all that the tool reads.

    `paths` is what Spark loads: a path, a pattern, a list of them. A file is read by one task; Spark puts several
    small ones together, as `spark.sql.files.maxPartitionBytes` says. Any other DataFrame with these columns will
    do for `readings`, such as a Parquet table of pages.
    """
    found = session.read.format("binaryFile").load(paths)
    # As the tool is given it.
    return found.select(F.regexp_replace("path", "^file:/+", "/").alias("path"), "content")


def readings(files: DataFrame) -> DataFrame:
    """All that is read from each report: the columns of `rapporteur.readings`, and `file` and `number` (its place in
    the file). What cannot be read is a row with its `error`. Keep it as Parquet: `claims` and `copies` are made of
    it, and `Record.add` takes it, whole or filtered, into a record.
    """

    def read(batches):
        for batch in batches:
            for path, content in zip(batch.column("path"), batch.column("content")):
                path, number = path.as_py(), 0
                rows = _rapporteur.stream("readings", [(path, content.as_py())], batch_rows=_ROWS)
                for part in pyarrow.RecordBatchReader.from_stream(rows):
                    numbers = list(range(number, number + part.num_rows))
                    number += part.num_rows
                    yield _numbered(part, [path] * part.num_rows, numbers)

    return files.select("path", "content").mapInArrow(read, _schema("readings", _ORDER))


def errors(readings: DataFrame) -> DataFrame:
    """What could not be read, and why: `path`, `error`."""
    return readings.where(F.col("error").isNotNull()).select("path", "error")


def claims(readings: DataFrame) -> DataFrame:
    """What is said in each report alone: the columns of `rapporteur.claims`, and `file`, `number` (the report's place
    in the file) and `at` (the claim's place in the report).
    """

    def say(batches):
        for batch in batches:
            columns = [batch.column(name).to_pylist() for name in ("path", "reading", "file", "number")]
            for start in range(0, batch.num_rows, _ROWS):
                path, reading, file, number = (column[start : start + _ROWS] for column in columns)
                said = pyarrow.table(_rapporteur.claims_of(list(zip(path, reading))))
                of = said.column("at").to_pylist()
                first: dict = {}
                at = [place - first.setdefault(which, place) for place, which in enumerate(of)]
                said = said.set_column(said.schema.get_field_index("at"), "at", pyarrow.array(at, pyarrow.int64()))
                said = said.append_column("file", pyarrow.array([file[which] for which in of], pyarrow.string()))
                said = said.append_column("number", pyarrow.array([number[which] for which in of], pyarrow.int64()))
                yield from _parts(said)

    wanted = readings.where(F.col("reading").isNotNull()).select("path", "reading", "file", "number")
    return wanted.mapInArrow(say, _schema("claims_of", _ORDER))


def write_claims(claims: DataFrame, path: str) -> None:
    """Writes claims as Parquet, a folder a month of publication: `month=2031-03`, `month=unknown`. The columns are those
    of `claims`; rows stand in the order of the files. What was at the path is replaced.
    """
    month = F.coalesce(F.date_format("published_earliest", "yyyy-MM"), F.lit("unknown"))
    by_month = claims.withColumn("month", month).repartition("month")
    by_month = by_month.sortWithinPartitions("month", "file", "number", "at")
    by_month.write.mode("overwrite").partitionBy("month").parquet(path)


def copies(readings: DataFrame) -> DataFrame:
    """Which reports copy one another: the columns of `rapporteur.copies`, in no order.

    Reports that share a feature (words in a row, pairs of neighbouring words, address or headline) meet; those
    that meet often enough are compared, by the same rules as on one machine: the pairs are the same. `readings`
    is looked at three times: keep it as Parquet first.
    """
    reports = readings.where(F.col("report").isNotNull())
    first = F.min_by(F.struct("path", "features"), F.struct("file", "number")).alias("one")
    once = reports.groupBy("report").agg(first).select("report", "one.path", "one.features")
    features = once.mapInArrow(_features, _schema("features"))
    pairs = candidates(features)
    # Of a report that was found twice the text is the same; the first path counts, as on one machine.
    texts = reports.select("report", "reading").mapInArrow(_texts, _TEXT).dropDuplicates(["report"])
    texts = texts.join(once.select("report", "path"), "report")
    one = texts.select(F.col("report").alias("a"), F.col("path").alias("path_a"), F.col("text").alias("text_a"))
    other = texts.select(F.col("report").alias("b"), F.col("path").alias("path_b"), F.col("text").alias("text_b"))
    both = pairs.join(one, "a").join(other, "b").select("path_a", "text_a", "path_b", "text_b")
    return both.mapInArrow(_compared, _schema("copies")).drop("path", "error")


def candidates(features: DataFrame) -> DataFrame:
    """The pairs worth comparing, `a` and `b`, from rows of `report`, `kept`, `pairs` and `features`."""
    rows = features.select("report", F.explode("features").alias("feature"))
    having = F.struct("report", F.col("feature").bitwiseAND(3).alias("kind"))
    groups = rows.groupBy(F.shiftright("feature", 2).alias("feature"))
    groups = groups.agg(F.sort_array(F.collect_list(having)).alias("all")).where(F.size("all") > 1)
    # The report at a rank meets those before it, but no more than the first.
    ranked = groups.select(F.slice("all", 1, _FIRST).alias("first"), F.posexplode("all").alias("rank", "one"))
    before = F.slice("first", F.lit(1), F.least("rank", F.lit(_FIRST)))
    met = ranked.where(F.col("rank") > 0).select(
        F.col("one.report").alias("a"),
        F.col("one.kind").alias("kind"),
        (F.col("rank") >= _FIRST).alias("common"),
        F.explode(before).alias("other"),
    )
    met = met.select("a", F.col("other.report").alias("b"), "kind", "common").where(F.col("a") != F.col("b"))

    def count(kind, common=None):
        is_it = F.col("kind") == kind
        if common is not None:
            is_it = is_it & (F.col("common") == common)
        return F.sum(F.when(is_it, 1).otherwise(0))

    counted = met.groupBy("a", "b").agg(
        count(0, False).alias("shingles"),
        count(0, True).alias("common"),
        count(1, False).alias("neighbours"),
        count(1, True).alias("many"),
        count(2).alias("versions"),
    )
    # Of those that meet by fewer pairs of words alone none is worth it: they are most.
    others = F.col("shingles") + F.col("common") + F.col("many") + F.col("versions")
    counted = counted.where((others > 0) | (F.col("neighbours") >= _rapporteur.NEIGHBOURS_OF_MANY))
    # Each feature that many have leads to as many as the first.
    of_many = F.sum("many").over(Window.partitionBy("a")) / _FIRST
    kept_a = features.select(F.col("report").alias("a"), F.col("kept").alias("kept_a"), F.col("pairs"))
    kept_b = features.select(F.col("report").alias("b"), F.col("kept").alias("kept_b"))
    counted = counted.withColumn("of_many", of_many).join(kept_a, "a").join(kept_b, "b")
    all_count = F.col("of_many") * 2 > F.col("pairs")
    neighbours = F.col("neighbours") + F.when(all_count, F.col("many")).otherwise(0)
    counted = counted.select(
        "a", "b", "kept_a", "kept_b", "shingles", "common", neighbours.alias("neighbours"), "versions"
    )
    return counted.mapInArrow(_candidates, _schema("candidates"))


_TEXT = StructType([StructField("report", StringType()), StructField("text", StringType())])


def _features(batches):
    for batch in batches:
        reports, features = (batch.column(name).to_pylist() for name in ("report", "features"))
        yield from _parts(pyarrow.table(_rapporteur.features(list(zip(reports, features)))))


def _texts(batches):
    for batch in batches:
        texts = [_rapporteur.report_of(reading) for reading in batch.column("reading").to_pylist()]
        yield pyarrow.RecordBatch.from_arrays(
            [batch.column("report"), pyarrow.array(texts, pyarrow.string())], names=["report", "text"]
        )


def _candidates(batches):
    for batch in batches:
        a, b, kept_a, kept_b, *met = (column.to_pylist() for column in batch.columns)
        meetings = list(zip(a, b, kept_a, kept_b, (list(one) for one in zip(*met))))
        yield from _parts(pyarrow.table(_rapporteur.candidates(meetings)))


def _compared(batches):
    for batch in batches:
        path_a, text_a, path_b, text_b = (column.to_pylist() for column in batch.columns)
        # A report that is in several pairs is handed on once.
        places: dict = {}
        place = lambda one: places.setdefault(one, len(places))
        pairs = [(place(a), place(b)) for a, b in zip(zip(path_a, text_a), zip(path_b, text_b))]
        yield from _parts(pyarrow.table(_rapporteur.compared(list(places), pairs)))
