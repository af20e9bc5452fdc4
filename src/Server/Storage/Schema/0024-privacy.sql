-- Who may see when a person is busy or free: public, signed_in, shared (whoever is in a meeting with them), nobody.
ALTER TABLE people ADD COLUMN free_busy text NOT NULL DEFAULT 'public';

-- Accounts that were deleted, until logs and letters have forgotten their address, and the name beside it, too: a job takes both out, then the row goes.
CREATE TABLE erasures (
    id {identity},
    person_id bigint NOT NULL,         -- the number that is nobody's any more; the audit goes on naming it
    email text NOT NULL,
    created_at bigint NOT NULL
);
