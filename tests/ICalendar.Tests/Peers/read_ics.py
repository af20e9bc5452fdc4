"""Reads a calendar from standard input with python-icalendar, strictly, and prints what it saw as JSON.

Times are given twice, as seconds since 1970: by the zone that Python knows under the TZID, and by the VTIMEZONE in the file.
"""
import json
import sys

from icalendar import Calendar


TEXTS = ("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "URL", "TRANSP")


def seconds(value):
    return int(value.timestamp())


def by_file(prop, zones):
    tzid = prop.params.get("TZID")
    if tzid is None:
        return seconds(prop.dt)
    return seconds(zones[tzid].localize(prop.dt.replace(tzinfo=None)))


def person(prop):
    return {"address": str(prop), "parameters": dict(prop.params)}


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def event(component, zones):
    organizer = component.get("ORGANIZER")
    return {
        "uid": str(component["UID"]),
        "names": sorted(component.keys()),
        "texts": {name: str(component[name]) for name in TEXTS if name in component},
        "start": seconds(component["DTSTART"].dt),
        "startByFile": by_file(component["DTSTART"], zones),
        "endByFile": by_file(component["DTEND"], zones),
        "stamp": seconds(component["DTSTAMP"].dt),
        "sequence": int(component["SEQUENCE"]),
        "organizer": person(organizer) if organizer is not None else None,
        "attendees": [person(attendee) for attendee in listed(component.get("ATTENDEE"))],
        "alarms": [int(alarm["TRIGGER"].dt.total_seconds()) for alarm in component.walk("VALARM")],
    }


calendar = Calendar.from_ical(sys.stdin.buffer.read())
errors = [str(error) for component in calendar.walk() for error in component.errors]
if errors:
    sys.exit("python-icalendar: " + "; ".join(errors))
zones = {str(component["TZID"]): component.to_tz() for component in calendar.walk("VTIMEZONE")}
json.dump(
    {
        "method": str(calendar["METHOD"]) if "METHOD" in calendar else None,
        "name": str(calendar["NAME"]) if "NAME" in calendar else None,
        "zones": sorted(zones),
        "events": [event(component, zones) for component in calendar.walk("VEVENT")],
    },
    sys.stdout,
)
