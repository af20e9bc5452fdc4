"""The world of the bookings: who is in it and what is booked in its year. The same for both sides, straight into their databases."""
import dataclasses
import datetime
import functools
import hashlib
import random
import uuid
import zoneinfo

UTC = datetime.timezone.utc
HALF = 1800
HALVES = 365 * 48
ZONE = "Europe/Berlin"
DESCRIPTION = "What we know, and what to do about it."


@dataclasses.dataclass
class Meeting:
    id: int
    uuid: str
    host: int
    start: int
    participants: tuple


class World:
    """
    People 1 to `people` are invited, and host some of the meetings themselves; the accounts after them only host, as those who sign in during the measurements.
    Every meeting takes half an hour and has a host and two participants. Nobody has two at a time.
    """

    def __init__(self, people, meetings, accounts, hosted):
        self.people, self.count, self.hosted = people, meetings, hosted
        self.accounts = range(people + 1, people + 1 + accounts)
        # A year from tomorrow: nothing is past, however long the measuring takes.
        self.now = int(datetime.datetime.now(UTC).timestamp())
        self.first = (self.now // 86400 + 1) * 86400

    def email(self, person):
        return f"person{person}@example.com" if person <= self.people else f"host{person - self.people}@example.com"

    def token(self, account):
        return hashlib.sha256(f"bench {account}".encode()).hexdigest()[:40]

    def meetings(self):
        """Always the same ones: the accounts' first."""
        chance = random.Random(6)
        taken = set()

        def is_free(person, half):
            return person * HALVES + half not in taken

        for number in range(1, self.count + 1):
            host = self.accounts[(number - 1) % len(self.accounts)] if number <= len(self.accounts) * self.hosted else chance.randint(1, self.people)
            while True:
                half = chance.randrange(HALVES)
                others = (chance.randint(1, self.people), chance.randint(1, self.people))
                if len({host, *others}) == 3 and all(is_free(person, half) for person in (host, *others)):
                    break
            taken.update(person * HALVES + half for person in (host, *others))
            yield Meeting(number, self.uuid(number), host, self.first + half * HALF, others)

    def uuid(self, number):
        """Of version 7: those of later meetings come later."""
        made = (self.now - self.count + number) * 1000
        return str(uuid.UUID(int=made << 80 | 7 << 76 | 2 << 62 | number))

    def describe(self, folder):
        """For requests.lua."""
        (folder / "world").write_text(f"{self.first} {HALVES} {self.people}")
        (folder / "tokens").write_text("".join(f"Token {self.token(account)}\n" for account in self.accounts))
        mine = min(self.count, len(self.accounts) * self.hosted)
        (folder / "seen").write_text("".join(
            f"Token {self.token(self.accounts[(number - 1) % len(self.accounts)])} {self.uuid(number)}\n" for number in range(1, mine + 1)))

    def fill_convene(self, database):
        now, everybody = self.now * 1000, range(1, self.accounts.stop)
        with database.open() as connection:
            def insert(table, columns, rows):
                database.insert(connection, table, columns, rows)

            insert("people", "id, uuid, email, name, timezone, created_at", (
                (person, str(uuid.UUID(int=now << 80 | 7 << 76 | 2 << 62 | person)), self.email(person), "", ZONE, now) for person in everybody))
            insert("calendars", "person_id, revision, longest_ms", ((person, 1, HALF * 1000) for person in everybody))
            # Nobody signs in with this password: the tokens are made here.
            insert("accounts", "person_id, username, username_key, first_name, last_name, password_hash, email_verified_at, created_at", (
                (account, f"host{account}", f"host{account}", "Host", "", "none", now, now) for account in self.accounts))
            insert("sign_ins", "id, person_id, session_hash, session_expires_at, token_hash, token_expires_at, last_seen_at, created_at", (
                (number, account, f"none {account}", now, hashlib.sha256(self.token(account).encode()).hexdigest(), now + 86400_000 * 300, now, now)
                for number, account in enumerate(self.accounts, 1)))
            insert("entries", "id, uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, created_at, updated_at, in_busy", (
                (m.id, m.uuid, "meeting", m.host, f"Meeting {m.id}", DESCRIPTION, "", "scheduled", ZONE, wall(m.start), wall(m.start + HALF), "",
                 m.start * 1000, (m.start + HALF) * 1000, now, now, 1)
                for m in self.meetings()))
            insert("participants", "id, entry_id, person_id, name, role, status, invited_at, in_busy", (
                (2 * m.id - 1 + i, m.id, person, "", "attendee", "pending", now, 1) for m in self.meetings() for i, person in enumerate(m.participants)))
            insert("busy", "person_id, start_at, end_at, entry_id", (
                (person, m.start * 1000, (m.start + HALF) * 1000, m.id) for m in self.meetings() for person in (m.host, *m.participants)))
        database.settle()

    def fill_peer(self, database):
        now = database.moment(self.now)
        with database.open() as connection:
            def insert(table, columns, rows):
                database.insert(connection, table, columns, rows)

            insert("peer_user", "id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, timezone, working_hours_start, working_hours_end", (
                (person, "!", 0, self.email(person), "Host" if person in self.accounts else "", "", self.email(person), 0, 1, now, ZONE, "09:00:00", "17:00:00")
                for person in range(1, self.accounts.stop)))
            insert("authtoken_token", "key, created, user_id", ((self.token(account), now, account) for account in self.accounts))
            moments = functools.cache(database.moment)
            insert("peer_meeting", "id, host_id, title, description, location, status, timezone, start_time, end_time, sequence, version, created_at, updated_at", (
                (m.uuid.replace("-", ""), m.host, f"Meeting {m.id}", DESCRIPTION, "", "scheduled", ZONE, moments(m.start), moments(m.start + HALF), 0, 1, now, now)
                for m in self.meetings()))
            insert("peer_participant", "id, meeting_id, person_id, name, role, status, invited_at", (
                (2 * m.id - 1 + i, m.uuid.replace("-", ""), person, "", "attendee", "pending", now) for m in self.meetings() for i, person in enumerate(m.participants)))
        database.settle()


@functools.cache
def wall(seconds):
    return datetime.datetime.fromtimestamp(seconds, zoneinfo.ZoneInfo(ZONE)).strftime("%Y-%m-%dT%H:%M:%S")
