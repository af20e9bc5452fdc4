-- While somebody's erasure is pending, names and addresses may be taken out of the audit. What happened, when, to what and by whose number stays.
CREATE OR REPLACE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < (SELECT keep_from FROM audit_keeping) THEN
            RETURN OLD;
        END IF;
    ELSIF EXISTS (SELECT 1 FROM erasures)
        AND (NEW.id, NEW.at, NEW.kind) = (OLD.id, OLD.at, OLD.kind) AND NEW.actor_id IS NOT DISTINCT FROM OLD.actor_id
        AND NEW.entry_uuid IS NOT DISTINCT FROM OLD.entry_uuid AND NEW.person_id IS NOT DISTINCT FROM OLD.person_id THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the audit is append-only';
END $$;
