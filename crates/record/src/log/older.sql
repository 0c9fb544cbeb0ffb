-- What was in a log of version 1 or 2 goes into the tables of this one. There, what is of a report named it by its id,
-- and stood in order of these; claims had their id beside their JSON; and there were more indexes. Where LOG stands,
-- the tables of this version are made; where MOVED stands, no row may be missing. What is computed is made again.

-- Dropping the tables takes their indexes and triggers with them. Without triggers, they can be renamed.
DROP TRIGGER report_stays; DROP TRIGGER report_is_kept;
DROP TRIGGER sighting_stays; DROP TRIGGER sighting_is_kept;
DROP TRIGGER mention_stays; DROP TRIGGER mention_is_kept;
DROP TRIGGER time_stays; DROP TRIGGER time_is_kept;
DROP TRIGGER figure_stays; DROP TRIGGER figure_is_kept;
DROP TRIGGER claim_stays; DROP TRIGGER claim_is_kept;
DROP TRIGGER derivation_stays; DROP TRIGGER derivation_is_kept;
DROP TRIGGER judgement_stays; DROP TRIGGER judgement_is_kept;
DROP TABLE IF EXISTS search;
DROP VIEW IF EXISTS searchable;
DROP TABLE IF EXISTS searched;

ALTER TABLE sighting RENAME TO old_sighting;
ALTER TABLE mention RENAME TO old_mention;
ALTER TABLE time RENAME TO old_time;
ALTER TABLE figure RENAME TO old_figure;
ALTER TABLE claim RENAME TO old_claim;
ALTER TABLE derivation RENAME TO old_derivation;
ALTER TABLE judgement RENAME TO old_judgement;
ALTER TABLE report RENAME TO old_report;

-- LOG

INSERT INTO report (number, id, recorded, json) SELECT rowid, id, recorded, json FROM old_report ORDER BY rowid;
INSERT INTO sighting (report, path, recorded)
    SELECT report.number, path, old_sighting.recorded FROM old_sighting JOIN report ON report.id = old_sighting.report
    ORDER BY 1, 2;
INSERT INTO mention (report, number, json)
    SELECT report.number, old_mention.number, old_mention.json FROM report CROSS JOIN old_mention ON old_mention.report = report.id
    ORDER BY report.number;
INSERT INTO time (report, number, json)
    SELECT report.number, old_time.number, old_time.json FROM report CROSS JOIN old_time ON old_time.report = report.id
    ORDER BY report.number;
INSERT INTO figure (report, number, json)
    SELECT report.number, old_figure.number, old_figure.json FROM report CROSS JOIN old_figure ON old_figure.report = report.id
    ORDER BY report.number;
INSERT INTO claim (report, number, json)
    SELECT report.number, old_claim.number, old_claim.json FROM report CROSS JOIN old_claim ON old_claim.report = report.id
    ORDER BY report.number, old_claim.number;
INSERT INTO derivation (id, json, earlier, later)
    SELECT old_derivation.id, old_derivation.json, one.number, other.number FROM old_derivation
    JOIN report AS one ON one.id = old_derivation.earlier JOIN report AS other ON other.id = old_derivation.later
    ORDER BY old_derivation.rowid;
INSERT INTO judgement (id, json) SELECT id, json FROM old_judgement ORDER BY rowid;

-- MOVED

DROP TABLE old_sighting;
DROP TABLE old_mention;
DROP TABLE old_time;
DROP TABLE old_figure;
DROP TABLE old_claim;
DROP TABLE old_derivation;
DROP TABLE old_judgement;
DROP TABLE old_report;
