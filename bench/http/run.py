#!/usr/bin/python3
"""
Convene over HTTP, side by side with a Django REST project that follows the same rules (bench/peer/django, gunicorn with 2 workers).

    apt-get install wrk gunicorn python3-django python3-djangorestframework python3-icalendar python3-psycopg2 postgresql    # and the .NET SDK 10
    bench/http/run.py bookings               # create, list, export, check-conflicts, find-slots on both databases; 25 minutes
    bench/http/run.py slots                  # free slots alone, and a search over 1,000 people; 4 minutes
    bench/http/run.py growth                 # how answers slow down up to a million meetings, with a plot; 30 minutes
    bench/http/run.py overload               # far more clients than at the peak: what is left of it; 6 minutes
    bench/http/run.py bookings --quick       # small and short: whether it runs, not how fast
    bench/http/run.py bookings --server DIR  # another clone, or a folder with a built server

It builds this clone as a release, works in a temporary folder, on free ports of the loopback interface, and ends what it started. Both sides keep every commit on the disk before
they acknowledge it (SQLite: WAL, synchronous FULL; PostgreSQL: fsync), share one PostgreSQL, keep their connections, and send no mail: what they owe stays in the outbox.

Before anything is measured, both sides must answer the same. After it, everything acknowledged must be stored, and nobody may have two meetings at a time.
Exit code 1: something of that is not so, or Convene refused or lost a request.

What to know about the numbers:
- wrk fills in the requests that it could not send while it waited for a slow answer (coordinated omission), so p99 is near the worst under a load that stalls.
- gunicorn's sync workers close the connection after every answer. Connecting is not part of wrk's latency, and a small part of the requests per second.
- "CPU" is what the server and its database used, by answers: it suffers less from a busy machine than the other numbers do. Where few requests fit into a measurement,
  those that it cut off make it too high. "elsewhere" is what neither these nor wrk used, in processors: if it is not near 0, measure again.
- What the stores are filled with has no mail and no audit, on either side: those tables are only added to at their end, and grow by what is booked meanwhile.
- The peer does less where that is simpler: it knows no hours, series or reminders, and writes calendar files in UTC. It writes each invitation within the request; Convene keeps
  what the invitation says, and writes it out when it is sent.
"""
import argparse
import contextlib
import pathlib
import signal
import sys
import tempfile

import bookings
import growth
import overload
import slots
from servers import HERE, require_tools


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    benches = parser.add_subparsers(required=True, metavar="bookings | slots | growth | overload")
    for bench in (bookings, slots, growth, overload):
        options = benches.add_parser(bench.__name__, help=bench.__doc__.splitlines()[0])
        options.add_argument("--server", type=pathlib.Path, default=HERE.parent.parent, help="a source tree, or a folder with Convene.Server.dll; default: this clone")
        bench.options(options)
        options.set_defaults(measure=bench.measure)
    given = parser.parse_args()

    require_tools()
    # SIGTERM ends this like Ctrl-C does, so that the servers end too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with contextlib.ExitStack() as stack:
        temp = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="convene-bench-")))
        given.measure(given, temp, stack)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped.")
