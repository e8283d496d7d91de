-- Who did what, from where and why. Rows are only ever added.
CREATE TABLE exporthub.audit
(
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    -- NULL: ExportHub itself, or somebody who had not signed in.
    who       text,
    how       text        NOT NULL CHECK (how IN ('session', 'token', 'link', 'proxy', 'nobody', 'system')),
    -- The name of the token, where one was used.
    token     text,
    address   text,
    act       text        NOT NULL,
    -- Not a foreign key: what was done is kept when the record of the export goes.
    export_id uuid,
    dataset   text,
    -- The person it concerns: whose export, whose account.
    subject   text,
    details   jsonb       NOT NULL DEFAULT '{}',

    CONSTRAINT audit_token_is_named CHECK ((how = 'token') = (token IS NOT NULL)),
    CONSTRAINT audit_person_is_named CHECK (who IS NOT NULL OR how IN ('nobody', 'system')),
    CONSTRAINT audit_reason_is_one CHECK (details ->> 'reason' IS NULL OR btrim(details ->> 'reason') <> '')
);

CREATE INDEX audit_by_who ON exporthub.audit (who, id);
CREATE INDEX audit_by_subject ON exporthub.audit (subject, id);
CREATE INDEX audit_by_export ON exporthub.audit (export_id, id) WHERE export_id IS NOT NULL;
CREATE INDEX audit_by_time ON exporthub.audit (at);
CREATE INDEX audit_with_reason ON exporthub.audit (id) WHERE details ? 'reason';

-- What administrators did so far moves over: there is one place.
INSERT INTO exporthub.audit (at, who, how, act, export_id, dataset, subject, details)
SELECT action.at, action.who, 'session', action.act, action.export_id, export.dataset, export.requested_by, jsonb_build_object('reason', action.reason)
FROM exporthub.admin_action AS action
LEFT JOIN exporthub.export ON export.id = action.export_id
ORDER BY action.id;

DROP TABLE exporthub.admin_action;

-- The first wall: the role of the application takes the right from itself. It binds everybody but a superuser.
REVOKE UPDATE, DELETE, TRUNCATE ON exporthub.audit FROM PUBLIC, CURRENT_USER;

-- The second: nobody changes a row by accident or in passing, a superuser neither.
CREATE FUNCTION exporthub.refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'exporthub.audit is only ever added to' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON exporthub.audit
FOR EACH STATEMENT EXECUTE FUNCTION exporthub.refuse_change();

-- A replica role skips triggers that are not marked so.
ALTER TABLE exporthub.audit ENABLE ALWAYS TRIGGER only_added;

-- Who acts in this transaction, as the application has said at its beginning; ExportHub itself where nothing was said.
CREATE FUNCTION exporthub.actor() RETURNS jsonb STABLE LANGUAGE sql AS
$$
    SELECT coalesce(nullif(current_setting('exporthub.actor', true), '')::jsonb, '{"how": "system"}')
$$;

CREATE FUNCTION exporthub.note(actor jsonb, act text, subject text, details jsonb, export_id uuid DEFAULT NULL, dataset text DEFAULT NULL) RETURNS void LANGUAGE sql AS
$$
    INSERT INTO exporthub.audit (who, how, token, address, act, export_id, dataset, subject, details)
    VALUES (
        actor ->> 'who', actor ->> 'how', actor ->> 'token', actor ->> 'address', act, export_id, dataset, subject,
        jsonb_strip_nulls(details || jsonb_build_object('reason', actor ->> 'reason')))
$$;

-- The triggers below write the audit in the statement that makes the change: neither is there without the other, and none can be forgotten.

-- Progress is no change of state, so renewals do not come here: they set none of these columns.
CREATE FUNCTION exporthub.note_export() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    itself constant jsonb := '{"how": "system"}';
    actor jsonb := itself;
    act text;
    details jsonb := jsonb_build_object('attempt', new.attempt);
BEGIN
    IF tg_op = 'INSERT' THEN
        actor := exporthub.actor();
        act := 'request';
        details := jsonb_build_object('format', new.format, 'criteria', new.criteria, 'options', new.options);
    ELSIF new.status = 'canceled' AND old.status = 'queued' OR new.status = 'running' AND old.status = 'running' AND new.attempt = old.attempt AND new.cancel_requested THEN
        actor := exporthub.actor();
        act := 'cancel';
        details := jsonb_build_object('was', old.status);
    ELSIF new.status = 'queued' AND old.status IN ('failed', 'canceled') THEN
        actor := exporthub.actor();
        act := 'retry';
        details := jsonb_build_object('was', old.status);
    ELSIF new.status = 'running' AND new.attempt <> old.attempt THEN
        act := 'start';
    ELSIF new.status = old.status THEN
        RETURN NULL;
    ELSIF new.status = 'completed' THEN
        act := 'complete';
        details := details || jsonb_build_object('file', new.file_name, 'rows', new.rows, 'bytes', new.bytes, 'sha256', new.sha256);
    ELSIF new.status = 'failed' THEN
        act := 'fail';
        details := details || jsonb_build_object('code', new.error_code);
    ELSIF new.status = 'canceled' THEN
        act := 'stop';
    ELSIF new.status = 'expired' THEN
        act := 'expire';
        details := jsonb_build_object('file', new.file_name, 'sha256', new.sha256);
    ELSE
        act := CASE WHEN new.error_code IS NULL THEN 'release' ELSE 'postpone' END;
        details := details || jsonb_build_object('code', new.error_code);
    END IF;

    PERFORM exporthub.note(actor, act, new.requested_by, details, new.id, new.dataset);
    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE OF status, cancel_requested ON exporthub.export
FOR EACH ROW EXECUTE FUNCTION exporthub.note_export();

CREATE FUNCTION exporthub.note_service_mode() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    IF new.intake_paused <> old.intake_paused THEN
        PERFORM exporthub.note(exporthub.actor(), CASE WHEN new.intake_paused THEN 'pause' ELSE 'resume' END, NULL, '{}');
    END IF;

    IF new.draining <> old.draining THEN
        PERFORM exporthub.note(exporthub.actor(), CASE WHEN new.draining THEN 'drain' ELSE 'undrain' END, NULL, '{}');
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER UPDATE ON exporthub.service_mode
FOR EACH ROW EXECUTE FUNCTION exporthub.note_service_mode();

CREATE FUNCTION exporthub.note_user() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    actor constant jsonb := exporthub.actor();
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM exporthub.note(actor, 'user_added', new.name, jsonb_build_object('roles', new.roles, 'attributes', new.attributes));
        RETURN NULL;
    ELSIF tg_op = 'DELETE' THEN
        PERFORM exporthub.note(actor, 'user_removed', old.name, '{}');
        RETURN NULL;
    END IF;

    IF new.roles <> old.roles THEN
        PERFORM exporthub.note(actor, 'roles_given', new.name, jsonb_build_object('before', old.roles, 'after', new.roles));
    END IF;

    IF new.attributes <> old.attributes THEN
        PERFORM exporthub.note(actor, 'attributes_given', new.name, jsonb_build_object('before', old.attributes, 'after', new.attributes));
    END IF;

    IF new.disabled <> old.disabled THEN
        PERFORM exporthub.note(actor, CASE WHEN new.disabled THEN 'user_disabled' ELSE 'user_enabled' END, new.name, '{}');
    END IF;

    IF new.password_hash IS DISTINCT FROM old.password_hash THEN
        -- At a sign-in nobody has signed in yet: the same password is hashed anew, because hashing has become stronger.
        PERFORM exporthub.note(
            actor,
            CASE WHEN actor ->> 'how' = 'nobody' THEN 'password_rehashed' WHEN actor ->> 'who' = new.name THEN 'password_changed' ELSE 'password_reset' END,
            new.name, '{}');
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR DELETE OR UPDATE OF roles, attributes, disabled, password_hash ON exporthub.app_user
FOR EACH ROW EXECUTE FUNCTION exporthub.note_user();

CREATE FUNCTION exporthub.note_token() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    owner constant text := (SELECT name FROM exporthub.app_user WHERE id = new.user_id);
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM exporthub.note(
            exporthub.actor(), 'token_made', owner, jsonb_build_object('name', new.name, 'scopes', new.scopes, 'expiresAt', new.expires_at));
    ELSIF new.revoked_at IS NOT NULL AND old.revoked_at IS NULL THEN
        PERFORM exporthub.note(exporthub.actor(), 'token_revoked', owner, jsonb_build_object('name', new.name));
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE OF revoked_at ON exporthub.api_token
FOR EACH ROW EXECUTE FUNCTION exporthub.note_token();

-- The key that signs links to files, itself encrypted with a protection key. Without the row a new one is made, and links signed by the old one end.
CREATE TABLE exporthub.link_key
(
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    key      bytea   NOT NULL
);
