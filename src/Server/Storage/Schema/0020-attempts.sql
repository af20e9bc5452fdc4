-- How often something was tried of late (docs/decisions/0020). What is limited, and of whom, is in the key as a hash: no address and no login stands here.
CREATE TABLE attempts (
    key text PRIMARY KEY,
    empty_at bigint NOT NULL,          -- when all of it is forgotten: each attempt puts this off
    last_at bigint NOT NULL
){clustered};
CREATE INDEX attempts_by_age ON attempts (empty_at);
