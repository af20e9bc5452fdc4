-- Passkeys (WebAuthn): public keys whose private halves people's devices keep.
CREATE TABLE passkeys (
    id {identity},
    person_id bigint NOT NULL REFERENCES people (id),
    credential_id text NOT NULL UNIQUE,        -- base64url
    algorithm bigint NOT NULL,         -- COSE: -7 is ES256, -257 is RS256
    public_key text NOT NULL,          -- SubjectPublicKeyInfo, base64
    sign_count bigint NOT NULL,        -- as the device told it last; 0: it does not count
    name text NOT NULL,
    created_at bigint NOT NULL,
    last_used_at bigint
);
CREATE INDEX passkeys_by_person ON passkeys (person_id, id);
