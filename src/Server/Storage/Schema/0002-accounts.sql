CREATE TABLE accounts (
    person_id bigint PRIMARY KEY REFERENCES people (id),
    pending_email text UNIQUE,         -- the address signed up with, while people.email is not theirs yet
    username text,
    username_key text UNIQUE,          -- lower case
    first_name text NOT NULL,
    last_name text NOT NULL,
    password_hash text NOT NULL,
    email_verified_at bigint,
    is_active bigint NOT NULL DEFAULT 1,
    is_staff bigint NOT NULL DEFAULT 0,
    created_at bigint NOT NULL
);

-- One row per login, with the hashes of what it was given: a session cookie, an opaque token, refresh tokens. Ending the row ends them all.
CREATE TABLE sign_ins (
    id {identity},
    person_id bigint NOT NULL REFERENCES people (id),
    session_hash text UNIQUE,
    session_expires_at bigint NOT NULL,
    token_hash text UNIQUE,
    token_expires_at bigint NOT NULL,
    created_at bigint NOT NULL,
    ended_at bigint
);
CREATE INDEX sign_ins_by_person ON sign_ins (person_id);

CREATE TABLE refresh_tokens (
    hash text PRIMARY KEY,
    sign_in_id bigint NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX refresh_tokens_by_sign_in ON refresh_tokens (sign_in_id);

-- Single-use tokens sent by mail (password reset, address verification).
CREATE TABLE mail_tokens (
    hash text PRIMARY KEY,
    person_id bigint NOT NULL REFERENCES people (id),
    purpose text NOT NULL,
    email text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_at bigint
);
CREATE INDEX mail_tokens_by_person ON mail_tokens (person_id);

CREATE TABLE signing_keys (
    name text PRIMARY KEY,
    secret text NOT NULL,
    created_at bigint NOT NULL
);
