import zoneinfo

import icalendar
from django.utils import timezone

TEXT = """\
{host} invites you to {title}.

When:  {start:%A, %d %B %Y, %H:%M} - {end:%H:%M} ({zone})
Where: {location}
Who:   {people}

{description}
"""


def invitation(meeting):
    """Subject, text and calendar of the mail."""
    zone = zoneinfo.ZoneInfo(meeting.timezone)
    text = TEXT.format(
        host=meeting.host.first_name or meeting.host.email, title=meeting.title, start=meeting.start_time.astimezone(zone), end=meeting.end_time.astimezone(zone), zone=zone,
        location=meeting.location or "-", people=", ".join(p.person.email for p in meeting.participants.all()), description=meeting.description)
    return f"Invitation: {meeting.title}", text, calendar(meeting, "REQUEST").decode()


def calendar(meeting, method):
    """In UTC, so that no VTIMEZONE is needed: less than Convene writes."""
    event = icalendar.Event()
    event.add("UID", str(meeting.id))
    event.add("DTSTAMP", timezone.now())
    event.add("DTSTART", meeting.start_time.astimezone(timezone.utc))
    event.add("DTEND", meeting.end_time.astimezone(timezone.utc))
    event.add("SUMMARY", meeting.title)
    if meeting.description:
        event.add("DESCRIPTION", meeting.description)
    if meeting.location:
        event.add("LOCATION", meeting.location)
    event.add("STATUS", "CANCELLED" if meeting.status == "cancelled" else "CONFIRMED")
    event.add("SEQUENCE", meeting.sequence)
    event.add("ORGANIZER", address(meeting.host.email, CN=meeting.host.first_name or meeting.host.email))
    for participant in meeting.participants.all():
        status = "NEEDS-ACTION" if participant.status == "pending" else participant.status.upper()
        event.add("ATTENDEE", address(participant.person.email, CN=participant.name or participant.person.email, PARTSTAT=status, RSVP="TRUE"), encode=0)
    whole = icalendar.Calendar()
    whole.add("PRODID", "-//Convene bench//Django//EN")
    whole.add("VERSION", "2.0")
    whole.add("METHOD", method)
    whole.add_component(event)
    return whole.to_ical()


def address(email, **parameters):
    value = icalendar.vCalAddress(f"mailto:{email}")
    for name, text in parameters.items():
        value.params[name] = icalendar.vText(text)
    return value
