-- The same for those who take part as step 0031 for those who host. That people whose entries there are stay, which references saw to, a trigger sees to.
ALTER TABLE participants ADD COLUMN in_busy bigint NOT NULL DEFAULT 0;   -- 1: busy has a row for it
DROP INDEX participants_by_person;
CREATE INDEX participants_by_person ON participants (person_id, entry_id) WHERE in_busy = 0;
CREATE TRIGGER busy_of_participants_is_over AFTER DELETE ON busy
BEGIN
    UPDATE participants SET in_busy = 0 WHERE entry_id = OLD.entry_id AND person_id = OLD.person_id AND in_busy <> 0;
END;
CREATE TRIGGER people_with_entries_stay BEFORE DELETE ON people
WHEN EXISTS (SELECT 1 FROM busy WHERE person_id = OLD.id)
  OR EXISTS (SELECT 1 FROM entries WHERE organizer_id = OLD.id AND in_busy = 0)
  OR EXISTS (SELECT 1 FROM participants WHERE person_id = OLD.id AND in_busy = 0)
BEGIN
    SELECT RAISE(ABORT, 'they take part in entries');
END;
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'person_id bigint NOT NULL REFERENCES people (id)', 'person_id bigint NOT NULL') WHERE type = 'table' AND name = 'participants';
PRAGMA writable_schema = RESET;
