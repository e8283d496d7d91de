-- What failed lately, by code, for the operations page.
CREATE INDEX export_failed ON exporthub.export (finished_at DESC) INCLUDE (error_code) WHERE status = 'failed';
