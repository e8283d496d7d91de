-- What such an export usually took when it was asked for: each poll may want to know it.
ALTER TABLE exporthub.export
    ADD COLUMN usual_seconds float8;

-- The last exports of a lane, and of a dataset in one format, are looked at for telling how long the next will take. Only columns that a running export leaves
-- as they are, so that its progress is written without touching an index.
CREATE INDEX export_pace ON exporthub.export (lane, finished_at DESC) WHERE status IN ('completed', 'expired');
CREATE INDEX export_usual ON exporthub.export (dataset, format, id DESC) WHERE status IN ('completed', 'expired');
