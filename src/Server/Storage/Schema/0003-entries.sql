-- Whatever is on somebody's calendar: meetings now; events, hourly events and bookings are other kinds of the same thing.
CREATE TABLE entries (
    id {identity},
    uuid text NOT NULL UNIQUE,
    kind text NOT NULL,
    organizer_id bigint NOT NULL REFERENCES people (id),
    title text NOT NULL,
    description text NOT NULL,
    location text NOT NULL,
    status text NOT NULL,
    -- A future time keeps its zone and wall time; the instants are derived from them with this version of the zone rules.
    timezone text NOT NULL,
    local_start text NOT NULL,
    local_end text NOT NULL,
    tzdb text NOT NULL,
    start_at bigint NOT NULL,
    end_at bigint NOT NULL,
    sequence bigint NOT NULL DEFAULT 0,
    reminder_minutes bigint,
    remind_at bigint,                  -- null: nothing (more) to remind of
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL
);
CREATE INDEX entries_by_organizer ON entries (organizer_id, start_at);
CREATE INDEX entries_to_remind ON entries (remind_at) WHERE remind_at IS NOT NULL;

CREATE TABLE participants (
    id {identity},
    entry_id bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES people (id),
    name text NOT NULL,
    role text NOT NULL,
    status text NOT NULL,
    invited_at bigint NOT NULL,
    responded_at bigint,
    UNIQUE (entry_id, person_id)
);
CREATE INDEX participants_by_person ON participants (person_id, entry_id);

-- Who is busy when: one plain range per person and entry, so that "who is busy" is one indexed query for every feature.
CREATE TABLE busy (
    person_id bigint NOT NULL REFERENCES people (id),
    start_at bigint NOT NULL,
    end_at bigint NOT NULL,
    entry_id bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, start_at, entry_id)
){clustered};
CREATE INDEX busy_by_entry ON busy (entry_id);
