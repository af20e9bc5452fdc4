CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
WHEN OLD.at >= coalesce((SELECT keep_from FROM audit_keeping), OLD.at)
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
