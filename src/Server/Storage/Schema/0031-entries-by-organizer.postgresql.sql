-- Whose an entry is busy time has already, in the order of people: the index by organizer is only for what takes up no time of theirs, and the reference to people that stood on it is
-- gone (docs/decisions/0033-busy-time-finds-a-persons-entries.md). The version before goes on, and reads more.
-- All that it needs first: should it have to begin again, nothing is done yet.
LOCK TABLE people, entries, busy IN ACCESS EXCLUSIVE MODE;
ALTER TABLE entries ADD COLUMN in_busy bigint NOT NULL DEFAULT 0 CHECK (in_busy = 0 OR kind = 'meeting');  -- 1: busy has a row of the organizer's for it
ALTER TABLE entries DROP CONSTRAINT entries_organizer_id_fkey;
DROP INDEX entries_by_organizer;
CREATE INDEX entries_by_organizer ON entries (organizer_id, start_at) WHERE in_busy = 0;
CREATE FUNCTION busy_of_organizers_is_over() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Arrays: the plan is kept, and is to be the same for one and for thousands.
    UPDATE entries e SET in_busy = 0
    FROM (SELECT array_agg(entry_id) AS entries, array_agg(person_id) AS people FROM gone) a, unnest(a.entries, a.people) AS g (entry_id, person_id)
    WHERE e.id = g.entry_id AND e.organizer_id = g.person_id AND e.in_busy <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER busy_of_organizers_is_over AFTER DELETE ON busy REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION busy_of_organizers_is_over();
