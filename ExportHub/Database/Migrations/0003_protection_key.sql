-- The keys that sign the forms of the pages. Every instance reads them here, so a form shown by one may be sent to another.
CREATE TABLE exporthub.protection_key
(
    name      text        PRIMARY KEY,
    xml       text        NOT NULL,
    stored_at timestamptz NOT NULL DEFAULT now()
);
