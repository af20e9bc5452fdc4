"""The databases below the servers: a file of SQLite's, or one of a throwaway PostgreSQL. Both are filled as fast as they can be, and read by the checks at the end."""
import contextlib
import datetime
import os
import pathlib
import shutil
import socket
import sqlite3
import subprocess
import sys
import time

from servers import cpu_of

UTC = datetime.timezone.utc

# 1 GB, as many as PostgreSQL keeps by itself where much is written (max_wal_size).
LOG_FILES = 64


class Sqlite:
    engine = "SQLite"

    def __init__(self, file):
        self.file = file

    def convene_url(self):
        return f"sqlite:{self.file}"

    def peer_environment(self):
        return {"PEER_SQLITE": str(self.file)}

    def cpu(self):
        return 0  # It is in the server.

    @contextlib.contextmanager
    def open(self):
        with contextlib.closing(sqlite3.connect(self.file, timeout=60)) as connection:
            yield connection
            connection.commit()

    def moment(self, seconds):
        """A time as Django stores it."""
        return datetime.datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")

    @staticmethod
    def insert(connection, table, columns, rows):
        connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({', '.join('?' * (columns.count(',') + 1))})", rows)

    def settle(self):
        """After filling: nothing of it is left to be done while others are measured. (No statistics: SQLite keeps none by itself.)"""
        with contextlib.closing(sqlite3.connect(self.file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def bytes(self):
        return self.file.stat().st_size

    def scanned(self):
        return None  # It does not count.


class Postgres:
    engine = "PostgreSQL"

    def __init__(self, cluster, name):
        self.cluster, self.name = cluster, name
        with contextlib.closing(cluster.connect("postgres")) as connection:
            connection.autocommit = True
            connection.cursor().execute(f"CREATE DATABASE {name}")

    def convene_url(self):
        return f"Host=127.0.0.1;Port={self.cluster.port};Username=postgres;Database={self.name}"

    def peer_environment(self):
        return {"PEER_POSTGRES": self.name, "PEER_POSTGRES_PORT": str(self.cluster.port)}

    def cpu(self):
        return cpu_of(self.cluster.pid)

    @contextlib.contextmanager
    def open(self):
        with contextlib.closing(self.cluster.connect(self.name)) as connection, connection.cursor() as cursor:
            yield cursor
            connection.commit()

    def moment(self, seconds):
        return datetime.datetime.fromtimestamp(seconds, UTC).isoformat()

    @staticmethod
    def insert(cursor, table, columns, rows):
        # The references are right: to look each of millions up would take minutes. (SQLite looks none up unless told to.)
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", Lines(rows))
        # COPY says the ids; the next one is the sequence's.
        if columns.startswith("id,"):
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", (table,))
            if (sequence := cursor.fetchone()[0]) is not None:
                cursor.execute(f"SELECT setval(%s, (SELECT coalesce(max(id), 0) + 1 FROM {table}), false)", (sequence,))

    def settle(self):
        with contextlib.closing(self.cluster.connect(self.name)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace")
            for (table,) in cursor.fetchall():
                # Nor does the server's autovacuum look at empty tables. One that is known to be empty would be read from end to end until it looks again, a minute later.
                cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")')
                if cursor.fetchone()[0]:
                    cursor.execute(f'VACUUM ANALYZE "{table}"')
            # One that has been at work has old files of its log to write to again. One that is new would make them while somebody waits for each.
            for _ in range(LOG_FILES):
                cursor.execute("SELECT pg_logical_emit_message(false, '', ''), pg_switch_wal()")
            cursor.execute("CHECKPOINT")

    def bytes(self):
        with self.open() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            return cursor.fetchone()[0]

    def scanned(self):
        """How many rows were read so far by going through whole tables instead of an index."""
        # Its processes tell every second.
        time.sleep(1.1)
        with self.open() as cursor:
            cursor.execute("SELECT sum(seq_tup_read) FROM pg_stat_user_tables")
            return int(cursor.fetchone()[0])


class Lines:
    """Rows as a file in COPY's text format. Ours have no tabs, newlines or backslashes in them."""

    def __init__(self, rows):
        self.lines = ("\t".join("\\N" if value is None else str(value) for value in row) + "\n" for row in rows)
        self.rest = ""

    def read(self, size):
        parts, length = [self.rest], len(self.rest)
        while length < size and (line := next(self.lines, None)) is not None:
            parts.append(line)
            length += len(line)
        text = "".join(parts)
        self.rest = text[size:]
        return text[:size]


class Cluster:
    """A PostgreSQL of Debian's in a folder of its own, as its package sets it up: every commit is on the disk before it is acknowledged."""

    def __init__(self, folder):
        homes = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not homes:
            sys.exit("Missing: PostgreSQL. On Debian: apt-get install postgresql.")
        self.bin, self.folder, self.data = homes[-1].parent, folder, folder / "data"
        folder.mkdir()
        if os.getuid() == 0:
            # It refuses to run as root.
            shutil.chown(folder, "postgres")
            folder.parent.chmod(0o711)
        self.run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {folder} -c max_connections=200 -c shared_buffers=512MB -c min_wal_size={LOG_FILES * 16}MB"
        self.run("pg_ctl", "-D", self.data, "-w", "-l", folder / "log", "-o", options, "start")
        self.pid = int((self.data / "postmaster.pid").read_text().split()[0])

    def run(self, program, *arguments):
        as_postgres = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        done = subprocess.run([*as_postgres, self.bin / program, *arguments], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit(f"{program}: {done.stderr}")

    def stop(self):
        self.run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def connect(self, name):
        import psycopg2
        return psycopg2.connect(host="127.0.0.1", port=self.port, user="postgres", dbname=name)
