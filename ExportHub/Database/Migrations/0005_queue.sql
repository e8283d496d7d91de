-- Who asked, where it waits, how large it is expected to be, and how often a process died over it.
ALTER TABLE exporthub.export
    ADD COLUMN requested_by    text    NOT NULL DEFAULT 'anonymous',
    ADD COLUMN lane            text    NOT NULL DEFAULT 'interactive',
    ADD COLUMN estimated_rows  bigint,
    ADD COLUMN estimated_bytes bigint,
    ADD COLUMN max_attempts    integer,
    ADD COLUMN crashes         integer NOT NULL DEFAULT 0,
    -- A worker came and had to leave it, because the person has as many running as one may have, or because an administrator holds the work.
    ADD COLUMN held            boolean NOT NULL DEFAULT false,

    ADD CONSTRAINT export_lane_known CHECK (lane IN ('interactive', 'bulk')),
    ADD CONSTRAINT export_held_while_queued CHECK (status = 'queued' OR NOT held),
    ADD CONSTRAINT export_estimates_are_sizes CHECK (estimated_rows >= 0 AND estimated_bytes >= 0);

UPDATE exporthub.export
SET max_attempts = greatest(1, attempts_left + attempt);

ALTER TABLE exporthub.export
    ALTER COLUMN max_attempts SET NOT NULL,
    ADD CONSTRAINT export_attempts_within_limit CHECK (attempts_left <= max_attempts),
    -- A key is the person's own.
    DROP CONSTRAINT export_idempotency_key_key,
    ADD CONSTRAINT export_idempotency_key UNIQUE (requested_by, idempotency_key);

CREATE INDEX export_under_way ON exporthub.export (requested_by, request_hash) WHERE status IN ('queued', 'running');
CREATE INDEX export_held ON exporthub.export (requested_by, due_at) WHERE held;
CREATE INDEX export_kept ON exporthub.export (requested_by) INCLUDE (bytes) WHERE status = 'completed';

-- What an administrator has switched off for a while. One row.
CREATE TABLE exporthub.service_mode
(
    only_row      boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    -- New requests are refused.
    intake_paused boolean NOT NULL DEFAULT false,
    -- What runs goes on; nothing new is started.
    draining      boolean NOT NULL DEFAULT false
);

INSERT INTO exporthub.service_mode DEFAULT VALUES;

-- What administrators did and why; rows are only ever added.
CREATE TABLE exporthub.admin_action
(
    id        uuid        PRIMARY KEY,
    at        timestamptz NOT NULL DEFAULT now(),
    who       text        NOT NULL,
    act       text        NOT NULL CHECK (act IN ('cancel', 'retry', 'pause', 'resume', 'drain', 'undrain')),
    -- Not a foreign key: the action is kept when the record of the export goes.
    export_id uuid,
    reason    text        NOT NULL CHECK (btrim(reason) <> '')
);
