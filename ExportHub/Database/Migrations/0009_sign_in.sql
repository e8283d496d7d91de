-- Where people come from, who is signed in, and how often somebody guessed.
ALTER TABLE exporthub.app_user
    -- local: has a password here; demo: has one that the sign-in page shows; proxy and openid: somebody else says who it is.
    ADD COLUMN origin  text NOT NULL DEFAULT 'local' CHECK (origin IN ('local', 'demo', 'proxy', 'openid')),
    -- Whom somebody else means. A name may be given to another person there, this may not.
    ADD COLUMN subject text,
    ADD CONSTRAINT app_user_of_subject UNIQUE (origin, subject),
    ADD CONSTRAINT app_user_has_subject CHECK ((origin IN ('proxy', 'openid')) = (subject IS NOT NULL)),
    -- Guesses are counted below, for names that nobody has too.
    DROP COLUMN failed_sign_ins,
    DROP COLUMN locked_until;

CREATE TABLE exporthub.app_session
(
    id         uuid        PRIMARY KEY,
    user_id    uuid        NOT NULL REFERENCES exporthub.app_user ON DELETE CASCADE,
    started_at timestamptz NOT NULL DEFAULT now()
);

CREATE INDEX app_session_of_user ON exporthub.app_session (user_id);
CREATE INDEX app_session_started ON exporthub.app_session (started_at);

CREATE TABLE exporthub.sign_in_guess
(
    -- SHA-256 of what is counted: a name, an address, both together, or a browser. People type passwords into the wrong field.
    subject      bytea       PRIMARY KEY,
    tries        integer     NOT NULL,
    forgotten_at timestamptz NOT NULL
);
