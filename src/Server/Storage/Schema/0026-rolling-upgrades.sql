-- Which programs a step leaves working: those that know at least the step with this number. 0: every one that knows this column.
-- A program that finds steps it does not know goes on beside newer ones if it may. (docs/decisions/0026-many-nodes.md)
ALTER TABLE schema_steps ADD COLUMN works_from bigint NOT NULL DEFAULT 0;
