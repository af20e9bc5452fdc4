-- Personal events mark time as busy or free; whatever else there is, is busy.
ALTER TABLE entries ADD COLUMN transparency text NOT NULL DEFAULT 'busy';
