-- The life of an export. The row is the truth; the job engine only wakes workers up.
CREATE TABLE exporthub.export
(
    id               uuid        PRIMARY KEY,
    dataset          text        NOT NULL,
    definition       jsonb       NOT NULL,
    criteria         jsonb       NOT NULL,
    format           text        NOT NULL,
    options          jsonb       NOT NULL,
    idempotency_key  text        UNIQUE,
    request_hash     text        NOT NULL,

    status           text        NOT NULL DEFAULT 'queued',
    attempt          integer     NOT NULL DEFAULT 0 CHECK (attempt >= 0),
    attempts_left    integer     NOT NULL CHECK (attempts_left >= 0),
    cancel_requested boolean     NOT NULL DEFAULT false,
    lease_until      timestamptz,

    -- When the next attempt may start, when the engine was last told, and how often since the last claim.
    due_at           timestamptz NOT NULL DEFAULT now(),
    alarm_at         timestamptz DEFAULT now(),
    alarms           integer     NOT NULL DEFAULT 0,

    rows             bigint      NOT NULL DEFAULT 0,
    total_rows       bigint,
    total_is_exact   boolean     NOT NULL DEFAULT false,
    bytes            bigint      NOT NULL DEFAULT 0,

    requested_at     timestamptz NOT NULL DEFAULT now(),
    started_at       timestamptz,
    renewed_at       timestamptz,
    finished_at      timestamptz,
    expires_at       timestamptz,
    data_as_of       timestamptz,

    file_key         text,
    file_name        text,
    content_type     text,
    sha256           text,
    warnings         jsonb       NOT NULL DEFAULT '[]',
    error_code       text,
    error_message    text,

    CONSTRAINT export_status_known CHECK (status IN ('queued', 'running', 'completed', 'failed', 'canceled', 'expired')),
    CONSTRAINT export_lease_while_running CHECK ((status = 'running') = (lease_until IS NOT NULL)),
    CONSTRAINT export_end_is_dated CHECK ((status IN ('completed', 'failed', 'canceled', 'expired')) = (finished_at IS NOT NULL)),
    CONSTRAINT export_file_only_when_completed CHECK ((status = 'completed') = (file_key IS NOT NULL)),
    CONSTRAINT export_completed_is_whole CHECK
        (status <> 'completed' OR num_nulls(file_name, content_type, sha256, expires_at, data_as_of, total_rows) = 0),
    CONSTRAINT export_failure_is_explained CHECK (status <> 'failed' OR num_nulls(error_code, error_message) = 0)
);

CREATE INDEX export_queued ON exporthub.export (due_at) WHERE status = 'queued';
CREATE INDEX export_running ON exporthub.export (lease_until) WHERE status = 'running';
CREATE INDEX export_expiring ON exporthub.export (expires_at) WHERE status = 'completed';
CREATE INDEX export_by_dataset ON exporthub.export (dataset, id DESC);
