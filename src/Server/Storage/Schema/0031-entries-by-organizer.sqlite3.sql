-- Whose an entry is busy time has already, in the order of people: the index by organizer is only for what takes up no time of theirs, and the reference to people that stood on it is
-- gone (docs/decisions/0033-busy-time-finds-a-persons-entries.md). The version before goes on, and reads more.
ALTER TABLE entries ADD COLUMN in_busy bigint NOT NULL DEFAULT 0 CHECK (in_busy = 0 OR kind = 'meeting');  -- 1: busy has a row of the organizer's for it
DROP INDEX entries_by_organizer;
CREATE INDEX entries_by_organizer ON entries (organizer_id, start_at) WHERE in_busy = 0;
CREATE TRIGGER busy_of_organizers_is_over AFTER DELETE ON busy
BEGIN
    UPDATE entries SET in_busy = 0 WHERE id = OLD.entry_id AND organizer_id = OLD.person_id AND in_busy <> 0;
END;
-- The way that SQLite names for taking a constraint away (https://www.sqlite.org/lang_altertable.html, 7): nothing in the file depends on it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'organizer_id bigint NOT NULL REFERENCES people (id)', 'organizer_id bigint NOT NULL') WHERE type = 'table' AND name = 'entries';
PRAGMA writable_schema = RESET;
