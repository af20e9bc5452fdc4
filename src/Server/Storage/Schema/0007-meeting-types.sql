CREATE TABLE meeting_types (
    id {identity},
    name text NOT NULL,
    description text NOT NULL,
    default_duration bigint NOT NULL,  -- minutes
    color_code text NOT NULL
);
-- System 4's five, with its ids. The first is what keeps time free of meetings.
INSERT INTO meeting_types (name, description, default_duration, color_code) VALUES
    ('Focus Time', 'Time for own work: no meetings.', 30, '#6B7280'),
    ('Business Meets', 'Meetings with business partners and customers.', 60, '#2563EB'),
    ('Third Party Vendor Meets', 'Meetings with vendors.', 45, '#D97706'),
    ('Product Discussions', 'What to build, and how.', 60, '#059669'),
    ('General Discussions', 'Anything else.', 60, '#7C3AED');

ALTER TABLE entries ADD COLUMN meeting_type_id bigint;
-- What the status alone does not tell: rescheduled, extended; null: nothing of the kind.
ALTER TABLE entries ADD COLUMN schedule_state text;

-- Whether whoever takes part may change the meeting, not only its host and cohosts (system 3's events).
ALTER TABLE entries ADD COLUMN participants_may_edit bigint NOT NULL DEFAULT 0;

-- Every move, extension and cancellation of a meeting, with who and why.
CREATE TABLE entry_changes (
    id {identity},
    entry_id bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    person_id bigint NOT NULL,         -- who did it
    kind text NOT NULL,                -- extended, rescheduled, cancelled
    old_start bigint NOT NULL,
    old_end bigint NOT NULL,
    new_start bigint,                  -- null: cancelled
    new_end bigint,
    reason text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX entry_changes_by_entry ON entry_changes (entry_id, id);
