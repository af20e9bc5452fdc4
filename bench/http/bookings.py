"""Meetings: booked, listed, exported, checked for conflicts; and free slots. On both databases."""
import sys
import time

import same
import slots
import whole
from databases import Cluster, Postgres, Sqlite
from load import load, middle, number, print_table
from servers import Convene, Peer, built, is_ready_to_run
from world import World

# What is asked: the kind of requests.lua, the path, and how many times the peer's requests a second issue 6 wants.
KINDS = {
    "find-slots": ("body", slots.PATH, 60),
    "check-conflicts": ("check", "/api/meetings/check-conflicts/", None),
    "list of 100": ("list", "/api/meetings/?page_size=100", 40),
    "export-ics": ("export", "/", 20),
    "create": ("create", "/api/meetings/", 30),
}
SLOWEST_P99 = 20
LARGEST_IDLE = 150
LONGEST_START = 1000


def options(parser):
    parser.add_argument("--quick", action="store_true", help="small and short")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append", help="default: both")
    parser.add_argument("--only", choices=KINDS, action="append", help="default: all")
    parser.add_argument("--seconds", type=int, help="of each measurement; default 15, or 4")
    parser.add_argument("--rounds", type=int, help="how often each side is measured; default 3, or 1")
    parser.add_argument("--connections", type=int, default=32, help="default 32")
    parser.add_argument("--people", type=int, help="default 10,000, or 500")
    parser.add_argument("--with-jobs", action="store_true", help="Convene sends its mail meanwhile, into a folder; the peer has nothing that sends")


def measure(given, temp, stack):
    given.seconds = given.seconds or (4 if given.quick else 15)
    given.rounds = given.rounds or (1 if given.quick else 3)
    people = given.people or (500 if given.quick else 10_000)
    program = built(given.server, temp)
    # Everybody is in ten meetings; each account hosts more than a page of them.
    accounts, hosted = (16, 120) if given.quick else (64, 120)
    world = World(people, max(people * 10 // 3, accounts * hosted), accounts, hosted)
    print(f"{people:,} people, {world.count:,} meetings, {len(world.accounts)} accounts, {given.connections} connections, {given.rounds} × {given.seconds} s each in turn, medians."
          f" Convene is {'' if is_ready_to_run(program) else 'not '}compiled beforehand (ReadyToRun).\n", flush=True)

    good = True
    for engine in dict.fromkeys(given.engine or ["sqlite", "postgresql"]):
        folder = temp / engine
        folder.mkdir()
        if engine == "postgresql":
            cluster = Cluster(temp / "postgres")
            stack.callback(cluster.stop)
            databases = Postgres(cluster, "convene"), Postgres(cluster, "peer")
        else:
            databases = Sqlite(folder / "convene.db"), Sqlite(folder / "peer.db")
        convene, peer = Convene(program, folder / "convene", databases[0]), Peer(folder / "peer", databases[1])
        stack.callback(convene.stop)
        stack.callback(peer.stop)
        good &= on_one_engine(given, world, folder, convene, peer)
        peer.stop()
        convene.stop()
    if not good:
        sys.exit("NOT AS IT HAS TO BE: see above.")


def on_one_engine(given, world, folder, convene, peer):
    print(f"## {convene.database.engine}\n", flush=True)
    settings = [] if given.with_jobs else ["--RUN_JOBS=false"]
    begin = time.monotonic()
    convene.start(*settings)
    convene.stop()
    world.fill_convene(convene.database)
    peer.migrate()
    world.fill_peer(peer.database)
    searched = slots.fill_both(convene.database, peer.database, world.accounts.stop)
    world.describe(folder)
    print(f"{time.monotonic() - begin:.0f} s to fill: Convene {convene.database.bytes() / 1e6:.0f} MB, Django {peer.database.bytes() / 1e6:.0f} MB.", flush=True)

    starts = []
    for _ in range(3):
        convene.stop()
        starts.append(first_answer(convene, world, settings))
    time.sleep(3 if given.quick else 30)
    idle = convene.memory()
    bars = [(f"first 200 after {', '.join(f'{start:.0f}' for start in starts)} ms", sorted(starts)[1] <= LONGEST_START), (f"idle after that: {idle:.0f} MB", idle <= LARGEST_IDLE)]
    print(f"First 200 after a start on this database: {', '.join(f'{start:.0f}' for start in starts)} ms. Idle: {idle:.0f} MB.", flush=True)
    peer.start()

    sides = {"Convene": convene, "Django REST": peer}
    for side in sides.values():
        side.credential = f"Token {world.token(world.accounts[0])}"
    same.answers(world, convene, peer)
    slots.write_body(folder, searched)
    print(f"{slots.same_slots({name: (side, slots.PATH, searched) for name, side in sides.items()})} slots and everything else asked: the same on both sides.\n", flush=True)

    booked = {name: 0 for name in sides}
    good = True
    for title, (kind, path, bar) in KINDS.items():
        if given.only and title not in given.only:
            continue
        results = {name: [] for name in sides}
        # As long as a measurement: the runtime still compiles for some seconds under load.
        for turn in range(given.rounds + 1):
            for name, side in sides.items():
                result = load(side, path, given.connections, given.seconds, folder, kind, seed=1000 * turn + len(name), title=whole.TITLE)
                if kind == "create":
                    booked[name] += result["requests"] - result["refused"]
                if name == "Convene" and (result["refused"] or result["failed"]):
                    print(f"CONVENE: {title}: {result['refused']} refused, {result['failed']} lost.", flush=True)
                    good = False
                if turn > 0:
                    results[name].append(result)
        print_table(title, results)
        ratio = middle(results["Convene"], "rate") / middle(results["Django REST"], "rate")
        cpu = middle(results["Django REST"], "cpu") / middle(results["Convene"], "cpu")
        print(f"{title}: {ratio:.1f} × the requests/s, 1/{cpu:.1f} of the CPU for each.\n", flush=True)
        if bar:
            bars.append((f"{title} {ratio:.1f} × (at least {bar})", ratio >= bar))
        p99 = middle(results["Convene"], "p99")
        bars.append((f"{title} p99 {number(p99)} ms", p99 <= SLOWEST_P99))

    good &= whole.check(world, sides, booked, given)
    print(f"Memory: Convene {convene.memory():.0f} MB, gunicorn with its workers {peer.memory():.0f} MB.\n")
    print("Bars of issue 6: " + "; ".join(f"{bar}: {'reached' if reached else 'NOT REACHED'}" for bar, reached in bars) + ".\n", flush=True)
    return good


def first_answer(convene, world, settings):
    """Milliseconds from the start of the process to the first list of meetings."""
    begin = time.perf_counter()
    convene.start(*settings)
    convene.ask("/api/meetings/?page_size=1", credential=f"Token {world.token(world.accounts[0])}")
    return (time.perf_counter() - begin) * 1e3
