-- How far the job that erases has come: what is behind stays clean, and is not searched again.
ALTER TABLE erasures ADD COLUMN audit_after bigint NOT NULL DEFAULT 0;
ALTER TABLE erasures ADD COLUMN letters_after bigint NOT NULL DEFAULT 0;
