-- What is computed from the log, so that words can be looked up. Drop it, and it is made again when the record is
-- next opened to be written to, or searched. It knows a report by its number.

-- SELECT id FROM search JOIN report ON number = search.rowid WHERE search MATCH 'ceasefire';
CREATE VIRTUAL TABLE search USING fts5 (
    title, body, content = 'report', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
