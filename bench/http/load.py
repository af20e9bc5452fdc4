"""One measurement with wrk, and tables of them."""
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import time

from servers import HERE, TICKS


def load(server, path, connections, seconds, folder, kind, seed=1, title=""):
    """Requests of a kind (requests.lua) to a path. `folder` has what they are made from."""
    environment = os.environ | {"BENCH_KIND": kind, "BENCH_FOLDER": str(folder), "BENCH_SEED": str(seed), "BENCH_TITLE": title}
    if server.credential:
        environment["BENCH_AUTHORIZATION"] = server.credential
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds:g}s", "--timeout", "60s", "-s", HERE / "requests.lua", f"http://127.0.0.1:{server.port}{path}"]
    machine, own, wrk, begin = machine_cpu(), server.cpu(), children_cpu(), time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    machine, own, wrk, took = machine_cpu() - machine, server.cpu() - own, children_cpu() - wrk, time.monotonic() - begin
    if done.returncode != 0 or not done.stdout.splitlines() or not done.stdout.splitlines()[-1].startswith("{"):
        sys.exit(f"wrk: {done.stdout}{done.stderr}")
    come_to_rest(server)
    told = json.loads(done.stdout.splitlines()[-1])
    if not told["requests"]:
        sys.exit(f"{server.folder.name}: {kind} {path}, {connections} connections: no answer in {seconds} s. Measure longer (--seconds).")
    return {
        "requests": told["requests"], "rate": told["requests"] / told["duration"] * 1e6, "p50": told["p50"] / 1e3, "p99": told["p99"] / 1e3,
        "booked": told["booked"] / told["duration"] * 1e6,
        "cpu": own / told["requests"] * 1e6, "elsewhere": max(0, machine - own - wrk) / took, "refused": told["refused"], "failed": told["failed"],
    }


def load_body(server, path, body, connections, seconds, folder):
    """One body again and again; every answer has to be a good one."""
    (folder / "body.json").write_text(json.dumps(body))
    result = load(server, path, connections, seconds, folder, "body")
    if result["refused"] or result["failed"]:
        sys.exit(f"{server.folder.name}: POST {path}, {connections} connections: {result['requests']} answers in {seconds} s, {result['refused']} refused, {result['failed']} lost.")
    return result


def come_to_rest(server):
    """wrk hangs up at the end, but what it had sent by then is in the server's queue: nobody else is measured while that is worked off."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        before = server.cpu()
        time.sleep(0.25)
        if server.cpu() - before <= 0.02:
            break


def machine_cpu():
    user, nice, system, _, _, irq, softirq, *_ = [int(ticks) for ticks in pathlib.Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]]
    return (user + nice + system + irq + softirq) / TICKS


def children_cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def middle(results, key):
    return statistics.median(result[key] for result in results)


def number(value):
    return f"{value:.3g}" if value < 1000 else f"{value:,.0f}"


def print_table(title, results):
    print(f"| {title} | requests | requests/s | p50, ms | p99, ms | CPU, µs a request | elsewhere | refused, lost |\n|---|---|---|---|---|---|---|---|")
    for name, runs in results.items():
        bad = f"{sum(run['refused'] for run in runs)}, {sum(run['failed'] for run in runs)}"
        print(f"| {name} | {sum(run['requests'] for run in runs):,} | {middle(runs, 'rate'):,.1f} | {number(middle(runs, 'p50'))} | {number(middle(runs, 'p99'))} "
              f"| {middle(runs, 'cpu'):,.0f} | {max(run['elsewhere'] for run in runs):.2f} | {bad} |")
    print(flush=True)
