-- Criteria saved under a name. What holds for all versions is here, what was saved each time in template_version.
CREATE TABLE exporthub.template
(
    id          uuid        PRIMARY KEY,
    owner       text        NOT NULL,
    dataset     text        NOT NULL,
    name        text        NOT NULL CHECK (btrim(name) = name AND char_length(name) BETWEEN 1 AND 100),
    description text        CHECK (btrim(description) <> ''),
    -- Roles; '*' means everybody. It lets them read the template, and gives no right to the dataset.
    shared_with text[]      NOT NULL DEFAULT '{}',
    -- The newest.
    version     integer     NOT NULL DEFAULT 1 CHECK (version > 0),
    created_at  timestamptz NOT NULL DEFAULT now(),
    -- Its versions stay for the exports and schedules that name them.
    deleted_at  timestamptz
);

CREATE UNIQUE INDEX template_name ON exporthub.template (owner, dataset, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX template_shared ON exporthub.template USING gin (shared_with) WHERE deleted_at IS NULL;

CREATE TABLE exporthub.template_version
(
    template_id uuid        NOT NULL REFERENCES exporthub.template,
    version     integer     NOT NULL CHECK (version > 0),
    -- As it was asked for: a relative range stays relative.
    request     jsonb       NOT NULL CHECK (jsonb_typeof(request) = 'object'),
    saved_by    text        NOT NULL,
    saved_at    timestamptz NOT NULL DEFAULT now(),

    PRIMARY KEY (template_id, version)
);

CREATE FUNCTION exporthub.refuse_version_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION 'a version of a template never changes' USING ERRCODE = 'insufficient_privilege';
END
$$;

CREATE TRIGGER only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON exporthub.template_version
FOR EACH STATEMENT EXECUTE FUNCTION exporthub.refuse_version_change();

-- With what the request page of a dataset begins.
CREATE TABLE exporthub.template_default
(
    dataset     text NOT NULL,
    -- Whose; '' is everybody's, which the own one goes before.
    person      text NOT NULL,
    template_id uuid NOT NULL REFERENCES exporthub.template,

    PRIMARY KEY (dataset, person)
);

CREATE INDEX template_default_of ON exporthub.template_default (template_id);

-- From which template an export was asked for; what was asked for is in its own criteria.
ALTER TABLE exporthub.export
    ADD COLUMN template_id uuid,
    ADD COLUMN template_version integer,
    ADD CONSTRAINT export_template FOREIGN KEY (template_id, template_version) REFERENCES exporthub.template_version MATCH FULL;

CREATE FUNCTION exporthub.note_template() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    actor constant jsonb := exporthub.actor();
    details constant jsonb := jsonb_build_object('id', new.id, 'name', new.name, 'version', new.version);
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM exporthub.note(actor, 'template_made', new.owner, details || jsonb_build_object('sharedWith', new.shared_with), NULL, new.dataset);
        RETURN NULL;
    ELSIF new.deleted_at IS NOT NULL AND old.deleted_at IS NULL THEN
        PERFORM exporthub.note(actor, 'template_deleted', new.owner, details, NULL, new.dataset);
        RETURN NULL;
    END IF;

    IF new.version <> old.version THEN
        PERFORM exporthub.note(actor, 'template_saved', new.owner, details, NULL, new.dataset);
    END IF;

    IF new.name <> old.name THEN
        PERFORM exporthub.note(actor, 'template_renamed', new.owner, details || jsonb_build_object('before', old.name), NULL, new.dataset);
    END IF;

    IF new.shared_with <> old.shared_with THEN
        PERFORM exporthub.note(
            actor, 'template_shared', new.owner, details || jsonb_build_object('before', old.shared_with, 'after', new.shared_with), NULL, new.dataset);
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE ON exporthub.template
FOR EACH ROW EXECUTE FUNCTION exporthub.note_template();

-- What a person begins with is the person's own affair; what everybody does is not.
CREATE FUNCTION exporthub.note_template_default() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    one constant exporthub.template_default := CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
BEGIN
    IF one.person = '' THEN
        PERFORM exporthub.note(
            exporthub.actor(), CASE WHEN tg_op = 'DELETE' THEN 'template_default_ended' ELSE 'template_default' END, template.owner,
            jsonb_build_object('id', template.id, 'name', template.name), NULL, template.dataset)
        FROM exporthub.template
        WHERE template.id = one.template_id;
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE OR DELETE ON exporthub.template_default
FOR EACH ROW EXECUTE FUNCTION exporthub.note_template_default();
