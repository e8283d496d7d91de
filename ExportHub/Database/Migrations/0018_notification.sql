-- What people see at the bell. Told once: the same key again is no news.
CREATE TABLE exporthub.event
(
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    person    text        NOT NULL,
    key       text        NOT NULL,
    kind      text        NOT NULL CHECK (kind IN ('ready', 'failed', 'held', 'paused', 'missed', 'undelivered')),
    -- What it is about: the name of a schedule, or the title of a dataset where a person asked for the export.
    subject   text        NOT NULL,
    scheduled boolean     NOT NULL,
    -- Why, in English; NULL when there is nothing to say.
    reason    text,
    due_at    timestamptz,
    time_zone text,
    -- Where it is to be looked at.
    page      text        NOT NULL CHECK (page LIKE '/%' AND page NOT LIKE '//%'),
    at        timestamptz NOT NULL DEFAULT now(),
    read_at   timestamptz,

    CONSTRAINT event_once UNIQUE (person, key)
);

CREATE INDEX event_unread ON exporthub.event (person) WHERE read_at IS NULL;
CREATE INDEX event_of ON exporthub.event (person, id DESC);

-- Where things are delivered to besides mail.
CREATE TABLE exporthub.target
(
    id         uuid        PRIMARY KEY,
    name       text        NOT NULL CHECK (btrim(name) = name AND char_length(name) BETWEEN 1 AND 60),
    kind       text        NOT NULL CHECK (kind IN ('webhook', 's3', 'azure', 'folder')),
    -- Without secrets.
    settings   jsonb       NOT NULL CHECK (jsonb_typeof(settings) = 'object'),
    -- Encrypted by data protection; NULL where there is none.
    secret     text,
    -- Who may let things be delivered there; '*' means everybody. Administrators always may.
    roles      text[]      NOT NULL DEFAULT '{}',
    created_by text        NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    disabled   boolean     NOT NULL DEFAULT false,
    -- Its deliveries stay; its secret does not.
    deleted_at timestamptz,

    CONSTRAINT target_forgets_secret CHECK (deleted_at IS NULL OR secret IS NULL)
);

CREATE UNIQUE INDEX target_name ON exporthub.target (lower(name)) WHERE deleted_at IS NULL;

-- One thing that is to arrive at one place.
CREATE TABLE exporthub.delivery
(
    id            uuid        PRIMARY KEY,
    news_key      text        NOT NULL,
    channel       text        NOT NULL CHECK (channel IN ('mail', 'webhook', 'storage')),
    -- A mail address, or the name that the target had then.
    recipient     text        NOT NULL,
    target_id     uuid        REFERENCES exporthub.target,
    kind          text        NOT NULL CHECK (kind IN ('ready', 'failed', 'held', 'paused', 'missed', 'test')),
    -- Whose it is: under whose rights it is delivered.
    owner         text        NOT NULL,
    subject       text        NOT NULL,
    schedule_id   uuid,
    occurrence_id uuid,
    export_id     uuid,
    payload       jsonb       NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
    -- waiting: to be sent at next_try_at. failed: it did not arrive, and is sent again then. done, given_up: nothing happens any more by itself.
    status        text        NOT NULL DEFAULT 'waiting' CHECK (status IN ('waiting', 'failed', 'done', 'given_up')),
    -- The number of the last try: who holds an older one writes nothing.
    tries         integer     NOT NULL DEFAULT 0,
    -- Since when it is tried, and how many tries there were before: sending again begins anew.
    asked_at      timestamptz NOT NULL DEFAULT now(),
    tries_before  integer     NOT NULL DEFAULT 0,
    -- While it is being sent, when it may be taken from a sender that is gone.
    next_try_at   timestamptz DEFAULT now(),
    answer        text        CHECK (char_length(answer) <= 500),
    -- The name that a storage target got it under.
    placed        text,
    made_at       timestamptz NOT NULL DEFAULT now(),
    settled_at    timestamptz,

    CONSTRAINT delivery_once UNIQUE (news_key, channel, recipient),
    CONSTRAINT delivery_goes_on CHECK ((status IN ('waiting', 'failed')) = (next_try_at IS NOT NULL)),
    CONSTRAINT delivery_end_is_dated CHECK ((status IN ('done', 'given_up')) = (settled_at IS NOT NULL)),
    CONSTRAINT delivery_place_is_known CHECK (channel = 'mail' OR target_id IS NOT NULL)
);

CREATE INDEX delivery_due ON exporthub.delivery (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX delivery_of_schedule ON exporthub.delivery (schedule_id, id DESC) WHERE schedule_id IS NOT NULL;
CREATE INDEX delivery_of_owner ON exporthub.delivery (owner, id DESC);
CREATE INDEX delivery_placed ON exporthub.delivery (target_id, placed) WHERE placed IS NOT NULL;

CREATE TABLE exporthub.delivery_try
(
    delivery_id uuid        NOT NULL REFERENCES exporthub.delivery ON DELETE CASCADE,
    number      integer     NOT NULL,
    at          timestamptz NOT NULL,
    took        interval    NOT NULL,
    arrived     boolean     NOT NULL,
    answer      text        NOT NULL CHECK (char_length(answer) <= 500),

    PRIMARY KEY (delivery_id, number)
);

-- Of what people ask for themselves they are told at the bell. What a schedule asked for is told by the schedule, which knows more.
CREATE FUNCTION exporthub.tell_export() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    INSERT INTO exporthub.event (person, key, kind, subject, scheduled, reason, page)
    VALUES (
        new.requested_by, 'export:' || new.id || ':' || new.attempt || ':' || new.status, CASE new.status WHEN 'completed' THEN 'ready' ELSE 'failed' END,
        coalesce(nullif(new.definition ->> 'title', ''), new.dataset), false, new.error_message, '/exports/' || new.id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE TRIGGER told AFTER UPDATE OF status ON exporthub.export
FOR EACH ROW WHEN (new.occurrence_id IS NULL AND new.status IN ('completed', 'failed') AND new.status <> old.status)
EXECUTE FUNCTION exporthub.tell_export();

CREATE FUNCTION exporthub.note_target() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    actor constant jsonb := exporthub.actor();
    details constant jsonb := jsonb_build_object('id', new.id, 'name', new.name, 'kind', new.kind, 'settings', new.settings, 'roles', new.roles);
BEGIN
    IF tg_op = 'INSERT' THEN
        PERFORM exporthub.note(actor, 'target_made', NULL, details);
    ELSIF new.deleted_at IS NOT NULL AND old.deleted_at IS NULL THEN
        PERFORM exporthub.note(actor, 'target_deleted', NULL, details);
    ELSIF new.disabled <> old.disabled THEN
        PERFORM exporthub.note(actor, CASE WHEN new.disabled THEN 'target_disabled' ELSE 'target_enabled' END, NULL, details);
    ELSE
        PERFORM exporthub.note(
            actor, 'target_changed', NULL,
            details || jsonb_build_object('before', old.settings, 'secret', CASE WHEN new.secret IS DISTINCT FROM old.secret THEN 'replaced' END));
    END IF;

    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER INSERT OR UPDATE ON exporthub.target
FOR EACH ROW EXECUTE FUNCTION exporthub.note_target();

-- Sending again is what a person does; the rest is the sender's work, which has its own log.
CREATE FUNCTION exporthub.note_delivery() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM exporthub.note(
        exporthub.actor(), 'delivery_again', new.owner,
        jsonb_build_object('id', new.id, 'name', new.subject, 'channel', new.channel, 'recipient', new.recipient), new.export_id);
    RETURN NULL;
END
$$;

CREATE TRIGGER noted AFTER UPDATE OF asked_at ON exporthub.delivery
FOR EACH ROW WHEN (new.asked_at <> old.asked_at) EXECUTE FUNCTION exporthub.note_delivery();

-- To which account an address belongs decides who may be sent a file.
CREATE INDEX app_user_email ON exporthub.app_user (lower(email)) WHERE email IS NOT NULL;

CREATE FUNCTION exporthub.note_address() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM exporthub.note(exporthub.actor(), 'address_given', new.name, jsonb_build_object('before', old.email, 'after', new.email));
    RETURN NULL;
END
$$;

CREATE TRIGGER addressed AFTER UPDATE OF email ON exporthub.app_user
FOR EACH ROW WHEN (new.email IS DISTINCT FROM old.email) EXECUTE FUNCTION exporthub.note_address();
