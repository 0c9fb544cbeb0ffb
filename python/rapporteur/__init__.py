"""Who said what, in which report and in which words: news reports about a conflict as tables.

Each verb takes reports (a path, a list of paths, or a list of pairs of a name and bytes) and gives a `Table`,
which pyarrow, pandas, Polars and DuckDB take without a copy:

    import rapporteur
    rapporteur.claims("reports/").to_pandas()

What cannot be read is a row with its `error`, never an exception. Days are those that the words leave open,
from `…earliest` to `…latest`; what nobody said is null. `start` and `end` are Unicode code points of the
report's `body`. No configuration file is read: the parties and time zones of a `rapporteur.toml` hold for the
command line.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import dataclass

from . import _rapporteur
from ._rapporteur import FEATURES_VERSION, Stream, Table, claims, clean, copies, parse, readings

__all__ = [
    "Counts",
    "FEATURES_VERSION",
    "Record",
    "Stream",
    "Table",
    "claims",
    "clean",
    "copies",
    "parse",
    "read",
    "readings",
]


@dataclass(frozen=True)
class Counts:
    """How much came into a record."""

    new: int
    """Reports that were not there."""
    known: int
    """Reports that were there already."""
    claims: int
    """Claims of the new ones."""
    derivations: int
    """Pairs of reports that copy one another and were not there."""
    errors: Table
    """What did not come in: `path` and `error`."""


def read(reports, record, manifest=None, threads=None) -> Counts:
    """Reads reports into a record, which is made if it is not there, as `rapporteur read` does.

    `manifest` is a CSV file or JSON lines with `path` (or `doc`) and any of `publisher`, `published`, `url`,
    `title`. Reading the same reports again changes nothing. Raises OSError where the record cannot be written to.
    """
    return Counts(*_rapporteur.read(reports, record, manifest, threads))


def _rows(rows, names):
    """The named columns of any table, as lists of rows, some at a time."""
    import pyarrow

    if isinstance(rows, (str, os.PathLike)):
        import pyarrow.dataset

        rows = pyarrow.dataset.dataset(rows, format="parquet").scanner(columns=names, batch_size=1024)
    if hasattr(rows, "read_next_batch"):
        batches = rows
    elif hasattr(rows, "to_batches"):
        batches = rows.to_batches()
    else:
        batches = pyarrow.RecordBatchReader.from_stream(rows)
    for batch in batches:
        yield batch.select(names).to_pylist()


class Record(_rapporteur.Record):
    """A record: one file, which `read`, `rapporteur read` or `add` make.

    Each view is a `Table`; `place`, `actor` and `as_of` (a day, such as "2031-03-01") narrow it, as they do for
    `rapporteur show`. Each call looks at the file anew. OSError: it is not there, or is no record.
    """

    def add(self, rows, *, place=None, person=None, since=None, until=None) -> Counts:
        """Takes rows of `readings` into the record without reading the texts again, and makes it if it is not there.

        `rows` is any table with the columns `path` and `reading`: a `Table`, a pyarrow table, dataset scanner or
        stream of batches, whole or filtered; or the path of Parquet, a file or a folder, which is taken a part
        after the other. Rows without a reading are passed over. Every slice and id is checked; a row that does not
        hold is told in `errors`, and the others are kept. Needs pyarrow.

        Only those that name a place or a person (as printed, whatever the capitals), and that were published from
        the day `since` to the day `until` (such as "2031-03-01"); reports of which the day is not known are left out
        where one is asked for.
        """
        first, last = (None if day is None else datetime.date.fromisoformat(str(day)) for day in (since, until))
        named = {column: name.casefold() for column, name in (("places", place), ("people", person)) if name is not None}
        days = ["published_earliest", "published_latest"] if first or last else []

        def wanted(row):
            if any(name not in map(str.casefold, row[column] or ()) for column, name in named.items()):
                return False
            if not days:
                return True
            earliest, latest = row["published_earliest"], row["published_latest"]
            if earliest is None or latest is None:
                return False
            return not (first and latest < first) and not (last and earliest > last)

        columns = ["path", "reading", *named, *days]
        parts = (
            [(row["path"], row["reading"]) for row in part if row["reading"] is not None and wanted(row)]
            for part in _rows(rows, columns)
        )
        return Counts(*self._add(parts))

    def __repr__(self) -> str:
        return f"rapporteur.Record({str(self.path)!r})"
