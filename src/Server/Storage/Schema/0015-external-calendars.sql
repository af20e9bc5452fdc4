-- Calendars of people that lie elsewhere, read again and again. What one takes up is busy time of a hidden entry of its own (kind external), whose title is its name.
CREATE TABLE external_calendars (
    entry_id bigint PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES people (id),
    url text NOT NULL,                 -- often a secret by itself
    when_unreachable text NOT NULL,    -- open: the last that was read goes on counting; closed: after some time its owner is busy at all times
    state text NOT NULL,               -- new, fresh, stale, failing
    is_unreachable bigint NOT NULL DEFAULT 0,   -- nothing could be read for so long that closed means busy
    error text,                        -- why it could not be read the last time; null: it could
    failures bigint NOT NULL DEFAULT 0,         -- in a row
    etag text,
    last_modified text,
    digest text,                       -- of the content
    basis text,                        -- of what else its busy time was derived from: which weeks, whose zone, whose rules of zones
    refresh_ms bigint,                 -- how often it wants to be read
    since bigint NOT NULL,             -- when it was given this URL
    fetched_at bigint,                 -- when it was last read, or found to be unchanged
    next_fetch_at bigint NOT NULL,
    attempt bigint NOT NULL DEFAULT 0  -- which try is the newest: what older ones find is thrown away
);
CREATE INDEX external_calendars_by_person ON external_calendars (person_id, entry_id);
CREATE INDEX external_calendars_by_next ON external_calendars (next_fetch_at);
