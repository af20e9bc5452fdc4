"""How long an answer takes while the store grows: from 1,000 to 1,000,000 meetings of 100,000 people. With a table and a plot."""
import pathlib
import sys
import time

import plot
from databases import Cluster, Postgres, Sqlite
from load import load, middle, number
from servers import HERE, Convene, built
from world import World

KINDS = {
    "create": ("create", "/api/meetings/"),
    "check-conflicts": ("check", "/api/meetings/check-conflicts/"),
    "list of 100": ("list", "/api/meetings/?page_size=100"),
    "find-slots": ("slots", "/api/scheduling/find-slots/"),
}
# The smallest store has a full page for each of them.
ACCOUNTS, HOSTED = 8, 100
# From the smallest store to the largest.
LARGEST_GROWTH = 1.3
PLOT = HERE.parent.parent / "docs" / "images" / "growth.svg"


def options(parser):
    parser.add_argument("--meetings", type=int, nargs="+", default=[1_000, 30_000, 1_000_000], help="in each store; default 1000 30000 1000000")
    parser.add_argument("--people", type=int, default=100_000, help="in all of them; default 100,000")
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], action="append", help="default: both")
    parser.add_argument("--seconds", type=int, default=10, help="of each measurement; default 10")
    parser.add_argument("--rounds", type=int, default=5, help="how often each store is measured; default 5")
    parser.add_argument("--connections", type=int, default=4, help="default 4: answers that don't wait for each other")
    parser.add_argument("--plot", type=pathlib.Path, default=PLOT, help="where to write it; default: docs/images/growth.svg")


def measure(given, temp, stack):
    sizes = sorted(given.meetings)
    if sizes[0] < ACCOUNTS * HOSTED:
        sys.exit(f"At least {ACCOUNTS * HOSTED} meetings.")
    program = built(given.server, temp)
    results = {}
    for engine in dict.fromkeys(given.engine or ["sqlite", "postgresql"]):
        folder = temp / engine
        folder.mkdir()
        cluster = Cluster(temp / "postgres") if engine == "postgresql" else None
        try:
            name, medians = on_one_engine(given, sizes, program, folder, cluster, stack)
        finally:
            if cluster:
                cluster.stop()
        results[name] = medians
    given.plot.write_text(plot.lines(f"Median time of an answer by meetings in the store, {given.people:,} people", sizes, results, "ms"))
    print(f"\nThe plot: {given.plot}")


def on_one_engine(given, sizes, program, folder, cluster, stack):
    """All stores side by side and measured in turn, so that what slows the machine slows all of them: medians of the p50s by kind, in the order of the sizes."""
    servers = {}
    for size in sizes:
        begin = time.monotonic()
        database = Postgres(cluster, f"convene{size}") if cluster else Sqlite(folder / f"convene{size}.db")
        convene = servers[size] = Convene(program, folder / f"server{size}", database)
        stack.callback(convene.stop)
        world = World(given.people, size, ACCOUNTS, HOSTED)
        convene.start()
        convene.stop()
        world.fill_convene(database)
        world.describe(convene.folder)
        print(f"{database.engine}, {size:,} meetings of {given.people:,} people: {database.bytes() / 1e6:,.0f} MB, {time.monotonic() - begin:.0f} s to fill.", flush=True)
    for convene in servers.values():
        convene.start("--RUN_JOBS=false")

    largest, engine = database, database.engine
    print(f"\n{engine}, {given.connections} connections, {given.rounds} × {given.seconds} s each in turn; p50 in ms, medians\n")
    print(f"| | {' | '.join(f'{size:,}' for size in sizes)} | growth | rows scanned, a request | elsewhere |\n|---|{'---|' * len(sizes)}---|---|---|", flush=True)
    medians = {}
    # What changes the stores comes last.
    for kind in reversed(KINDS):
        runs = {size: [] for size in sizes}
        scanned, requests = largest.scanned(), 0
        for turn in range(given.rounds + 1):
            # There and back, so that none is always the first after a rest.
            for size, convene in reversed(servers.items()) if turn % 2 else servers.items():
                run = load(convene, KINDS[kind][1], given.connections, given.seconds, convene.folder, KINDS[kind][0], seed=turn, title="Growth")
                if run["refused"] or run["failed"]:
                    sys.exit(f"{engine}, {size:,} meetings, {kind}: {run['refused']} of {run['requests']} refused, {run['failed']} lost.")
                requests += run["requests"] if convene.database is largest else 0
                # The first turn is to warm up.
                if turn > 0:
                    runs[size].append(run)
        # In the largest store: what grows with it, told also where the machine is too busy for the times to tell.
        scans = "" if scanned is None else f"{(largest.scanned() - scanned) / requests:,.0f}"
        medians[kind] = [middle(runs[size], "p50") for size in sizes]
        growth = medians[kind][-1] / medians[kind][0]
        elsewhere = max(run["elsewhere"] for size in sizes for run in runs[size])
        print(f"| {kind} | {' | '.join(number(p50) for p50 in medians[kind])} | {growth:.2f} × ({'less' if growth < LARGEST_GROWTH else 'NOT LESS'} than {LARGEST_GROWTH}) | {scans} | {elsewhere:.2f} |", flush=True)
    print()
    for convene in servers.values():
        convene.stop()
    return engine, medians
