-- What a mail says, as it was when the mail became owed; one letter may go to many. Never holds a secret.
CREATE TABLE letters (
    id {identity},
    kind text NOT NULL,
    subject text NOT NULL,
    entry_uuid text,                   -- no reference: the letter about a deleted meeting must survive it
    body text NOT NULL,                -- JSON
    created_at bigint NOT NULL
);
CREATE INDEX letters_by_entry ON letters (entry_uuid, id) WHERE entry_uuid IS NOT NULL;

-- Mail owed: written in the transaction that owes it, sent by a worker afterwards, kept as the log of what was sent.
CREATE TABLE outbox (
    id {identity},
    letter_id bigint NOT NULL REFERENCES letters (id),
    message_id text NOT NULL UNIQUE,   -- of the mail's Message-ID: a repeated delivery can be recognised
    person_id bigint,
    email text NOT NULL,
    name text NOT NULL,
    timezone text,                     -- the recipient's, if known
    due_at bigint,                     -- when to try (again); null: nothing left to do
    attempts bigint NOT NULL DEFAULT 0,
    sent_at bigint,
    failed_at bigint,                  -- given up
    last_error text
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX outbox_by_letter ON outbox (letter_id);
