-- With which rights an export was asked for, and under which row rule its file was made.
ALTER TABLE exporthub.export
    -- An administrator's program whose token is no administrator's must not get more in the background than it could ask for.
    ADD COLUMN as_administrator boolean NOT NULL DEFAULT false,
    -- The text of the row filter and what was known of the person. NULL before there is a file, and in files from before rights.
    ADD COLUMN scope            jsonb;
