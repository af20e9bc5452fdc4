-- Whoever is busy takes part in an entry, and is somebody, by references of the entry's and the participant's own. To look both up once more for each row, as PostgreSQL does
-- with a query and a lock each, was a good part of what it cost to write it. Instead the time of an entry that is gone is freed by a trigger (docs/decisions/0032-busy-time-refers-to-nobody.md).
-- All that it needs first: should it have to begin again, nothing is done yet.
LOCK TABLE people, entries, busy IN ACCESS EXCLUSIVE MODE;
ALTER TABLE busy DROP CONSTRAINT busy_person_id_fkey, DROP CONSTRAINT busy_entry_id_fkey;
CREATE FUNCTION entries_free_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- An array: the plan is kept, and is to be the same for one and for thousands.
    DELETE FROM busy WHERE entry_id = ANY (ARRAY (SELECT id FROM gone));
    RETURN NULL;
END $$;
CREATE TRIGGER entries_free_time AFTER DELETE ON entries REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION entries_free_time();
