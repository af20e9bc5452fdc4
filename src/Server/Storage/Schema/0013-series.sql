-- Meetings that repeat. Each occurrence up to a horizon is an entry of its own, so that it takes time, is found, answered, moved and reminded of like any other;
-- a series says what occurrences to come are made of.
CREATE TABLE series (
    id {identity},
    uuid text NOT NULL UNIQUE,         -- the UID in everybody's calendar
    organizer_id bigint NOT NULL REFERENCES people (id),
    rule text NOT NULL,                -- RRULE
    added text NOT NULL,               -- RDATE: wall times, with commas
    dropped text NOT NULL,             -- EXDATE
    timezone text NOT NULL,
    local_start text NOT NULL,
    length_ms bigint NOT NULL,
    title text NOT NULL,
    description text NOT NULL,
    location text NOT NULL,
    reminder_minutes bigint,
    on_conflict text NOT NULL,         -- what becomes of busy people in occurrences to come
    sequence bigint NOT NULL DEFAULT 0,
    expanded_until bigint,             -- occurrences before it are entries; null: all there will ever be
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX series_to_expand ON series (expanded_until) WHERE expanded_until IS NOT NULL;

-- Who is invited to occurrences to come.
CREATE TABLE series_people (
    series_id bigint NOT NULL REFERENCES series (id) ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES people (id),
    name text NOT NULL,
    role text NOT NULL,
    PRIMARY KEY (series_id, person_id)
);
CREATE INDEX series_people_by_person ON series_people (person_id);

ALTER TABLE entries ADD COLUMN series_id bigint REFERENCES series (id);
-- The wall time that the rule gives it, wherever it was moved to (RECURRENCE-ID).
ALTER TABLE entries ADD COLUMN recurrence_id text;
CREATE UNIQUE INDEX entries_by_series ON entries (series_id, recurrence_id) WHERE series_id IS NOT NULL;
