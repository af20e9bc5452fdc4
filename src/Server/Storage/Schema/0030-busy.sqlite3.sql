-- Nothing: SQLite looks a reference up in pages that it has before it (PostgreSQL's step of this number says what it is about).
SELECT 1;
