-- Documents of meetings. The content lies in parts, so that nobody ever holds a whole file in memory; `bytea` is a blob to SQLite too.
CREATE TABLE attachments (
    id {identity},
    entry_id bigint NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES people (id),   -- who uploaded it
    name text NOT NULL,
    type text NOT NULL,                -- by content, never by what the uploader said
    size bigint NOT NULL,              -- bytes
    sha256 text NOT NULL,
    created_at bigint NOT NULL
);
CREATE INDEX attachments_by_entry ON attachments (entry_id, id);

CREATE TABLE attachment_parts (
    attachment_id bigint NOT NULL REFERENCES attachments (id) ON DELETE CASCADE,
    number bigint NOT NULL,            -- from 0; every part but the last has AttachmentRows.PartSize bytes
    content bytea NOT NULL,
    PRIMARY KEY (attachment_id, number)
);
