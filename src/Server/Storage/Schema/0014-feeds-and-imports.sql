-- Calendars that come in as files, and go out as feeds.

-- Whole days by the owner's clocks: calendars show them above the hours.
ALTER TABLE entries ADD COLUMN all_day bigint NOT NULL DEFAULT 0;

-- Personal events repeat too, once they are imported. Nobody is invited to them.
ALTER TABLE series ADD COLUMN kind text NOT NULL DEFAULT 'meeting';
ALTER TABLE series ADD COLUMN transparency text NOT NULL DEFAULT 'busy';
ALTER TABLE series ADD COLUMN all_day bigint NOT NULL DEFAULT 0;
ALTER TABLE series ADD COLUMN length_days bigint NOT NULL DEFAULT 0;   -- days by the clock, before length_ms
ALTER TABLE series ADD COLUMN expanded_from bigint;                    -- occurrences before it are no entries; null: from the start

-- What was read from files: UID and RECURRENCE-ID say whether it was here before, the digest whether it changed since.
CREATE TABLE imported_items (
    person_id bigint NOT NULL REFERENCES people (id),
    uid text NOT NULL,
    recurrence_id text NOT NULL,       -- in UTC, or a date; empty: the whole
    digest text NOT NULL,
    sequence bigint NOT NULL,
    modified_at bigint,
    series_id bigint REFERENCES series (id) ON DELETE CASCADE,
    entry_id bigint REFERENCES entries (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, uid, recurrence_id)
);
CREATE INDEX imported_items_by_series ON imported_items (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX imported_items_by_entry ON imported_items (entry_id) WHERE entry_id IS NOT NULL;

-- Links that calendar programs subscribe to. The secret in a link is derived from the nonce; a new nonce ends the old link.
CREATE TABLE feeds (
    id {identity},
    person_id bigint NOT NULL REFERENCES people (id),
    name text NOT NULL,
    free_busy_only bigint NOT NULL,
    nonce text NOT NULL UNIQUE,
    tag text NOT NULL DEFAULT '',      -- of what was handed out last, and since when it is like that
    changed_at bigint,
    created_at bigint NOT NULL,
    last_used_at bigint
);
CREATE INDEX feeds_by_person ON feeds (person_id);
