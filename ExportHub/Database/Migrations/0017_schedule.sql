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
    -- Why it is held, failed or skipped, for people; NULL otherwise.
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

CREATE INDEX occurrence_open ON exporthub.occurrence (try_at) WHERE status IN ('waiting', 'running');

-- Which occurrence an export was asked for by: at most one export each. How long its file is kept, where that differs from the setting.
ALTER TABLE exporthub.export
    ADD COLUMN occurrence_id uuid REFERENCES exporthub.occurrence,
    ADD COLUMN retention     interval CHECK (retention > interval '0'),
    ADD CONSTRAINT export_occurrence UNIQUE (occurrence_id);
