"""System 2's algorithm in plain Python: every candidate, every user, every event in a list. The same worlds as bench/Slots.cs."""

import sys
import time
from datetime import datetime, timedelta, timezone
from statistics import median
from zoneinfo import ZoneInfo

MONDAY = datetime(2030, 3, 4, tzinfo=timezone.utc)
ZONES = ["UTC", "Europe/Berlin", "Europe/London", "Europe/Athens", "Africa/Lagos"]
WEDNESDAY_14 = 2 * 1440 + 14 * 60


def calendars(people, days, events, common_hour, identical):
    seed = 1

    def following():
        nonlocal seed
        seed = (seed * 1664525 + 1013904223) % 2**32
        return seed >> 8

    result = []
    for _ in range(people):
        if identical:
            seed = 1
        mine = []
        for _ in range(events):
            start = following() % (days * 96) * 15
            end = start + 15 * (1 + following() % 4)
            week = start // 10080 * 10080
            if not common_hour or not (start - week < WEDNESDAY_14 + 60 and end - week > WEDNESDAY_14):
                mine.append((MONDAY + timedelta(minutes=start), MONDAY + timedelta(minutes=end)))
        result.append(mine)
    return result


def find(users, days, length=timedelta(hours=1)):
    slots = []
    candidate = MONDAY
    while candidate < MONDAY + timedelta(days=days):
        end = candidate + length
        for zone, opens, closes, events in users:
            # The whole slot inside the hours, as Convene's default; the original tests its start only.
            start_local, end_local = candidate.astimezone(zone), end.astimezone(zone)
            if start_local.date() != end_local.date() or not (opens <= start_local.time() and end_local.time() <= closes):
                break
            if any(event_start < end and candidate < event_end for event_start, event_end in events):
                break
        else:
            slots.append((candidate, end))
        candidate += timedelta(minutes=15)
    return slots


def main():
    for world in ["2x7x50", "10x28x200", "100x28x200", "1000x84x500", "1000x84x500 common hour", "1000x84x500 identical"]:
        people, days, events = map(int, world.split()[0].split("x"))
        zones = ZONES[:1] if " " in world else ZONES[:2] if people == 2 else ZONES
        nine, five = datetime(2030, 1, 1, 9).time(), datetime(2030, 1, 1, 17).time()
        users = [(ZoneInfo(zones[p % len(zones)]), nine, five, e)
                 for p, e in enumerate(calendars(people, days, events, world.endswith("hour"), world.endswith("identical")))]
        times = []
        for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 5):
            begun = time.perf_counter()
            slots = find(users, days)
            times.append(time.perf_counter() - begun)
        print(f"{world:26} {median(times) * 1e6:14,.0f} us   {len(slots)} slots")


main()
