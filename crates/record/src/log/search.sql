-- What is computed from the log, so that words can be looked up. Drop it, and it is made again when the record is
-- next opened to be written to, or searched.

-- The reports that can be looked up, each with the number that the index knows it by.
CREATE TABLE searched (
    number INTEGER NOT NULL PRIMARY KEY,
    report TEXT NOT NULL UNIQUE REFERENCES report (id)
) STRICT;
CREATE VIEW searchable AS
    SELECT searched.number AS number, report.title AS title, report.body AS body
    FROM searched JOIN report ON report.id = searched.report;
-- SELECT report FROM search JOIN searched ON number = search.rowid WHERE search MATCH 'ceasefire';
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = 'searchable', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
