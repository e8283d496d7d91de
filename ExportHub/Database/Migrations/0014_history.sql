-- What the bar has shown in this attempt, so that it never falls when the expected total grows.
ALTER TABLE exporthub.export
    ADD COLUMN percent smallint NOT NULL DEFAULT 0 CHECK (percent BETWEEN 0 AND 100);

-- The history of one person, of one status, and of files whose name begins so, each newest first. An Export ID sorts by time, so that days are a range of it.
CREATE INDEX export_by_person ON exporthub.export (requested_by, id DESC);
CREATE INDEX export_by_status ON exporthub.export (status, id DESC);
CREATE INDEX export_by_name_start ON exporthub.export (lower(file_name) text_pattern_ops);
