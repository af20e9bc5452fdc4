-- Counts the changes of what people are called: with a calendar's revision it says whether what its owner sees is still the same.
CREATE TABLE shown_names (
    id bigint PRIMARY KEY CHECK (id = 1),
    revision bigint NOT NULL
);
INSERT INTO shown_names (id, revision) VALUES (1, 0);

CREATE TRIGGER people_renamed AFTER UPDATE OF name, email ON people FOR EACH ROW
WHEN OLD.name IS NOT NEW.name OR OLD.email IS NOT NEW.email
BEGIN
    UPDATE shown_names SET revision = revision + 1;
END;

CREATE TRIGGER accounts_renamed AFTER UPDATE OF pending_email ON accounts FOR EACH ROW
WHEN OLD.pending_email IS NOT NEW.pending_email
BEGIN
    UPDATE shown_names SET revision = revision + 1;
END;
