-- The second factor of an account: codes that an app makes by the clock (RFC 6238). It counts once one of its codes was shown.
CREATE TABLE totp_factors (
    person_id bigint PRIMARY KEY REFERENCES people (id),
    secret text NOT NULL,              -- sealed (docs/decisions/0022)
    confirmed_at bigint,               -- null: it does not count yet
    last_step bigint NOT NULL DEFAULT 0,       -- of the newest code that was taken: none works twice
    failures bigint NOT NULL DEFAULT 0,        -- wrong codes in a row
    locked_until bigint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL
);

-- For who has lost the app: each works once.
CREATE TABLE recovery_codes (
    person_id bigint NOT NULL REFERENCES people (id),
    hash text NOT NULL,
    used_at bigint,
    PRIMARY KEY (person_id, hash)
);

-- What signing in (or adding a way to) waits for. Each is for one purpose and good once; only hashes are here.
CREATE TABLE challenges (
    hash text PRIMARY KEY,
    purpose text NOT NULL,
    person_id bigint REFERENCES people (id),   -- null: nobody knows yet who it will be
    target text NOT NULL DEFAULT '',           -- the page to go on to
    tries bigint NOT NULL DEFAULT 0,
    expires_at bigint NOT NULL
);
CREATE INDEX challenges_by_person ON challenges (person_id);

-- Who somebody is at an OpenID provider.
CREATE TABLE identities (
    id {identity},
    issuer text NOT NULL,
    subject text NOT NULL,
    person_id bigint NOT NULL REFERENCES people (id),
    email text NOT NULL,               -- as the provider said when it was linked; may be empty
    created_at bigint NOT NULL,
    last_used_at bigint NOT NULL,
    UNIQUE (issuer, subject)
);
CREATE INDEX identities_by_person ON identities (person_id);
