"""Free slots alone: two people's week as system 2 searches it, and twelve weeks of a thousand people. On SQLite."""
import datetime
import json
import random
import sys
import time
import zoneinfo

from databases import Sqlite
from load import load_body, middle, print_table
from servers import Convene, Peer, built
from world import World

UTC = datetime.timezone.utc
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
PATH = "/api/scheduling/find-slots/"

SMALL_ZONES = ["Europe/Berlin", "Europe/London"]
LARGE_ZONES = ["Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Lisbon"]
LARGE_WEEKS = 12
WEEK = 7 * 24 * 60
# Minutes of the week that everybody keeps free, within the hours of all zones: from 10 to 12 in UTC.
KEPT = (10 * 60, 12 * 60)
STEP = 15
DURATION = 60


def options(parser):
    parser.add_argument("--seconds", type=int, default=15, help="of each measurement; default 15")
    parser.add_argument("--rounds", type=int, default=2, help="how often each side is measured; default 2")
    parser.add_argument("--connections", type=int, default=8, help="default 8")
    parser.add_argument("--people", type=int, default=1000, help="in the large world; default 1000")
    parser.add_argument("--events", type=int, default=500, help="of each of them; default 500")
    parser.add_argument("--anonymous", action="store_true", help="ask Convene without signing in, as system 2 is asked")


def measure(given, temp, stack):
    convene = Convene(built(given.server, temp), temp / "convene", Sqlite(temp / "convene.db"))
    peer = Peer(temp / "peer", Sqlite(temp / "peer.db"))
    stack.callback(peer.stop)
    stack.callback(convene.stop)

    # Nobody but the account that asks.
    world = World(people=0, meetings=0, accounts=1, hosted=0)
    convene.start()
    convene.stop()
    world.fill_convene(convene.database)
    peer.migrate()
    world.fill_peer(peer.database)
    body = fill_both(convene.database, peer.database, world.accounts.stop)
    if not given.anonymous:
        convene.credential = f"Token {world.token(world.accounts[0])}"
    convene.start()
    peer.start()

    sides = {
        "Convene": (convene, PATH, body),
        "Django REST": (peer, PATH, body),
        "Django REST, prefetched": (peer, PATH + "?prefetch=1", body),
    }
    print(f"2 people, 7 days, 50 events each: {same_slots(sides)} slots, the same on both sides.\n", flush=True)

    # As long as a measurement: the runtime still compiles for some seconds under load.
    warm_up = given.seconds
    results = {name: [] for name in sides}
    for side in sides.values():
        load_body(*side, given.connections, warm_up, temp)
    for _ in range(given.rounds):
        for name, side in sides.items():
            results[name].append(load_body(*side, given.connections, given.seconds, temp))
    print(f"{given.connections} connections, {given.rounds} × {given.seconds} s each in turn, medians:\n")
    print_table("", results)
    for name in list(sides)[1:]:
        rate, cpu = middle(results["Convene"], "rate") / middle(results[name], "rate"), middle(results[name], "cpu") / middle(results["Convene"], "cpu")
        print(f"Convene against {name}: {rate:.1f} × the requests/s, 1/{cpu:.1f} of the CPU for each.")
    print(f"Memory: Convene {convene.memory():.0f} MB, gunicorn with its workers {peer.memory():.0f} MB.\n", flush=True)
    peer.stop()
    convene.stop()

    begin = time.monotonic()
    start, ids, free = fill_large(convene.database, given.people, given.events)
    end = start + LARGE_WEEKS * 7 * DAY
    large = {"user_ids": ids, "duration_minutes": DURATION, "step_minutes": STEP, "window_start": start.isoformat(), "window_end": end.isoformat()}
    print(f"{given.people:,} people, {LARGE_WEEKS} weeks, {given.events} events each ({time.monotonic() - begin:.0f} s to fill):\n", flush=True)
    cold = []
    for _ in range(3):
        convene.stop()
        convene.start()
        begin = time.perf_counter()
        answer = convene.ask(PATH, large)
        cold.append(time.perf_counter() - begin)
        if [slot["start_time"] for slot in answer["available_slots"]] != free:
            sys.exit(f"WRONG SLOTS for {given.people} people: {answer['total_slots_found']} offered, {len(free)} expected.")
    print(f"{len(free)} slots, the right ones. First request after a start: {', '.join(f'{c * 1e3:.0f}' for c in cold)} ms (the file is in the system's cache).\n", flush=True)
    load_body(convene, PATH, large, 1, warm_up, temp)
    print_table("connections", {connections: [load_body(convene, PATH, large, connections, given.seconds, temp)] for connections in dict.fromkeys([1, given.connections])})
    print(f"Memory: {convene.memory():.0f} MB.")


def fill_both(convene, peer, person):
    """Two people with 50 events each in the coming week, on both sides, numbered from `person` on: the search for their slots."""
    chance = random.Random(2)
    first = datetime.datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    people = {person + i: (zone, list(events(chance, first, 7, 50))) for i, zone in enumerate(SMALL_ZONES)}
    now = first.timestamp()
    with convene.open() as connection:
        insert_people(convene, connection, {id: zone for id, (zone, _) in people.items()}, "slots", now)
        insert_events(convene, connection, [(id, int(start.timestamp() * 1000), int(end.timestamp() * 1000)) for id, (_, taken) in people.items() for start, end in taken], now)
    with peer.open() as connection:
        peer.insert(connection, "peer_user", "id, password, is_superuser, username, first_name, last_name, email, is_staff, is_active, date_joined, timezone, working_hours_start, working_hours_end", [
            (id, "!", 0, f"slots{id}@example.com", "", "", f"slots{id}@example.com", 0, 1, peer.moment(now), zone, "09:00:00", "17:00:00") for id, (zone, _) in people.items()])
        peer.insert(connection, "peer_event", "owner_id, title, start_time, end_time, event_type, description, created_at, updated_at", [
            (id, "Busy", peer.moment(start.timestamp()), peer.moment(end.timestamp()), "busy", "", peer.moment(now), peer.moment(now)) for id, (_, taken) in people.items() for start, end in taken])
    # One body for both: system 2 ignores the rule, since it has no other.
    return {"user_ids": list(people), "duration_minutes": DURATION, "working_hours_rule": "start"}


def events(chance, first, days, count):
    """Meetings as people have them: on five minutes, a quarter of an hour to an hour long, sometimes two at a time."""
    for _ in range(count):
        start = first + 5 * MINUTE * chance.randrange(days * 24 * 12)
        yield start, start + 15 * MINUTE * chance.randint(1, 4)


def write_body(folder, body):
    (folder / "body.json").write_text(json.dumps(body))


def same_slots(sides):
    """How many slots there are. Convene offers no past starts, and its week begins at the next half hour: only what both have tried must be the same."""
    before = datetime.datetime.now(UTC)
    answers = {name: server.ask(path, body) for name, (server, path, body) in sides.items()}
    after = datetime.datetime.now(UTC)
    slots = {}
    for name, answer in answers.items():
        starts = [datetime.datetime.fromisoformat(slot["start_time"]) for slot in answer["available_slots"]]
        slots[name] = [start for start in starts if start >= after and start + DURATION * MINUTE <= before + 7 * DAY]
    if len({tuple(starts) for starts in slots.values()}) != 1 or not slots["Convene"]:
        sys.exit("THE SLOTS DIFFER:\n" + "\n".join(f"{name}: {', '.join(str(start) for start in starts)}" for name, starts in slots.items()))
    return len(slots["Convene"])


def fill_large(database, people, each):
    """
    The large world, straight into the database of a stopped server: its first day, who is in it, and the slots that must be found.
    Everybody keeps two hours a week free, so that there is something to find: a search that ended at the first person without a common hour left would be no measure.
    """
    chance = random.Random(1000)
    start = datetime.datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    minutes = LARGE_WEEKS * WEEK
    possible = [start + STEP * MINUTE * i for i in range(minutes // STEP)]
    free = bytearray(b"\1") * len(possible)
    for zone in LARGE_ZONES:
        for i, moment in enumerate(possible):
            free[i] &= inside_hours(moment, zoneinfo.ZoneInfo(zone))

    epoch = int(start.timestamp() * 1000)
    with database.open() as connection:
        first = connection.execute("SELECT max(id) + 1 FROM people").fetchone()[0]
        zones = {first + i: LARGE_ZONES[i % len(LARGE_ZONES)] for i in range(people)}
        insert_people(database, connection, zones, "colleague", start.timestamp())
        taken = []
        for person in zones:
            count = 0
            while count < each:
                begin = 5 * chance.randrange(minutes // 5)
                end = begin + 15 * chance.randint(1, 4)
                if begin % WEEK < KEPT[1] and begin % WEEK + end - begin > KEPT[0]:
                    continue
                taken.append((person, epoch + begin * 60_000, epoch + end * 60_000))
                # A slot from `begin - DURATION` (not itself) to `end` would overlap.
                for i in range(max(0, (begin - DURATION) // STEP + 1), min(len(free), -(-end // STEP))):
                    free[i] = 0
                count += 1
        insert_events(database, connection, taken, start.timestamp())
    return start, list(zones), [moment.isoformat() for i, moment in enumerate(possible) if free[i]]


def insert_people(database, connection, zones, name, now):
    """Into Convene's."""
    database.insert(connection, "people", "id, uuid, email, name, timezone, created_at", [
        (id, f"00000000-0000-7000-8000-{id:012x}", f"{name}{id}@example.com", "", zone, int(now * 1000)) for id, zone in zones.items()])
    database.insert(connection, "calendars", "person_id, revision, longest_ms", [(id, 1, 60 * 60_000) for id in zones])


def insert_events(database, connection, taken, now):
    """Into Convene's: events of these people's own, from and to which millisecond."""
    begin = next_entry(connection)
    database.insert(connection, "entries", "id, uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, created_at, updated_at", [
        (id, f"00000000-0000-7000-9000-{id:012x}", "event", person, "Busy", "", "", "scheduled", "UTC", wall(start), wall(end), "", start, end, int(now * 1000), int(now * 1000))
        for id, (person, start, end) in enumerate(taken, begin)])
    database.insert(connection, "busy", "person_id, start_at, end_at, entry_id", [(person, start, end, id) for id, (person, start, end) in enumerate(taken, begin)])


def next_entry(connection):
    # sqlite3's connection gives a cursor, psycopg2's cursor is one.
    return (connection.execute("SELECT coalesce(max(id), 0) + 1 FROM entries") or connection).fetchone()[0]


def wall(milliseconds):
    return datetime.datetime.fromtimestamp(milliseconds / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")


def inside_hours(start, zone):
    opens, closes = (start.astimezone(zone).replace(hour=hour, minute=0) for hour in (9, 17))
    return opens <= start and start + DURATION * MINUTE <= closes
