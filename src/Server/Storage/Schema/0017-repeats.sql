-- Answers to requests that name themselves (Idempotency-Key): who sends one again gets the first answer, and nothing is done twice.
CREATE TABLE repeats (
    person_id bigint NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    key text NOT NULL,
    request text NOT NULL,             -- a hash of method, path and body
    status bigint NOT NULL,
    headers text NOT NULL,             -- JSON
    body text NOT NULL,
    created_at bigint NOT NULL,
    PRIMARY KEY (person_id, key)
){clustered};
CREATE INDEX repeats_by_age ON repeats (created_at);
