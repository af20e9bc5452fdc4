-- When people can be met: rules on the clocks of the person's zone, never entries. A person without rules has each door's default.
CREATE TABLE availability_rules (
    id {identity},
    person_id bigint NOT NULL REFERENCES people (id),
    kind text NOT NULL,                -- weekly, slot (by meeting type), hours (of a date), blocked (hours of a date), out_of_office
    day_of_week bigint,                -- weekly, slot: 0 is Monday
    local_start text NOT NULL,         -- weekly, slot: a time of day; otherwise a date and time
    local_end text NOT NULL,           -- the end of the day is 00:00:00 (of the next day)
    ranges text,                       -- hours, blocked: JSON, the times of day that are open or blocked on that date
    meeting_type_id bigint,            -- slot
    is_active bigint NOT NULL DEFAULT 1,
    reason text NOT NULL DEFAULT '',
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX availability_rules_by_person ON availability_rules (person_id, kind);
CREATE UNIQUE INDEX availability_rules_by_date ON availability_rules (person_id, kind, local_start) WHERE kind IN ('hours', 'blocked');

-- The summary of somebody's weekly hours that system 2's profile shows, beside working_hours_start and _end: 0 is Monday.
ALTER TABLE people ADD COLUMN working_days text NOT NULL DEFAULT '0123456';

-- Hours that somebody has set already are rules from now on.
INSERT INTO availability_rules (person_id, kind, day_of_week, local_start, local_end, created_at, updated_at)
SELECT p.id, 'weekly', d.day, p.working_hours_start, p.working_hours_end, p.created_at, p.created_at
FROM people p CROSS JOIN (SELECT 0 AS day UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6) d
WHERE p.working_hours_start <> '09:00:00' OR p.working_hours_end <> '17:00:00';
