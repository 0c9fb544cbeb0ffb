"""The verbs on Apache Spark: an archive that outgrows one machine, with the results of one machine.

    from rapporteur import spark as rs

    readings = rs.readings(rs.files(session, "crawl/*.warc.gz"))
    readings.write.parquet("readings")                      # read once, keep
    readings = session.read.parquet("readings")
    rs.write_claims(rs.claims(readings), "claims")          # partitioned by month
    rs.copies(readings).write.parquet("copies")

Each function takes a DataFrame and gives one; nothing runs before the rows are asked for, but that `copies` looks
at all reports once when it is called. Rows depend on the bytes of the files alone: a task that runs again, elsewhere, gives the same rows, so a lost executor costs time only.
`json` of claims and copies is what `rapporteur claims` and `rapporteur copies` print for the same files, byte for
byte. docs/spark.md says how many machines help how much. Executors need this package, pyarrow and pandas.
"""

from __future__ import annotations

import math

import pyarrow
from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
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


def copies(readings: DataFrame, block: int = 65536) -> DataFrame:
    """Which reports copy one another: the columns of `rapporteur.copies`, in no order; the pairs are those that one
    machine finds. `readings` is looked at several times, a first time when this is called: keep it as Parquet first.

    Reports are cut into blocks of some `block` by their ids, and a task finds the pairs worth comparing of two
    blocks: with blocks of 50,000 reports of 88 words it took .6 GB. The pairs are kept until the session ends.
    """
    reports = readings.where(F.col("report").isNotNull())
    features = reports.select("report", "features").dropDuplicates(["report"])
    # Used twice; what an executor lost of it is made again.
    pairs = candidates(features, block).persist(StorageLevel.MEMORY_AND_DISK)
    ids = pairs.select(F.explode(F.array("a", "b")).alias("report")).distinct()
    texts = reports.select("report", "path", "file", "number", "reading").join(ids, "report", "left_semi")
    texts = texts.mapInArrow(_texts, _TEXT)
    # Of a report that was found twice the first path counts, as on one machine.
    first = F.min_by(F.struct("path", "text"), F.struct("file", "number")).alias("one")
    texts = texts.groupBy("report").agg(first).select("report", "one.path", "one.text")
    one = texts.select(F.col("report").alias("a"), F.col("path").alias("path_a"), F.col("text").alias("text_a"))
    other = texts.select(F.col("report").alias("b"), F.col("path").alias("path_b"), F.col("text").alias("text_b"))
    both = pairs.join(one, "a").join(other, "b").select("path_a", "text_a", "path_b", "text_b")
    return both.mapInArrow(_compared, _schema("copies")).drop("path", "error")


def candidates(features: DataFrame, block: int = 65536) -> DataFrame:
    """The pairs worth comparing, `a` and `b`, from rows of `report` and `features`, each report once."""
    last = _last_of_first(features)
    context = features.sparkSession.sparkContext
    last = context.broadcast([(row.feature, row.last) for row in last.collect()])
    # So many blocks that each is small enough, and that there are as many pairs of them as cores; but fewer than a
    # thousand reports are not worth a task.
    count, cores = features.count(), context.defaultParallelism
    blocks = max(math.ceil(count / block), min(math.ceil(math.sqrt(2 * cores)), math.ceil(count / 1024)), 1)
    # Ids are hashes in hexadecimal digits: blocks in their order are as good as equal.
    own = F.floor(F.conv(F.substring("report", 1, 8), 16, 10).cast("long") * blocks / (1 << 32)).cast("int")
    sent = features.withColumn("block", own).withColumn("other", F.explode(F.sequence(F.lit(0), F.lit(blocks - 1))))
    earlier, later = F.least("block", "other").alias("earlier"), F.greatest("block", "other").alias("later")
    sent = sent.select("report", "features", "block", earlier, later)

    def find(table):
        block, earlier, later = (table.column(name).to_pylist() for name in ("block", "earlier", "later"))
        rows = list(zip(table.column("report").to_pylist(), table.column("features").to_pylist()))
        one = [row for row, of in zip(rows, block) if of == earlier[0]]
        other = None if earlier[0] == later[0] else [row for row, of in zip(rows, block) if of == later[0]]
        return pyarrow.table(_rapporteur.candidates(one, other, last.value))

    return sent.groupBy("earlier", "later").applyInArrow(find, _schema("candidates"))


def _last_of_first(features: DataFrame) -> DataFrame:
    """Of each `feature` that more reports have than it leads to, the `last` of the first, by id."""
    rows = features.mapInArrow(_features, _schema("features"))
    rows = rows.select("report", F.explode("features").alias("feature"))
    many = rows.groupBy("feature").count().where(F.col("count") > _FIRST).select("feature")
    rows = rows.join(F.broadcast(many), "feature")
    # The first of each of 64 parts, then of these: no list is as long as a feature has reports.
    some = rows.groupBy("feature", F.pmod(F.xxhash64("report"), F.lit(64)).alias("part"))
    some = some.agg(F.slice(F.sort_array(F.collect_list("report")), 1, _FIRST).alias("first"))
    first = F.sort_array(F.flatten(F.collect_list("first")))
    return some.groupBy("feature").agg(F.element_at(first, _FIRST).alias("last"))


_TEXT = StructType([StructField(name, StringType()) for name in ("report", "path", "text")] + _ORDER)


def _features(batches):
    for batch in batches:
        reports, features = (batch.column(name).to_pylist() for name in ("report", "features"))
        yield from _parts(pyarrow.table(_rapporteur.features(list(zip(reports, features)))))


def _texts(batches):
    for batch in batches:
        texts = [_rapporteur.report_of(reading) for reading in batch.column("reading").to_pylist()]
        columns = [batch.column(name) for name in ("report", "path", "file", "number")]
        columns.insert(2, pyarrow.array(texts, pyarrow.string()))
        yield pyarrow.RecordBatch.from_arrays(columns, names=["report", "path", "text", "file", "number"])


def _compared(batches):
    for batch in batches:
        path_a, text_a, path_b, text_b = (column.to_pylist() for column in batch.columns)
        # A report that is in several pairs is handed on once.
        places: dict = {}
        place = lambda one: places.setdefault(one, len(places))
        pairs = [(place(a), place(b)) for a, b in zip(zip(path_a, text_a), zip(path_b, text_b))]
        yield from _parts(pyarrow.table(_rapporteur.compared(list(places), pairs)))
