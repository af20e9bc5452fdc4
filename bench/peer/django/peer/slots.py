import datetime
import zoneinfo

from django.utils import timezone
from rest_framework.authentication import SessionAuthentication
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Event, User

STEP = datetime.timedelta(minutes=30)
WEEK = datetime.timedelta(days=7)


class FindSlots(APIView):
    """System 2's search, its peculiarities included: starts that are past already, and only the start has to be within working hours."""

    authentication_classes = [SessionAuthentication]
    permission_classes = [AllowAny]

    def post(self, request):
        try:
            user_ids = request.data.get("user_ids", [1])
            minutes = int(request.data.get("duration_minutes", 60))
            users = list(User.objects.filter(id__in=user_ids))
            if len(users) != len(user_ids):
                return Response({"available_slots": [], "error": "One or more users not found"})
            slots = find_slots(users, datetime.timedelta(minutes=minutes), Loaded if "prefetch" in request.query_params else Asked)
        except Exception as e:
            return Response({"available_slots": [], "error": str(e)})
        return Response({
            "available_slots": [{"start_time": start.isoformat(), "end_time": end.isoformat()} for start, end in slots],
            "user_ids": user_ids,
            "duration_minutes": minutes,
            "total_slots_found": len(slots),
        })


def find_slots(users, duration, calendar):
    now = timezone.now()
    until = now + WEEK
    people = [(user, zoneinfo.ZoneInfo(user.timezone), calendar(user, now - datetime.timedelta(hours=1), until)) for user in users]
    slots = []
    start = now.replace(minute=0, second=0, microsecond=0)
    while start + duration <= until:
        end = start + duration
        if all(works(user, start.astimezone(zone)) and not busy.overlaps(start, end) for user, zone, busy in people):
            slots.append((start, end))
        start += STEP
    return slots


def works(user, local_start):
    return user.working_hours_start <= local_start.time() <= user.working_hours_end


class Asked:
    """A query for every candidate, as the system does it."""

    def __init__(self, user, since, until):
        self.user = user

    def overlaps(self, start, end):
        return Event.objects.filter(owner=self.user, event_type="busy", start_time__lt=end, end_time__gt=start).exists()


class Loaded:
    """One query for every person, as the system could do it."""

    def __init__(self, user, since, until):
        busy = Event.objects.filter(owner=user, event_type="busy", start_time__lt=until, end_time__gt=since)
        self.busy = list(busy.values_list("start_time", "end_time"))

    def overlaps(self, start, end):
        return any(s < end and e > start for s, e in self.busy)
