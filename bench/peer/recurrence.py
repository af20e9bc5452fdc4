"""The series of bench/Recurrence.cs in python3-dateutil with zoneinfo. Processor time, medians of five runs."""
import statistics
import time
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

ZONE = ZoneInfo("America/New_York")
WEEK = datetime(2026, 6, 1, tzinfo=ZONE)
CASES = [
    ("week of a daily series begun in 2026", 2026, "FREQ=DAILY", None),
    ("week of a daily series begun in 1900", 1900, "FREQ=DAILY", None),
    ("10,000 on MO,WE,FR", 2020, "FREQ=WEEKLY;BYDAY=MO,WE,FR", 10_000),
    ("two years of MO,WE,FR", 2020, "FREQ=WEEKLY;BYDAY=MO,WE,FR", 314),
    ("ten years of last Fridays", 2020, "FREQ=MONTHLY;BYDAY=-1FR", 120),
    ("two years of days", 2020, "FREQ=DAILY", 731),
]


def dateutil(year, rule, count):
    every = rrulestr(rule, dtstart=datetime(year, 1, 6, 9, tzinfo=ZONE), cache=False)
    times = every.between(WEEK, WEEK + timedelta(days=7), inc=True) if count is None else islice(every, count)
    return sum(t.timestamp() for t in times)


def median(run):
    spent = []
    for _ in range(5):
        begun = time.process_time()
        run()
        spent.append(time.process_time() - begun)
    return statistics.median(spent)


if __name__ == "__main__":
    for name, year, rule, count in CASES:
        print(f"{name}: {median(lambda: dateutil(year, rule, count)) * 1e6:,.1f} µs")
