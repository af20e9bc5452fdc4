"""Whether both sides mean the same: what they say to the same questions has to be the same, apart from names they make up."""
import datetime
import sys

import icalendar


def answers(world, convene, peer):
    """Ends the program where they differ."""
    first, anybody = next(world.meetings()), world.email(1)
    start = datetime.datetime.fromtimestamp(first.start, datetime.timezone.utc)
    times = {"start_time": start.isoformat(), "end_time": (start + datetime.timedelta(minutes=30)).isoformat()}
    busy, free = world.email(first.participants[0]), next(
        world.email(person) for person in range(1, world.people + 1)
        if all(m.start != first.start or person not in (m.host, *m.participants) for m in world.meetings()))

    questions = {
        "check-conflicts": lambda server: conflicts(server.ask("/api/meetings/check-conflicts/", times | {"participant_emails": [busy, free]})),
        "the list": lambda server: listed(server.ask("/api/meetings/?page_size=100")),
        "the second page": lambda server: listed(server.ask("/api/meetings/?page_size=100&page=2")),
        "export-ics": lambda server: exported(server, first.uuid),
        "a booking": lambda server: created(server.ask("/api/meetings/", booking(times, busy, free, "new.guest@example.com"), expected=201)),
        "the same booking again": lambda server: created(server.ask("/api/meetings/", booking(times, busy, free, "new.guest@example.com"), expected=201)),
        "a booking that is refused": lambda server: server.request("POST", "/api/meetings/", booking(times, busy) | {"conflict_policy": "reject"})[0],
        "a double booking": lambda server: created(server.ask("/api/meetings/", booking(times, anybody) | {"conflict_policy": "allow"}, expected=201)),
        "a wrong end": lambda server: server.request("POST", "/api/meetings/", booking(times, busy) | {"end_time": times["start_time"]})[0],
        "a stranger's question": lambda server: server.request("GET", "/api/meetings/", credential="Token none")[0],
    }
    for name, question in questions.items():
        ours, theirs = question(convene), question(peer)
        if ours != theirs:
            sys.exit(f"THE ANSWERS DIFFER, {name}:\n{ours}\n{theirs}")


def booking(times, *emails):
    return times | {"title": "Same", "description": "On both sides.", "timezone": "Europe/Berlin", "participants": [{"email": email} for email in emails]}


def moment(text):
    return datetime.datetime.fromisoformat(text)


def conflicts(answer):
    return answer["has_conflicts"], clashes(answer["conflicts"])


def clashes(of):
    return {email: [(c["title"], moment(c["start_time"]), moment(c["end_time"])) for c in what] for email, what in of.items()}


def meeting(item):
    people = sorted((p["email"], p["status"], p["role"], p["user"] is None) for p in item["participants"])
    return (item["title"], item["description"], item["status"], item["timezone"], item["role"], item["created_by_email"], item["duration_minutes"],
            moment(item["start_time"]), moment(item["end_time"]), item["participant_count"], people)


def listed(answer):
    return answer["count"], answer["next"] is None, answer["previous"] is None, [(item["id"], meeting(item)) for item in answer["results"]]


def created(answer):
    return (meeting(answer), answer["has_conflicts"], clashes(answer["conflicts"]), [s["email"] for s in answer["skipped_participants"]],
            sorted((c["title"], moment(c["start_time"])) for c in answer["host_conflicts"]))


def exported(server, uuid):
    status, text = server.request("GET", f"/api/meetings/{uuid}/export-ics/")
    event = next(part for part in icalendar.Calendar.from_ical(text).walk("VEVENT"))
    return (status, str(event["UID"]), str(event["SUMMARY"]), str(event["DESCRIPTION"]), event["DTSTART"].dt.astimezone(datetime.timezone.utc), event["DTEND"].dt.astimezone(datetime.timezone.utc),
            str(event["ORGANIZER"]).lower(), sorted(str(a).lower() for a in event["ATTENDEE"]), int(event["SEQUENCE"]), str(event["STATUS"]))
