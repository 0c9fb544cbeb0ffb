-- What is computed from the log, kept so that it need not be computed for every look at it. Nothing here is the
-- record's own: drop these tables, and they are made again. They hold only while `computed` says of which log they are,
-- and by which program; they are filled in steps, and `computed` has its rows at the end of the last.

-- `log`: how many rows of the log they were computed from; `program`: by which; `background`: what the user
-- gave beside it, hashed; `filling`: who is at it.
CREATE TABLE computed (what TEXT NOT NULL PRIMARY KEY, is_so TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Reports, each once, however often it was read: from which day they speak, whom their names mean (by the number of
-- the entity), and of each claim when it is of and where it comes from.
CREATE TABLE computed_report (id TEXT NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
-- Persons, organisations and places.
CREATE TABLE computed_entity (number INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL,
    id TEXT GENERATED ALWAYS AS (json_extract(json, '$.id')) VIRTUAL,
    name TEXT GENERATED ALWAYS AS (json_extract(json, '$.names[0]')) VIRTUAL
) STRICT;
CREATE INDEX computed_entity_by_id ON computed_entity (id);
-- Questions with their accounts; `rank` orders them as they are shown: contradicted, different, agreed; null: copies.
-- `said_in`: the ids of the reports that their claims are in.
CREATE TABLE computed_question (number INTEGER NOT NULL PRIMARY KEY, rank INTEGER, said_in TEXT NOT NULL, json TEXT NOT NULL,
    topic TEXT GENERATED ALWAYS AS (json_extract(json, '$.question.topic')) VIRTUAL,
    words TEXT GENERATED ALWAYS AS (json_extract(json, '$.question.words')) VIRTUAL,
    standing TEXT GENERATED ALWAYS AS (json_extract(json, '$.standing')) VIRTUAL
) STRICT;
CREATE INDEX computed_question_by_rank ON computed_question (rank, number);
-- Places with who is said to hold them over time, in which reports.
CREATE TABLE computed_place (number INTEGER NOT NULL PRIMARY KEY, said_in TEXT NOT NULL, json TEXT NOT NULL,
    place TEXT GENERATED ALWAYS AS (json_extract(json, '$.place')) VIRTUAL,
    name TEXT GENERATED ALWAYS AS (json_extract(json, '$.name')) VIRTUAL
) STRICT;
-- Counts, talks, derivations (one a pair), judgements that stand.
CREATE TABLE computed_ledger (number INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE computed_talks (number INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE computed_derivation (number INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
CREATE TABLE computed_judgement (number INTEGER NOT NULL PRIMARY KEY, json TEXT NOT NULL) STRICT;
