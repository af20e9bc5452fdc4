"""Fills system 2's database with the people and events that stand, as JSON, on standard input; prints the people's ids."""
import datetime
import json
import sys

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from system2.models import Event, User  # noqa: E402

call_command("migrate", run_syncdb=True, verbosity=0)
ids = []
for person in json.load(sys.stdin):
    user = User.objects.create(username=person["email"], email=person["email"], timezone=person["timezone"])
    Event.objects.bulk_create(
        Event(owner=user, title="Busy", start_time=datetime.datetime.fromisoformat(start), end_time=datetime.datetime.fromisoformat(end))
        for start, end in person["events"])
    ids.append(user.id)
print(json.dumps(ids))
