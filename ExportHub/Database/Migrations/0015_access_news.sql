-- Tells every instance that what it remembers of accounts, tokens and sessions may no longer be so.
CREATE FUNCTION exporthub.tell_access_changed() RETURNS trigger
    LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_notify('exporthub_access', '');
    RETURN NULL;
END
$$;

CREATE TRIGGER app_user_news
    AFTER UPDATE OR DELETE ON exporthub.app_user
    FOR EACH ROW EXECUTE FUNCTION exporthub.tell_access_changed();

-- Not when the use of a token is noted.
CREATE TRIGGER api_token_news
    AFTER UPDATE OF user_id, name, hash, scopes, expires_at, revoked_at OR DELETE ON exporthub.api_token
    FOR EACH ROW EXECUTE FUNCTION exporthub.tell_access_changed();

CREATE TRIGGER app_session_news
    AFTER UPDATE OR DELETE ON exporthub.app_session
    FOR EACH ROW EXECUTE FUNCTION exporthub.tell_access_changed();
