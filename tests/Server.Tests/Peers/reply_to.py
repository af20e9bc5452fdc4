"""Answers an invitation with python-icalendar and Python's email package. Reads JSON from stdin; prints the mail."""
import json
import sys
from datetime import datetime, timezone
from email.message import EmailMessage

from icalendar import Calendar, Event, vCalAddress

asked = json.load(sys.stdin)
invitation = Calendar.from_ical(asked["calendar"])
meeting = invitation.walk("VEVENT")[0]

reply = Calendar()
reply.add("prodid", "-//python-icalendar//EN")
reply.add("version", "2.0")
reply.add("method", "REPLY")
event = Event()
for name in ("uid", "sequence", "dtstart", "dtend", "summary", "organizer"):
    event[name] = meeting[name]
event.add("dtstamp", datetime.strptime(asked["stamp"], "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.utc))
attendee = vCalAddress("mailto:" + asked["attendee"])
attendee.params["partstat"] = asked["answer"]
event.add("attendee", attendee)
reply.add_component(event)

mail = EmailMessage()
mail["From"] = f"Ben <{asked['attendee']}>"
mail["To"] = str(meeting["organizer"]).split("mailto:")[-1]
mail["Subject"] = f"Vielleicht: {meeting['summary']} – größer"
mail["Message-ID"] = "<reply@python.example.com>"
mail.set_content("Grüße")
mail.add_alternative(reply.to_ical().decode(), subtype="calendar", params={"method": "REPLY"})
sys.stdout.buffer.write(mail.as_bytes())
