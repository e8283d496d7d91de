-- What proves a file whole, kept for as long as the record is.
ALTER TABLE exporthub.export
    -- The rows that the criteria select without their limit: counted, unless not_counted says why not. NULL in exports from before receipts.
    ADD COLUMN selected_rows bigint,
    ADD COLUMN not_counted   text,
    -- What only the attempt that wrote the file could know: settled options, remarks by kind and column, parts, versions.
    ADD COLUMN receipt       jsonb,

    ADD CONSTRAINT export_not_counted_known CHECK (not_counted IN ('tooMany', 'tooSlow', 'failed')),
    ADD CONSTRAINT export_file_holds_only_what_was_selected CHECK (status <> 'completed' OR rows <= selected_rows);

-- For whoever has a file or its hash and asks what it is.
CREATE INDEX export_by_sha256 ON exporthub.export (sha256, id DESC) WHERE sha256 IS NOT NULL;
CREATE INDEX export_by_file_name ON exporthub.export (file_name, id DESC) WHERE file_name IS NOT NULL;
CREATE INDEX export_by_part ON exporthub.export USING gin ((receipt -> 'parts') jsonb_path_ops);
