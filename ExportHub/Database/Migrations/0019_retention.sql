-- A file that somebody keeps past its time, and one that somebody deletes before it.
ALTER TABLE exporthub.export
    ADD COLUMN kept_at    timestamptz,
    ADD COLUMN kept_by    text,
    -- From here on nobody gets the file; its object goes as that of an expired one, and its row after that.
    ADD COLUMN deleted_at timestamptz,

    ADD CONSTRAINT export_keeper_is_named CHECK ((kept_at IS NULL) = (kept_by IS NULL)),
    ADD CONSTRAINT export_kept_has_file CHECK (kept_at IS NULL OR status = 'completed' AND deleted_at IS NULL),
    ADD CONSTRAINT export_deleted_was_published CHECK (deleted_at IS NULL OR status IN ('completed', 'expired'));

-- Kept files, of one person or of all.
CREATE INDEX export_pinned ON exporthub.export (requested_by) INCLUDE (bytes) WHERE kept_at IS NOT NULL;

-- Of those that are kept, none expires. With the bytes, for what the next day sets free.
DROP INDEX exporthub.export_expiring;
CREATE INDEX export_expiring ON exporthub.export (expires_at) INCLUDE (bytes) WHERE status = 'completed' AND kept_at IS NULL;

CREATE FUNCTION exporthub.note_file() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    details constant jsonb := jsonb_build_object('file', new.file_name, 'bytes', new.bytes, 'sha256', new.sha256);
BEGIN
    IF new.deleted_at IS NOT NULL AND old.deleted_at IS NULL THEN
        PERFORM exporthub.note(exporthub.actor(), 'delete_file', new.requested_by, details, new.id, new.dataset);
    ELSIF new.kept_at IS NOT NULL AND old.kept_at IS NULL THEN
        PERFORM exporthub.note(exporthub.actor(), 'keep', new.requested_by, details, new.id, new.dataset);
    ELSIF new.kept_at IS NULL AND old.kept_at IS NOT NULL THEN
        PERFORM exporthub.note(exporthub.actor(), 'unkeep', new.requested_by, details || jsonb_build_object('until', new.expires_at), new.id, new.dataset);
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted_file AFTER UPDATE OF kept_at, deleted_at ON exporthub.export
FOR EACH ROW EXECUTE FUNCTION exporthub.note_file();

-- How many bytes of files somebody may have; NULL: as the setting says for everybody.
ALTER TABLE exporthub.app_user
    ADD COLUMN quota_bytes bigint CHECK (quota_bytes > 0);

CREATE FUNCTION exporthub.note_quota() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF new.quota_bytes IS DISTINCT FROM old.quota_bytes THEN
        PERFORM exporthub.note(
            exporthub.actor(), 'quota_given', new.name, jsonb_build_object('before', old.quota_bytes, 'after', new.quota_bytes));
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted_quota AFTER UPDATE OF quota_bytes ON exporthub.app_user
FOR EACH ROW EXECUTE FUNCTION exporthub.note_quota();
