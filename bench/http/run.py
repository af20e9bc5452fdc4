#!/usr/bin/python3
"""
Free slots over HTTP, side by side: Convene, and system 2 as a Django REST project (django/), on the same people and events.

    apt-get install wrk gunicorn python3-django python3-djangorestframework      # and the .NET SDK 10
    bench/http/run.py                        # builds this clone; 4 minutes without the build
    bench/http/run.py --server ../other      # another clone, or a folder with a built server

It works in a temporary folder, on free ports of the loopback interface, and ends what it started. Before anything is measured, both must give the
same slots; the 1,000 people's slots are checked against a search of its own. Exit code 1: they differ, or a request was refused or lost.

What to know about the numbers:
- wrk fills in the requests that it could not send while it waited for a slow answer (coordinated omission), so p99 is near the worst under a load that stalls.
- gunicorn's sync workers close the connection after every answer. Connecting is not part of wrk's latency, and a small part of the requests per second.
- "CPU" is what the server used, by answers: it suffers less from a busy machine than the other numbers do. Where few requests fit into a measurement,
  those that it cut off make it too high. "elsewhere" is what neither the server nor wrk used, in processors: if it is not near 0, measure again.

One file of some 400 lines on purpose: it is read and run alone, and its parts (two worlds, two servers, one measurement) share nothing with other benches.
"""
import argparse
import contextlib
import datetime
import http.client
import json
import os
import pathlib
import random
import resource
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import zoneinfo

HERE = pathlib.Path(__file__).resolve().parent
# Where Debian's packages are, whatever Python runs this.
PYTHON = "/usr/bin/python3"
UTC = datetime.timezone.utc
MINUTE = datetime.timedelta(minutes=1)
DAY = datetime.timedelta(days=1)
PATH = "/api/scheduling/find-slots/"
TICKS = os.sysconf("SC_CLK_TCK")

SMALL_ZONES = ["Europe/Berlin", "Europe/London"]
LARGE_ZONES = ["Europe/Berlin", "Europe/London", "Europe/Helsinki", "Europe/Lisbon"]
LARGE_WEEKS = 12
WEEK = 7 * 24 * 60
# Minutes of the week that everybody keeps free, within the hours of all zones: from 10 to 12 in UTC.
KEPT = (10 * 60, 12 * 60)
STEP = 15
DURATION = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", type=pathlib.Path, default=HERE.parent.parent, help="a source tree, or a folder with Convene.Server.dll; default: this clone")
    parser.add_argument("--seconds", type=int, default=15, help="of each measurement; default 15")
    parser.add_argument("--rounds", type=int, default=2, help="how often each side is measured; default 2")
    parser.add_argument("--connections", type=int, default=8, help="default 8")
    parser.add_argument("--people", type=int, default=1000, help="in the large world; default 1000")
    parser.add_argument("--events", type=int, default=500, help="of each of them; default 500")
    parser.add_argument("--anonymous", action="store_true", help="ask Convene without signing in, as system 2 is asked")
    options = parser.parse_args()

    missing = missing_tools()
    if missing:
        sys.exit(f"Missing: {', '.join(missing)}.\nOn Debian: apt-get install wrk gunicorn python3-django python3-djangorestframework; the .NET SDK 10 is from https://dot.net.")

    # SIGTERM ends this like Ctrl-C does, so that the servers end too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        temp = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-bench-")))
        measure(options, temp, stack)


def missing_tools():
    missing = [tool for tool in ["wrk", "dotnet"] if shutil.which(tool) is None]
    for module in ["django", "rest_framework", "gunicorn"]:
        if not os.path.exists(PYTHON) or subprocess.run([PYTHON, "-c", f"import {module}"], cwd="/", capture_output=True).returncode != 0:
            missing.append(f"{module} for {PYTHON}")
    return missing


def measure(options, temp, stack):
    convene = Convene(built(options.server, temp), temp, options.anonymous)
    system2 = System2(temp)
    stack.callback(system2.stop)
    stack.callback(convene.stop)

    small = small_world()
    convene.start()
    convene_ids = convene.load(small)
    system2_ids = system2.load(small)
    system2.start()

    # One body for both: system 2 ignores the rule, since it has no other.
    ask = {"duration_minutes": DURATION, "working_hours_rule": "start"}
    convene_ask, system2_ask = ask | {"user_ids": convene_ids}, ask | {"user_ids": system2_ids}
    sides = {
        "Convene": (convene, PATH, convene_ask),
        "Django REST": (system2, PATH, system2_ask),
        "Django REST, prefetched": (system2, PATH + "?prefetch=1", system2_ask),
    }
    print(f"2 people, 7 days, {len(small[0]['events'])} events each: {same_slots(sides)} slots, the same on both sides.\n", flush=True)

    # As long as a measurement: the runtime still compiles for some seconds under load.
    warm_up = options.seconds
    results = {name: [] for name in sides}
    for name, side in sides.items():
        load(*side, options.connections, warm_up, temp)
    for _ in range(options.rounds):
        for name, side in sides.items():
            results[name].append(load(*side, options.connections, options.seconds, temp))
    print(f"{options.connections} connections, {options.rounds} × {options.seconds} s each in turn, medians:\n")
    print_table("", results)
    for name in list(sides)[1:]:
        rate, cpu = middle(results["Convene"], "rate") / middle(results[name], "rate"), middle(results[name], "cpu") / middle(results["Convene"], "cpu")
        print(f"Convene against {name}: {rate:.1f} × the requests/s, 1/{cpu:.1f} of the CPU for each.")
    print(f"Memory: Convene {convene.memory():.0f} MB, gunicorn with its workers {system2.memory():.0f} MB.\n", flush=True)
    system2.stop()
    convene.stop()

    begin = time.monotonic()
    start, ids, free = fill(convene.database, options.people, options.events)
    end = start + LARGE_WEEKS * 7 * DAY
    large = {"user_ids": ids, "duration_minutes": DURATION, "step_minutes": STEP, "window_start": start.isoformat(), "window_end": end.isoformat()}
    print(f"{options.people:,} people, {LARGE_WEEKS} weeks, {options.events} events each ({time.monotonic() - begin:.0f} s to fill):\n", flush=True)
    cold = []
    for _ in range(3):
        convene.stop()
        convene.start()
        begin = time.perf_counter()
        answer = convene.ask(PATH, large)
        cold.append(time.perf_counter() - begin)
        if [slot["start_time"] for slot in answer["available_slots"]] != free:
            sys.exit(f"WRONG SLOTS for {options.people} people: {answer['total_slots_found']} offered, {len(free)} expected.")
    print(f"{len(free)} slots, the right ones. First request after a start: {', '.join(f'{c * 1e3:.0f}' for c in cold)} ms (the file is in the system's cache).\n", flush=True)
    load(convene, PATH, large, 1, warm_up, temp)
    print_table("connections", {connections: [load(convene, PATH, large, connections, options.seconds, temp)] for connections in dict.fromkeys([1, options.connections])})
    print(f"Memory: {convene.memory():.0f} MB.")


def built(server, temp):
    server = server.resolve()
    if server.is_file():
        return server
    if (server / "Convene.Server.dll").exists():
        return server / "Convene.Server.dll"
    project = server / "src" / "Server"
    if not project.exists():
        sys.exit(f"{server} is neither a source tree of Convene nor a folder with Convene.Server.dll.")
    print("Building …", flush=True)
    build = subprocess.run(
        ["dotnet", "publish", project, "-c", "Release", "-o", temp / "server", f"-p:ArtifactsPath={temp / 'artifacts'}", "--nologo", "-v", "quiet"],
        stdin=subprocess.DEVNULL, cwd=server)
    if build.returncode != 0:
        sys.exit("Convene does not build.")
    return temp / "server" / "Convene.Server.dll"


class Server:
    """A server process on a port of its own choice, which it tells in its log."""

    token = None

    def __init__(self, folder):
        self.folder = folder
        self.folder.mkdir()
        self.process = None
        self.port = None

    def launch(self, command, environment, sign):
        with open(self.folder / "log", "ab") as log:
            position = log.tell()
            # Nothing of the caller's settings reaches the server, be it a database or a mail server.
            kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG") or name.startswith("DOTNET_")}
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=kept | environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            text = (self.folder / "log").read_bytes()[position:].decode(errors="replace")
            if sign in text and "\n" in text.split(sign, 1)[1]:
                self.port = int(text.split(sign, 1)[1].split()[0])
                return
            time.sleep(0.01)
        log = (self.folder / "log").read_text(errors="replace")
        self.stop()
        sys.exit(f"{command} did not start:\n{log}")

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            # The session is the server's own: its workers end with it.
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self.process = None

    def ask(self, path, body, expected=200):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        with contextlib.closing(connection):
            headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {self.token}"} if self.token else {})
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read()
        if response.status != expected:
            sys.exit(f"POST {path}: {response.status} {text[:500]}")
        return json.loads(text)

    def processes(self):
        pids = [self.process.pid]
        for pid in pids:
            with contextlib.suppress(OSError):
                for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
                    pids += [int(child) for child in (task / "children").read_text().split()]
        return pids

    def memory(self):
        """Resident, in MB; what several processes share counts in each."""
        lines = [line for pid in self.processes() for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines()]
        return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024

    def cpu(self):
        # The name in the second field may have spaces.
        fields = [pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in self.processes()]
        return sum(int(f[11]) + int(f[12]) for f in fields) / TICKS


class Convene(Server):
    def __init__(self, program, temp, anonymous):
        super().__init__(temp / "convene")
        self.program = program
        self.anonymous = anonymous
        self.database = self.folder / "convene.db"

    def start(self):
        command = ["dotnet", self.program] if self.program.suffix == ".dll" else [self.program]
        self.launch(
            [*command, "--urls=http://127.0.0.1:0", f"--DATABASE_URL=sqlite:{self.database}", f"--DATA_DIR={self.folder}", "--EMAIL_BACKEND=folder",
             "--ANONYMOUS_SEARCHES_PER_MINUTE=10000000"],
            {}, "Convene runs on http://127.0.0.1:")

    def load(self, people):
        ids = []
        for person in people:
            self.token = None
            account = {"email": person["email"], "password": "correct-horse-7", "timezone": person["timezone"]}
            ids.append(self.ask("/api/auth/register/", account, expected=201)["id"])
            self.token = self.ask("/api/auth/login/", account)["access"]
            for start, end in person["events"]:
                self.ask("/api/events/", {"title": "Busy", "start_time": start, "end_time": end}, expected=201)
        if self.anonymous:
            self.token = None
        return ids


class System2(Server):
    def __init__(self, temp):
        super().__init__(temp / "system2")
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "system2.settings", "SYSTEM2_DATABASE": str(self.folder / "system2.db"),
            "PYTHONPATH": str(HERE / "django"), "PYTHONDONTWRITEBYTECODE": "1",
        }

    def load(self, people):
        done = subprocess.run(
            [PYTHON, HERE / "django" / "load.py"], input=json.dumps(people), cwd=self.folder, env=os.environ | self.environment, stdout=subprocess.PIPE, text=True)
        if done.returncode != 0:
            sys.exit("system 2's database can't be filled.")
        return json.loads(done.stdout)

    def start(self):
        self.launch(
            [PYTHON, "-m", "gunicorn", "--workers", "2", "--bind", "127.0.0.1:0", "--worker-tmp-dir", self.folder, "django.core.wsgi:get_wsgi_application()"],
            self.environment, "Listening at: http://127.0.0.1:")


def small_world():
    chance = random.Random(2)
    first = datetime.datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    return [
        {
            "email": f"person{i}@example.com", "timezone": zone,
            "events": [[time.isoformat() for time in event] for event in events(chance, first, 7, 50)],
        }
        for i, zone in enumerate(SMALL_ZONES, 1)
    ]


def events(chance, first, days, count):
    """Meetings as people have them: on five minutes, a quarter of an hour to an hour long, sometimes two at a time."""
    for _ in range(count):
        start = first + 5 * MINUTE * chance.randrange(days * 24 * 12)
        yield start, start + 15 * MINUTE * chance.randint(1, 4)


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


def fill(file, people, each):
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
    with contextlib.closing(sqlite3.connect(file)) as database:
        person, entry = (database.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchone()[0] for table in ["people", "entries"])
        ids, entries, busy = [], [], []
        for i in range(people):
            person += 1
            ids.append(person)
            database.execute(
                "INSERT INTO people (id, uuid, email, name, timezone, created_at) VALUES (?, ?, ?, '', ?, ?)",
                (person, f"00000000-0000-7000-8000-{person:012x}", f"colleague{i}@example.com", LARGE_ZONES[i % len(LARGE_ZONES)], epoch))
            database.execute("INSERT INTO calendars (person_id, revision, longest_ms) VALUES (?, 1, ?)", (person, 60 * 60_000))
            taken = 0
            while taken < each:
                begin = 5 * chance.randrange(minutes // 5)
                end = begin + 15 * chance.randint(1, 4)
                if begin % WEEK < KEPT[1] and begin % WEEK + end - begin > KEPT[0]:
                    continue
                taken += 1
                entry += 1
                for n in range(max(0, (begin - DURATION) // STEP + 1), min(len(possible), -(-end // STEP))):
                    free[n] = 0
                entries.append((entry, f"00000000-0000-7000-9000-{entry:012x}", person, epoch + begin * 60_000, epoch + end * 60_000))
                busy.append((person, epoch + begin * 60_000, epoch + end * 60_000, entry))
        database.executemany(
            "INSERT INTO entries (id, uuid, kind, organizer_id, title, description, location, status, timezone, local_start, local_end, tzdb, start_at, end_at, created_at, updated_at)"
            " VALUES (?, ?, 'event', ?, 'Busy', '', '', 'scheduled', 'UTC', '', '', '', ?, ?, 0, 0)", entries)
        database.executemany("INSERT INTO busy (person_id, start_at, end_at, entry_id) VALUES (?, ?, ?, ?)", busy)
        database.commit()
    return start, ids, [moment.isoformat() for i, moment in enumerate(possible) if free[i]]


def inside_hours(start, zone):
    opens, closes = (start.astimezone(zone).replace(hour=hour, minute=0) for hour in (9, 17))
    return opens <= start and start + DURATION * MINUTE <= closes


def load(server, path, body, connections, seconds, temp):
    (temp / "body.json").write_text(json.dumps(body))
    environment = os.environ | {"BENCH_BODY": str(temp / "body.json")} | ({"BENCH_AUTHORIZATION": f"Bearer {server.token}"} if server.token else {})
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "60s", "-s", HERE / "find-slots.lua", f"http://127.0.0.1:{server.port}{path}"]
    machine, own, wrk, begin = machine_cpu(), server.cpu(), children_cpu(), time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    machine, own, wrk, took = machine_cpu() - machine, server.cpu() - own, children_cpu() - wrk, time.monotonic() - begin
    if done.returncode != 0 or not done.stdout.splitlines():
        sys.exit(f"wrk: {done.stdout}{done.stderr}")
    told = json.loads(done.stdout.splitlines()[-1])
    if not told["requests"]:
        sys.exit(f"POST {path}, {connections} connections: no answer in {seconds} s. Measure longer (--seconds).")
    if told["refused"] or told["failed"]:
        sys.exit(f"POST {path}, {connections} connections: {told['requests']} answers in {seconds} s, {told['refused']} refused, {told['failed']} lost.")
    return {
        "requests": told["requests"], "rate": told["requests"] / told["duration"] * 1e6, "p50": told["p50"] / 1e3, "p99": told["p99"] / 1e3,
        "cpu": own / told["requests"] * 1e6, "elsewhere": max(0, machine - own - wrk) / took,
    }


def machine_cpu():
    user, nice, system, _, _, irq, softirq, *_ = [int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (user + nice + system + irq + softirq) / TICKS


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def middle(results, key):
    return statistics.median(result[key] for result in results)


def print_table(title, results):
    print(f"| {title} | requests | requests/s | p50, ms | p99, ms | CPU, µs a request | elsewhere |\n|---|---|---|---|---|---|---|")
    for name, runs in results.items():
        p50, p99 = (f"{middle(runs, key):.3g}" if middle(runs, key) < 1000 else f"{middle(runs, key):,.0f}" for key in ("p50", "p99"))
        print(f"| {name} | {sum(run['requests'] for run in runs):,} | {middle(runs, 'rate'):,.1f} | {p50} | {p99} | {middle(runs, 'cpu'):,.0f} | {max(run['elsewhere'] for run in runs):.2f} |")
    print(flush=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
