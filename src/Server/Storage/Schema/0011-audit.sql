-- Who did what, when and from where: written in the transaction that does it, and never changed afterwards (0012).
CREATE TABLE audit (
    id {identity},
    at bigint NOT NULL,
    kind text NOT NULL,                -- what it is about, a dot, what happened: meeting.cancelled
    actor_id bigint,                   -- null: the command line, or somebody who was not signed in
    address text,                      -- the network it came from, or "command line"
    entry_uuid text,                   -- the meeting; no reference: the audit survives it
    person_id bigint,                  -- the account
    reason text NOT NULL DEFAULT '',
    old_values text,                   -- JSON: what was different before; never a secret
    new_values text
);
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_actor ON audit (actor_id, id);
CREATE INDEX audit_by_entry ON audit (entry_uuid, id) WHERE entry_uuid IS NOT NULL;
CREATE INDEX audit_by_person ON audit (person_id, id) WHERE person_id IS NOT NULL;

-- What is older than this may be removed; nothing, as long as there is no row.
CREATE TABLE audit_keeping (
    id bigint PRIMARY KEY CHECK (id = 1),
    keep_from bigint NOT NULL
);

-- A meeting's history is what the audit says of its times.
INSERT INTO audit (at, kind, actor_id, entry_uuid, reason, old_values, new_values)
SELECT c.created_at, 'meeting.' || c.kind, c.person_id, e.uuid, c.reason,
       '{"start_time":"' || {iso c.old_start} || '","end_time":"' || {iso c.old_end} || '"}',
       CASE WHEN c.new_start IS NULL THEN '{"status":"cancelled"}'
            ELSE '{"start_time":"' || {iso c.new_start} || '","end_time":"' || {iso c.new_end} || '"}' END
FROM entry_changes c JOIN entries e ON e.id = c.entry_id
ORDER BY c.id;
DROP TABLE entry_changes;

-- Who may make themselves administrator: whoever reads the console of a server that has none. One row for each start, so that nodes don't end each other's.
CREATE TABLE admin_claims (
    hash text PRIMARY KEY,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL
);
CREATE INDEX accounts_staff ON accounts (person_id) WHERE is_staff = 1;

-- Wrong passwords, counted by day (since 1970) instead of kept one by one; person 0 stands for accounts that don't exist.
CREATE TABLE sign_in_failures (
    person_id bigint NOT NULL,
    day bigint NOT NULL,
    failures bigint NOT NULL,
    last_at bigint NOT NULL,
    PRIMARY KEY (person_id, day)
);

-- When each node last did each of its jobs.
CREATE TABLE jobs (
    name text NOT NULL,
    node text NOT NULL,
    started_at bigint NOT NULL,
    duration_ms bigint NOT NULL,
    error text,                        -- null: it went well
    next_at bigint NOT NULL,
    PRIMARY KEY (name, node)
);
CREATE INDEX outbox_failed ON outbox (id) WHERE failed_at IS NOT NULL;
