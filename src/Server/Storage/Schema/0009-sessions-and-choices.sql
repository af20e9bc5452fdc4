-- Where a login came from and when it was last of use, for its owner to recognise it. Kept coarse: written at most every five minutes.
ALTER TABLE sign_ins ADD COLUMN last_seen_at bigint NOT NULL DEFAULT 0;
ALTER TABLE sign_ins ADD COLUMN user_agent text NOT NULL DEFAULT '';
ALTER TABLE sign_ins ADD COLUMN address text NOT NULL DEFAULT '';
UPDATE sign_ins SET last_seen_at = created_at;

-- Which mail about meetings an account does not want: words of Storage/Words.cs, separated by spaces. To be told of every answer is for those who ask for it.
ALTER TABLE accounts ADD COLUMN unwanted_mail text NOT NULL DEFAULT 'answers';
-- How long before the start the meetings that this person hosts remind everybody, where they say nothing else; null: the server's setting; -1: not at all.
ALTER TABLE accounts ADD COLUMN reminder_minutes bigint;
-- Not to be sent, since the recipient asked not to get such mail; kept as the log.
ALTER TABLE outbox ADD COLUMN unwanted_at bigint;
