-- Counts the changes of what people are called: with a calendar's revision it says whether what its owner sees is still the same.
CREATE TABLE shown_names (
    id bigint PRIMARY KEY CHECK (id = 1),
    revision bigint NOT NULL
);
INSERT INTO shown_names (id, revision) VALUES (1, 0);

CREATE FUNCTION count_name_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE shown_names SET revision = revision + 1;
    RETURN NULL;
END
$$;

CREATE TRIGGER people_renamed AFTER UPDATE OF name, email ON people FOR EACH ROW
WHEN (OLD.name IS DISTINCT FROM NEW.name OR OLD.email IS DISTINCT FROM NEW.email)
EXECUTE FUNCTION count_name_change();

CREATE TRIGGER accounts_renamed AFTER UPDATE OF pending_email ON accounts FOR EACH ROW
WHEN (OLD.pending_email IS DISTINCT FROM NEW.pending_email)
EXECUTE FUNCTION count_name_change();
