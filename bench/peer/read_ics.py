"""The text of bench/CalendarReadings.cs with python-icalendar (Debian: python3-icalendar): read 1,000 events, median of 15 runs, in microseconds.

The text is written by write_ics.py's generator, so that nothing of ours is needed. With "values" each event's times are taken out as well."""
import statistics
import sys
import time

import icalendar

from write_ics import write

text = write(1000)


def read():
    calendar = icalendar.Calendar.from_ical(text)
    if "values" in sys.argv:
        return [(str(e["uid"]), e["dtstart"].dt, e["dtend"].dt, str(e["summary"])) for e in calendar.walk("VEVENT")]
    return calendar


times = []
for _ in range(15):
    begin = time.perf_counter()
    read()
    times.append(time.perf_counter() - begin)
print(f"{len(text)} octets, {statistics.median(times) * 1e6:.0f} us")
