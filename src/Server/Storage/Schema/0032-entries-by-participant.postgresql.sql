-- The same for those who take part as step 0031 for those who host. That people whose entries there are stay, which references saw to, a trigger sees to.
-- All that it needs first: should it have to begin again, nothing is done yet.
LOCK TABLE people, participants, busy IN ACCESS EXCLUSIVE MODE;
ALTER TABLE participants ADD COLUMN in_busy bigint NOT NULL DEFAULT 0;   -- 1: busy has a row for it
ALTER TABLE participants DROP CONSTRAINT participants_person_id_fkey;
DROP INDEX participants_by_person;
CREATE INDEX participants_by_person ON participants (person_id, entry_id) WHERE in_busy = 0;
CREATE FUNCTION busy_of_participants_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE participants t SET in_busy = 0
    FROM (SELECT array_agg(entry_id) AS entries, array_agg(person_id) AS people FROM gone) a, unnest(a.entries, a.people) AS g (entry_id, person_id)
    WHERE t.entry_id = g.entry_id AND t.person_id = g.person_id AND t.in_busy <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER busy_of_participants_is_over AFTER DELETE ON busy REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION busy_of_participants_is_over();
CREATE FUNCTION people_with_entries_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM busy WHERE person_id = OLD.id)
        OR EXISTS (SELECT 1 FROM entries WHERE organizer_id = OLD.id AND in_busy = 0)
        OR EXISTS (SELECT 1 FROM participants WHERE person_id = OLD.id AND in_busy = 0) THEN
        RAISE foreign_key_violation USING MESSAGE = 'they take part in entries';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER people_with_entries_stay BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION people_with_entries_stay();
