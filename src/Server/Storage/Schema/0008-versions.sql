-- Counts every change of an entry that those who see it can see: what an ETag is made of.
ALTER TABLE entries ADD COLUMN version bigint NOT NULL DEFAULT 1;
