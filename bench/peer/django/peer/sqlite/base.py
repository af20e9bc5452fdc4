"""Django's SQLite as one would run it behind a server: WAL, synced at every commit, and transactions that take the lock first, as Django 5.1's transaction_mode does."""
from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        connection = super().get_new_connection(conn_params)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _start_transaction_under_autocommit(self):
        # Two that begin with a read and then both want to write would else fail with "database is locked", however long they are willing to wait.
        self.cursor().execute("BEGIN IMMEDIATE")
