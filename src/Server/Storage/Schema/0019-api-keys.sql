-- Keys that a person's own programs sign in with. Only their hashes are here; the hint is the end of a key, for its owner to recognise it.
CREATE TABLE api_keys (
    id {identity},
    person_id bigint NOT NULL REFERENCES people (id),
    name text NOT NULL,
    scope text NOT NULL,               -- read, write or admin
    hash text NOT NULL UNIQUE,
    hint text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    last_used_at bigint,               -- kept coarse, as of logins
    ended_at bigint
);
CREATE INDEX api_keys_by_person ON api_keys (person_id);
