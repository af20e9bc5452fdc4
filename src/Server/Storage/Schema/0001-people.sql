-- A person: everybody who hosts, is invited, or can sign in. Guests are people without an account.
CREATE TABLE people (
    id {identity},
    uuid text NOT NULL UNIQUE,
    email text UNIQUE,                 -- lower case; null while a new account has not proved that the address is its own
    name text NOT NULL,                -- as others see it; may be empty
    timezone text,                     -- IANA id; null: unknown
    working_hours_start text NOT NULL DEFAULT '09:00:00',
    working_hours_end text NOT NULL DEFAULT '17:00:00',
    created_at bigint NOT NULL
);

-- The revision is the guard against double booking: whoever changes a person's busy time holds this row (docs/decisions/0003).
-- A table of its own, so that the hot row stays narrow.
CREATE TABLE calendars (
    person_id bigint PRIMARY KEY REFERENCES people (id),
    revision bigint NOT NULL DEFAULT 0,
    longest_ms bigint NOT NULL DEFAULT 0   -- no busy range of this person was ever longer: bounds the overlap scan
);
