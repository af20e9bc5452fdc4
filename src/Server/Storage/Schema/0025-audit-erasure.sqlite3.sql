-- While somebody's erasure is pending, names and addresses may be taken out of the audit. What happened, when, to what and by whose number stays.
DROP TRIGGER audit_is_not_changed;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
WHEN NOT EXISTS (SELECT 1 FROM erasures)
  OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at OR NEW.kind IS NOT OLD.kind OR NEW.actor_id IS NOT OLD.actor_id
  OR NEW.entry_uuid IS NOT OLD.entry_uuid OR NEW.person_id IS NOT OLD.person_id
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
