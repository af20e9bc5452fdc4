-- When the answer was made: by mail, as its sender says (DTSTAMP), for mails overtake each other. Null: at responded_at.
ALTER TABLE participants ADD COLUMN answered_at bigint;

-- Other times that participants propose.
CREATE TABLE proposals (
    id {identity},
    entry_id bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    participant_id bigint NOT NULL REFERENCES participants (id) ON DELETE CASCADE,
    start_at bigint NOT NULL,
    end_at bigint NOT NULL,
    was_start bigint NOT NULL,         -- what it proposes to change: once the meeting has moved, it is outdated
    was_end bigint NOT NULL,
    comment text NOT NULL,
    state text NOT NULL,               -- open, accepted, declined, outdated
    made_at bigint NOT NULL,           -- by mail, as its sender says
    created_at bigint NOT NULL
);
CREATE INDEX proposals_by_entry ON proposals (entry_id, id);
CREATE INDEX proposals_by_participant ON proposals (participant_id);
