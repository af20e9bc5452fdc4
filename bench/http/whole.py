"""What must be true afterwards: everything acknowledged is stored, and nobody has two meetings at a time."""
import concurrent.futures
import contextlib
import datetime
import http.client
import json
import random

# Of the meetings that are booked during the measurements, and of those booked in the crowd.
TITLE = "Planning"
CROWD = "Crowd"


def check(world, sides, booked, given):
    good = True
    for name, server in sides.items():
        acknowledged = crowd(world, server, 500 if given.quick else 4_000)
        with server.database.open() as connection:
            stored = STORED[type(server).__name__](connection)
            ranges = BUSY[type(server).__name__](connection)
        planned = sum(title == TITLE for title, _ in stored.values())
        # wrk hangs up at the end of a measurement: what is stored by then and not acknowledged yet is nobody's fault.
        cut_off = given.connections * (given.rounds + 1)
        lost = {uuid for uuid, people in acknowledged.items() if stored.get(uuid) != (CROWD, people)}
        doubled = overlaps(ranges, world)
        fine = booked[name] <= planned <= booked[name] + cut_off and not lost and not doubled
        left_out = sum(2 - len(people) for title, people in stored.values() if title == TITLE)
        print(f"{'' if fine else 'WRONG: '}{name}: {booked[name]:,} bookings acknowledged, {planned:,} stored, {left_out:,} people left out because they were busy;"
              f" of {len(acknowledged):,} more in a crowd {len(lost)} are not stored as acknowledged; {len(doubled)} double bookings{'' if not doubled else f', such as {doubled[0]}'}.", flush=True)
        # What the peer does wrong is told, and no fault of Convene's.
        good &= fine or name != "Convene"
    return good


def crowd(world, server, attempts):
    """32 clients go through the same half hours, each at once wanting two of the same twelve people: what was acknowledged, by id, with whom."""
    people, day = [world.email(person) for person in range(1, 13)], datetime.datetime.fromtimestamp(world.first, datetime.timezone.utc)

    def client(number):
        chance = random.Random(number)
        acknowledged = {}
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        with contextlib.closing(connection):
            for half in range(attempts // 32):
                start = day + datetime.timedelta(days=400, minutes=30 * half)
                body = {
                    "title": CROWD, "start_time": start.isoformat(), "end_time": (start + datetime.timedelta(minutes=30)).isoformat(), "timezone": "Europe/Berlin",
                    "participants": [{"email": email} for email in chance.sample(people, 2)], "conflict_policy": chance.choice(["skip", "skip", "reject"]),
                }
                status, text = server.request("POST", "/api/meetings/", body, f"Token {world.token(chance.choice(world.accounts))}", connection)
                if status == 201:
                    answer = json.loads(text)
                    acknowledged[answer["id"].replace("-", "")] = frozenset(p["email"] for p in answer["participants"])
        return acknowledged

    with concurrent.futures.ThreadPoolExecutor(32) as clients:
        return {uuid: people for part in clients.map(client, range(32)) for uuid, people in part.items()}


def fetch(connection, query):
    # sqlite3's connection gives a cursor, psycopg2's cursor is one.
    return (connection.execute(query) or connection).fetchall()


def by_meeting(rows):
    meetings = {}
    for uuid, title, email in rows:
        _, people = meetings.setdefault(str(uuid).replace("-", ""), (title, set()))
        if email is not None:
            people.add(email)
    return {uuid: (title, frozenset(people)) for uuid, (title, people) in meetings.items()}


# Meetings by id with title and participants' addresses; and everybody's busy ranges, in order.
STORED = {
    "Convene": lambda connection: by_meeting(fetch(connection, f"""
        SELECT e.uuid, e.title, p.email FROM entries e LEFT JOIN participants i ON i.entry_id = e.id LEFT JOIN people p ON p.id = i.person_id
        WHERE e.title IN ('{TITLE}', '{CROWD}')""")),
    "Peer": lambda connection: by_meeting(fetch(connection, f"""
        SELECT m.id, m.title, u.email FROM peer_meeting m LEFT JOIN peer_participant i ON i.meeting_id = m.id LEFT JOIN peer_user u ON u.id = i.person_id
        WHERE m.title IN ('{TITLE}', '{CROWD}')""")),
}
# Without what was booked under the policy "allow" (same.py).
BUSY = {
    "Convene": lambda connection: fetch(connection, """
        SELECT b.person_id, b.start_at, b.end_at FROM busy b JOIN entries e ON e.id = b.entry_id
        WHERE e.kind = 'meeting' AND e.title <> 'Same' ORDER BY b.person_id, b.start_at"""),
    "Peer": lambda connection: fetch(connection, """
        SELECT i.person_id, m.start_time, m.end_time FROM peer_meeting m JOIN peer_participant i ON i.meeting_id = m.id WHERE m.title <> 'Same'
        UNION ALL SELECT m.host_id, m.start_time, m.end_time FROM peer_meeting m WHERE m.title <> 'Same'
        ORDER BY 1, 2"""),
}


def overlaps(ranges, world):
    """Hosts may have two meetings at a time, and are told so; the accounts do nothing but host, so that everybody else's overlaps are double bookings."""
    found = []
    last, until = None, None
    for person, start, end in ranges:
        if person in world.accounts:
            continue
        if person == last and start < until:
            found.append((person, start, end))
        until = end if person != last else max(until, end)
        last = person
    return found
