-- What is asked for again and again by itself, and each time that it was due.
CREATE TABLE exporthub.schedule
(
    id               uuid        PRIMARY KEY,
    -- Under whose rights it runs.
    owner            text        NOT NULL,
    name             text        NOT NULL CHECK (btrim(name) = name AND char_length(name) BETWEEN 1 AND 100),
    dataset          text        NOT NULL,
    -- As it is asked for: a relative range stays relative until an occurrence resolves it.
    request          jsonb       NOT NULL CHECK (jsonb_typeof(request) = 'object'),
    -- From which version of which template that copy was taken.
    template_id      uuid,
    template_version integer,
    timing           jsonb       NOT NULL CHECK (jsonb_typeof(timing) = 'object'),
    time_zone        text        NOT NULL,
    -- What becomes of occurrences that were due while nobody could run them.
    missed           text        NOT NULL DEFAULT 'one' CHECK (missed IN ('one', 'all', 'none')),
    guard            jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(guard) = 'object'),
    delivery         jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(delivery) = 'object'),
    -- How long its files are kept; NULL: as those of everybody.
    retention        interval    CHECK (retention > interval '0'),
    -- Counts the changes: a program that computed from an older one writes nothing.
    version          integer     NOT NULL DEFAULT 1 CHECK (version > 0),
    -- The next occurrence; NULL while it is paused, and when there is none any more.
    next_at          timestamptz,
    paused_at        timestamptz,
    -- NULL: ExportHub itself.
    paused_by        text,
    paused_reason    text,
    -- Failed runs since the last that did not.
    failures         integer     NOT NULL DEFAULT 0 CHECK (failures >= 0),
    created_at       timestamptz NOT NULL DEFAULT now(),
    changed_at       timestamptz NOT NULL DEFAULT now(),
    -- Its occurrences stay.
    deleted_at       timestamptz,

    CONSTRAINT schedule_template FOREIGN KEY (template_id, template_version) REFERENCES exporthub.template_version MATCH FULL,
    CONSTRAINT schedule_rests CHECK (next_at IS NULL OR paused_at IS NULL AND deleted_at IS NULL)
);

CREATE UNIQUE INDEX schedule_name ON exporthub.schedule (owner, lower(name)) WHERE deleted_at IS NULL;
CREATE INDEX schedule_due ON exporthub.schedule (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE exporthub.occurrence
(
    id          uuid        PRIMARY KEY,
    schedule_id uuid        NOT NULL REFERENCES exporthub.schedule,
    -- The instant that relative ranges are resolved at.
    due_at      timestamptz NOT NULL,
    origin      text        NOT NULL DEFAULT 'planned' CHECK (origin IN ('planned', 'now', 'backfill')),
    status      text        NOT NULL DEFAULT 'waiting'
        CHECK (status IN ('waiting', 'running', 'completed', 'held', 'dropped', 'failed', 'skipped')),
    -- Who asked for it besides the schedule.
    asked_by    text,
    -- Why it is held, failed, skipped or dropped, or what stands out about it, for people.
    reason      text,
    export_id   uuid,
    -- When it may be tried again after something that will pass.
    try_at      timestamptz NOT NULL DEFAULT now(),
    tries       integer     NOT NULL DEFAULT 0,
    made_at     timestamptz NOT NULL DEFAULT now(),
    settled_at  timestamptz,

    -- However many programs see it due at the same time, it is one.
    CONSTRAINT occurrence_once UNIQUE (schedule_id, due_at),
    CONSTRAINT occurrence_runs_as_export CHECK (status NOT IN ('running', 'completed', 'held', 'dropped') OR export_id IS NOT NULL),
    CONSTRAINT occurrence_end_is_dated CHECK ((status IN ('completed', 'dropped', 'failed', 'skipped')) = (settled_at IS NOT NULL)),
    CONSTRAINT occurrence_stop_is_explained CHECK (status NOT IN ('held', 'failed', 'skipped') OR reason IS NOT NULL)
);

CREATE INDEX occurrence_open ON exporthub.occurrence (try_at) WHERE status IN ('waiting', 'running', 'held');

-- Which occurrence an export was asked for by: at most one export each. How long its file is kept, where that differs from the setting.
ALTER TABLE exporthub.export
    ADD COLUMN occurrence_id uuid REFERENCES exporthub.occurrence,
    ADD COLUMN retention     interval CHECK (retention > interval '0'),
    ADD CONSTRAINT export_occurrence UNIQUE (occurrence_id);

-- What people do with schedules is theirs in the audit; what ExportHub does to them is there where it stops one.
CREATE FUNCTION exporthub.note_schedule() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    actor constant jsonb := exporthub.actor();
    details constant jsonb := jsonb_build_object('id', new.id, 'name', new.name);
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM exporthub.note(actor, 'schedule_made', new.owner, details || jsonb_build_object('timing', new.timing, 'timeZone', new.time_zone), NULL, new.dataset);
    ELSIF new.deleted_at IS NOT NULL AND old.deleted_at IS NULL THEN
        PERFORM exporthub.note(actor, 'schedule_deleted', new.owner, details, NULL, new.dataset);
    ELSIF new.owner <> old.owner THEN
        PERFORM exporthub.note(actor, 'schedule_taken_over', new.owner, details || jsonb_build_object('before', old.owner), NULL, new.dataset);
    ELSIF new.paused_at IS NOT NULL AND old.paused_at IS NULL THEN
        PERFORM exporthub.note(actor || jsonb_build_object('reason', new.paused_reason), 'schedule_paused', new.owner, details, NULL, new.dataset);
    ELSIF new.paused_at IS NULL AND old.paused_at IS NOT NULL THEN
        PERFORM exporthub.note(actor, 'schedule_resumed', new.owner, details, NULL, new.dataset);
    ELSIF new.version <> old.version THEN
        PERFORM exporthub.note(
            actor, 'schedule_changed', new.owner,
            details || jsonb_build_object(
                'timing', new.timing, 'timeZone', new.time_zone,
                'requestBefore', CASE WHEN new.request <> old.request THEN old.request END,
                'deliveryBefore', CASE WHEN new.delivery <> old.delivery THEN old.delivery END),
            NULL, new.dataset);
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE OF version, paused_at, deleted_at, owner ON exporthub.schedule
FOR EACH ROW EXECUTE FUNCTION exporthub.note_schedule();

CREATE FUNCTION exporthub.note_occurrence() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM exporthub.note(
        exporthub.actor(),
        CASE WHEN tg_op = 'INSERT' OR old.status <> 'held' THEN 'schedule_run' WHEN new.status = 'dropped' THEN 'occurrence_dropped' ELSE 'occurrence_delivered' END,
        schedule.owner,
        jsonb_build_object('id', schedule.id, 'name', schedule.name, 'dueAt', new.due_at, 'origin', new.origin), new.export_id, schedule.dataset)
    FROM exporthub.schedule
    WHERE schedule.id = new.schedule_id;
    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT ON exporthub.occurrence
FOR EACH ROW WHEN (new.asked_by IS NOT NULL) EXECUTE FUNCTION exporthub.note_occurrence();

CREATE TRIGGER noted_again AFTER UPDATE OF status ON exporthub.occurrence
FOR EACH ROW WHEN (old.status IN ('failed', 'skipped') AND new.status = 'waiting' OR old.status = 'held' AND new.status IN ('completed', 'dropped'))
EXECUTE FUNCTION exporthub.note_occurrence();
