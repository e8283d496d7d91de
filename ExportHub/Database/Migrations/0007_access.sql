-- People who sign in, and the tokens with which their programs do.
CREATE TABLE exporthub.app_user
(
    id              uuid        PRIMARY KEY,
    -- Never changes: exports and actions name it.
    name            text        NOT NULL CHECK (btrim(name) <> ''),
    name_key        text        NOT NULL UNIQUE,
    email           text,
    password_hash   text,
    -- Changes with the password, the roles and when all sessions are to end.
    security_stamp  text        NOT NULL,
    failed_sign_ins integer     NOT NULL DEFAULT 0,
    locked_until    timestamptz,
    disabled        boolean     NOT NULL DEFAULT false,
    roles           text[]      NOT NULL DEFAULT '{}',
    -- What row filters compare with, such as {"region": "EU"}.
    attributes      jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
    created_at      timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE exporthub.api_token
(
    id           uuid        PRIMARY KEY,
    user_id      uuid        NOT NULL REFERENCES exporthub.app_user ON DELETE CASCADE,
    name         text        NOT NULL CHECK (btrim(name) <> ''),
    -- SHA-256 of the token, which itself is shown once and kept nowhere.
    hash         bytea       NOT NULL UNIQUE,
    scopes       text[]      NOT NULL CHECK (scopes <@ ARRAY ['read', 'export', 'admin'] AND cardinality(scopes) > 0),
    created_at   timestamptz NOT NULL DEFAULT now(),
    expires_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

CREATE INDEX api_token_of_user ON exporthub.api_token (user_id, id);
