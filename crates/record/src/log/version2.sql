-- The tables of a record of version 2, as the program made them then: a test reads such a record. Version 1 had all of
-- them but the last three.

CREATE TABLE report (
    id TEXT NOT NULL PRIMARY KEY,
    recorded TEXT NOT NULL,
    json TEXT NOT NULL,
    publisher TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.publisher')) VIRTUAL,
    title TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.title')) VIRTUAL,
    url TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.url')) VIRTUAL,
    published TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.when.earliest')) VIRTUAL,
    published_latest TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.when.latest')) VIRTUAL,
    published_how TEXT GENERATED ALWAYS AS (json_extract(json, '$.masthead.published.how')) VIRTUAL,
    body TEXT GENERATED ALWAYS AS (json_extract(json, '$.body')) VIRTUAL
) STRICT;
CREATE INDEX report_by_published ON report (published);
CREATE TABLE sighting (
    report TEXT NOT NULL REFERENCES report (id),
    path TEXT NOT NULL,
    recorded TEXT NOT NULL,
    PRIMARY KEY (report, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE mention (
    report TEXT NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL,
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
CREATE INDEX mention_by_name ON mention (name);
CREATE TABLE time (
    report TEXT NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    expression TEXT GENERATED ALWAYS AS (json_extract(json, '$.expression')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.span.end')) VIRTUAL,
    PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure (
    report TEXT NOT NULL REFERENCES report (id),
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
CREATE TABLE claim (
    id TEXT NOT NULL PRIMARY KEY,
    report TEXT NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL,
    json TEXT NOT NULL,
    exact TEXT GENERATED ALWAYS AS (json_extract(json, '$.evidence.exact')) VIRTUAL,
    start INTEGER GENERATED ALWAYS AS (json_extract(json, '$.evidence.span.start')) VIRTUAL,
    "end" INTEGER GENERATED ALWAYS AS (json_extract(json, '$.evidence.span.end')) VIRTUAL,
    source TEXT GENERATED ALWAYS AS (json_extract(json, '$.what.attribution.sources[0].mention.name')) VIRTUAL,
    about TEXT GENERATED ALWAYS AS (coalesce(
        json_extract(json, '$.what.subject.ground'),
        json_extract(json, '$.what.subject.talks.aspect'),
        json_extract(json, '$.what.subject'))) VIRTUAL,
    event TEXT GENERATED ALWAYS AS (json_extract(json, '$.what.event')) VIRTUAL
) STRICT;
CREATE INDEX claim_by_report ON claim (report, number);
CREATE INDEX claim_by_source ON claim (source);
CREATE TABLE derivation (
    id TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL,
    earlier TEXT NOT NULL REFERENCES report (id),
    later TEXT NOT NULL REFERENCES report (id),
    kind TEXT GENERATED ALWAYS AS (json_extract(json, '$.kind')) VIRTUAL,
    share REAL GENERATED ALWAYS AS (json_extract(json, '$.share')) VIRTUAL,
    why TEXT GENERATED ALWAYS AS (json_extract(json, '$.why')) VIRTUAL
) STRICT;
CREATE INDEX derivation_by_later ON derivation (later);
CREATE TABLE judgement (
    id TEXT NOT NULL PRIMARY KEY,
    json TEXT NOT NULL,
    verdict TEXT GENERATED ALWAYS AS (json_extract(json, '$.verdict')) VIRTUAL,
    author TEXT GENERATED ALWAYS AS (json_extract(json, '$.author')) VIRTUAL,
    reason TEXT GENERATED ALWAYS AS (json_extract(json, '$.reason')) VIRTUAL,
    at TEXT GENERATED ALWAYS AS (json_extract(json, '$.at')) VIRTUAL,
    undoes TEXT GENERATED ALWAYS AS (json_extract(json, '$.undoes')) VIRTUAL
) STRICT;
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

-- INDEX

CREATE TABLE searched (
    number INTEGER NOT NULL PRIMARY KEY,
    report TEXT NOT NULL UNIQUE REFERENCES report (id)
) STRICT;
CREATE VIEW searchable AS
    SELECT searched.number AS number, report.title AS title, report.body AS body
    FROM searched JOIN report ON report.id = searched.report;
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = 'searchable', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE computed_trace (
    report TEXT NOT NULL PRIMARY KEY REFERENCES report (id),
    version INTEGER NOT NULL,
    features BLOB NOT NULL
) STRICT;
