-- The tables of a record's log; search.sql has what is computed from it, older.sql how the log of an older version
-- enters them.
--
-- Every row keeps its noun whole, as JSON, in the column `json`; what the program reads back is
-- that. The columns marked "generated" are computed from it by SQLite, so that they cannot say
-- anything else; they are there for a person with the sqlite3 shell. Offsets (`start`, `end`) are
-- bytes of the report's body, end exclusive.
--
-- What is of a report names it by its number, and stands at the end of each table when it is new: adding to a
-- large record writes few pages. There are no indexes that the program does not need, for the same reason; who
-- often looks up names, sources or days in a large record can add one to a copy.

-- One published version of one article.
CREATE TABLE report (
    number INTEGER NOT NULL PRIMARY KEY, -- in the order in which they came
    id TEXT NOT NULL UNIQUE,       -- hash of masthead and body
    recorded TEXT NOT NULL,        -- when it entered the record, RFC 3339; nothing is computed from it
    json TEXT NOT NULL,
    publisher TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.publisher')) VIRTUAL,
    title TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.title')) VIRTUAL,
    url TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.url')) VIRTUAL,
    published TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.when.earliest')) VIRTUAL,
    published_latest TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.when.latest')) VIRTUAL,
    published_how TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.how')) VIRTUAL,
    body TEXT GENERATED ALWAYS AS (json_extract(json, '$.body')) VIRTUAL
) STRICT;

-- Where a report was found.
CREATE TABLE sighting (
    report INTEGER NOT NULL REFERENCES report (number),
    path TEXT NOT NULL,            -- as given when it was read
    recorded TEXT NOT NULL,        -- when it was found there, RFC 3339
    PRIMARY KEY (report, path)
) STRICT, WITHOUT ROWID;

-- Words that name or describe something, in order of the text.
CREATE TABLE mention (
    report INTEGER NOT NULL REFERENCES report (number),
    number INTEGER NOT NULL,       -- 0 for the first of the report
    json TEXT NOT NULL,
    name TEXT GENERATED ALWAYS AS (json_extract(json, '$.name')) VIRTUAL,
    kind TEXT GENERATED ALWAYS AS (json_extract(json, '$.kind')) VIRTUAL,
    title TEXT GENERATED ALWAYS AS (json_extract(json, '$.title')) VIRTUAL,
    role TEXT GENERATED ALWAYS AS (json_extract(json, '$.role.role')) VIRTUAL,
    stands_for TEXT GENERATED ALWAYS AS (json_extract(json, '$.stands_for')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.end')) VIRTUAL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

-- Expressions of time, in order of the text.
CREATE TABLE time (
    report INTEGER NOT NULL REFERENCES report (number),
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    expression TEXT GENERATED ALWAYS AS (json_extract(json, '$.expression')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.end')) VIRTUAL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

-- Numbers with what they count, in order of the text.
CREATE TABLE figure (
    report INTEGER NOT NULL REFERENCES report (number),
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    low REAL GENERATED ALWAYS AS (json_extract(json, '$.low')) VIRTUAL,
    high REAL GENERATED ALWAYS AS (json_extract(json, '$.high')) VIRTUAL,
    comparator TEXT GENERATED ALWAYS AS (json_extract(json, '$.comparator')) VIRTUAL,
    unit TEXT GENERATED ALWAYS AS (json_extract(json, '$.unit')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.end')) VIRTUAL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

-- What one source says, in one report, about one thing.
CREATE TABLE claim (
    report INTEGER NOT NULL REFERENCES report (number),
    number INTEGER NOT NULL,       -- 0 for the first of the report
    json TEXT NOT NULL,
    -- hash of the evidence and all that it says
    id TEXT GENERATED ALWAYS AS (json_extract(json, '$.id')) VIRTUAL,
    exact TEXT GENERATED ALWAYS AS (json_extract(json, '$.evidence.exact')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.evidence.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.evidence.span.end')) VIRTUAL,
    source TEXT GENERATED ALWAYS AS (json_extract(json, '$.what.attribution.sources[0].mention.name')) VIRTUAL,
    -- statement, count, an action on ground (taken …) or an aspect of talks (round …)
    about TEXT GENERATED ALWAYS AS (coalesce(
        json_extract(json, '$.what.subject.ground'),
        json_extract(json, '$.what.subject.talks.aspect'),
        json_extract(json, '$.what.subject'))) VIRTUAL,
    event TEXT GENERATED ALWAYS AS (json_extract(json, '$.what.event')) VIRTUAL,
    UNIQUE (report, number)
) STRICT;

-- How one report came from another.
CREATE TABLE derivation (
    id TEXT NOT NULL PRIMARY KEY,  -- hash of the JSON
    json TEXT NOT NULL,
    earlier INTEGER NOT NULL REFERENCES report (number),
    later INTEGER NOT NULL REFERENCES report (number),
    kind TEXT GENERATED ALWAYS AS (json_extract(json, '$.kind')) VIRTUAL,
    share REAL GENERATED ALWAYS AS (json_extract(json, '$.share')) VIRTUAL, -- of the later report
    why TEXT GENERATED ALWAYS AS (json_extract(json, '$.why')) VIRTUAL
) STRICT;

-- Whether two names or claims are the same, by whom and why; and what takes such a word back.
CREATE TABLE judgement (
    id TEXT NOT NULL PRIMARY KEY,  -- hash of the rest
    json TEXT NOT NULL,
    verdict TEXT GENERATED ALWAYS AS (json_extract(json, '$.verdict')) VIRTUAL,
    author TEXT GENERATED ALWAYS AS (json_extract(json, '$.author')) VIRTUAL,
    reason TEXT GENERATED ALWAYS AS (json_extract(json, '$.reason')) VIRTUAL,
    at TEXT GENERATED ALWAYS AS (json_extract(json, '$.at')) VIRTUAL,
    undoes TEXT GENERATED ALWAYS AS (json_extract(json, '$.undoes')) VIRTUAL
) STRICT;

-- The log only grows: a correction is an entry.
CREATE TRIGGER report_stays BEFORE UPDATE ON report BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER report_is_kept BEFORE DELETE ON report BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER sighting_stays BEFORE UPDATE ON sighting BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER sighting_is_kept BEFORE DELETE ON sighting BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER mention_stays BEFORE UPDATE ON mention BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER mention_is_kept BEFORE DELETE ON mention BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER time_stays BEFORE UPDATE ON time BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER time_is_kept BEFORE DELETE ON time BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER figure_stays BEFORE UPDATE ON figure BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER figure_is_kept BEFORE DELETE ON figure BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER claim_stays BEFORE UPDATE ON claim BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER claim_is_kept BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER derivation_stays BEFORE UPDATE ON derivation BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER derivation_is_kept BEFORE DELETE ON derivation BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER judgement_stays BEFORE UPDATE ON judgement BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
CREATE TRIGGER judgement_is_kept BEFORE DELETE ON judgement BEGIN SELECT RAISE(ABORT, 'the log only grows'); END;
