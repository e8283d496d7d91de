-- Definitions of datasets that administrators have made where the folder is not written to. A file of the same name wins.
CREATE SEQUENCE exporthub.dataset_version;

CREATE TABLE exporthub.dataset
(
    name       text        PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,62}$'),
    -- The JSON of a file of the datasets folder.
    definition jsonb       NOT NULL CHECK (jsonb_typeof(definition) = 'object' AND definition ->> 'name' = name),
    -- Never given twice, to whichever dataset: the versions there are tell whether anything has changed.
    version    bigint      NOT NULL UNIQUE DEFAULT nextval('exporthub.dataset_version'),
    changed_by text        NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION exporthub.note_dataset() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM exporthub.note(
        exporthub.actor(),
        CASE tg_op WHEN 'INSERT' THEN 'dataset_made' WHEN 'UPDATE' THEN 'dataset_changed' ELSE 'dataset_removed' END,
        NULL,
        jsonb_build_object(
            'before', CASE WHEN tg_op <> 'INSERT' THEN old.definition END,
            'after', CASE WHEN tg_op <> 'DELETE' THEN new.definition END),
        NULL,
        CASE WHEN tg_op = 'DELETE' THEN old.name ELSE new.name END);
    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR DELETE OR UPDATE ON exporthub.dataset
FOR EACH ROW EXECUTE FUNCTION exporthub.note_dataset();
