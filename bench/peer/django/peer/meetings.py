"""
Meetings by Convene's rules, as one would write them with Django REST: whoever is invited and busy is left out and reported (or stops it, or is double-booked,
as the policy says); the people are held in id order while that is found out and written; everybody seated is owed an invitation, and the audit has a line.
"""
from django.db import transaction
from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from .invitations import calendar, invitation
from .models import Letter, Meeting, Note, OwedMail, Participant, User
from .serializers import BookingSerializer, MeetingSerializer, QuestionSerializer


class Pages(PageNumberPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"


class Meetings(APIView):
    def get(self, request):
        pages = Pages()
        meetings = pages.paginate_queryset(all_of(request.user).prefetch_related(WITH_PEOPLE), request, self)
        return pages.get_paginated_response(MeetingSerializer(meetings, many=True, context={"request": request}).data)

    def post(self, request):
        asked = BookingSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        with transaction.atomic():
            return book(request, asked.validated_data)


class CheckConflicts(APIView):
    def post(self, request):
        asked = QuestionSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        emails = {email.lower(): email for email in asked.validated_data["participant_emails"]}
        people = dict(User.objects.filter(email__in=emails).values_list("id", "email"))
        clashes = clashes_of(people, asked.validated_data["start_time"], asked.validated_data["end_time"], request.user)
        return Response({"has_conflicts": bool(clashes), "conflicts": {emails[people[person]]: what for person, what in clashes.items()}})


class ExportIcs(APIView):
    def get(self, request, id):
        meeting = get_object_or_404(visible_to(request.user).prefetch_related(WITH_PEOPLE), id=id)
        response = HttpResponse(calendar(meeting, "PUBLISH"), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{meeting.id}.ics"'
        return response


WITH_PEOPLE = Prefetch("participants", Participant.objects.select_related("person"))


def visible_to(user):
    return Meeting.objects.filter(Q(host=user) | Q(id__in=Participant.objects.filter(person=user).values("meeting"))).select_related("host")


def all_of(user):
    # Where no id is given, an OR would make PostgreSQL read all meetings of all people.
    mine = Meeting.objects.filter(host=user).order_by().values("id").union(Participant.objects.filter(person=user).order_by().values("meeting"))
    return Meeting.objects.filter(id__in=mine).select_related("host")


def hold(host, emails):
    """Kept from being booked by others until the end of the transaction; in id order, so that two never wait for each other in a circle. (SQLite has one writer anyway.)"""
    return {person.email: person for person in User.objects.select_for_update(no_key=True).filter(Q(id=host.id) | Q(email__in=emails)).order_by("id")}


def book(request, asked):
    host, start, end = request.user, asked["start_time"], asked["end_time"]
    invitees = {invitee["email"].lower(): invitee for invitee in asked["participants"]}
    invitees.pop(host.email, None)
    people = hold(host, invitees)
    for email in invitees.keys() - people.keys():
        guest, created = User.objects.get_or_create(email=email, defaults={"username": email, "password": "!"})
    if not invitees.keys() <= people.keys():
        people = hold(host, invitees)

    clashes = clashes_of([person.id for person in people.values()], start, end, host)
    busy = {email: clashes[people[email].id] for email in invitees if people[email].id in clashes}
    if busy and asked["conflict_policy"] == "reject":
        return Response({"detail": "People are busy.", "conflicts": busy}, status=400)
    skipped = busy if asked["conflict_policy"] == "skip" else {}

    meeting = Meeting.objects.create(
        host=host, title=asked["title"], description=asked["description"], location=asked["location"], timezone=asked["timezone"], start_time=start, end_time=end)
    seated = Participant.objects.bulk_create(
        Participant(meeting=meeting, person=people[email], name=invitee["name"] or people[email].first_name, role=invitee["role"])
        for email, invitee in invitees.items() if email not in skipped)
    if seated and seated[0].pk is None:
        # Before Django 4, SQLite does not tell the ids of many.
        seated = list(meeting.participants.select_related("person"))
    meeting._prefetched_objects_cache = {"participants": seated}
    if seated:
        subject, text, ics = invitation(meeting)
        letter = Letter.objects.create(meeting=meeting, kind="invitation", subject=subject, text=text, calendar=ics)
        OwedMail.objects.bulk_create(OwedMail(letter=letter, email=p.person.email, due_at=letter.created_at) for p in seated)
    Note.objects.create(kind="meeting.created", actor=host, address=request.META["REMOTE_ADDR"], meeting_uuid=meeting.id, new_values={
        "title": meeting.title, "description": meeting.description, "location": meeting.location, "start_time": start.isoformat(), "end_time": end.isoformat(),
        "timezone": meeting.timezone, "status": meeting.status, "participants": {p.person.email: p.role for p in seated},
    })

    return Response(MeetingSerializer(meeting, context={"request": request}).data | {
        "host": {"id": host.id, "email": host.email, "name": host.first_name},
        "skipped_participants": [{"email": email, "name": people[email].first_name, "reason": "busy", "conflicts": what} for email, what in skipped.items()],
        "has_conflicts": bool(busy),
        "conflicts": busy,
        "host_conflicts": clashes.get(host.id, []),
    }, status=201)


def clashes_of(people, start, end, asker):
    """What takes up these people's time, by person; what the asker takes no part in is "Busy"."""
    overlapping = {"start_time__lt": end, "end_time__gt": start, "status": "scheduled"}
    taken = list(Meeting.objects.filter(host__in=people, **overlapping).values_list("host_id", "id", "title", "start_time", "end_time", "host_id"))
    taken += (
        Participant.objects.filter(person__in=people, **{f"meeting__{name}": value for name, value in overlapping.items()}).exclude(status="declined")
        .values_list("person_id", "meeting_id", "meeting__title", "meeting__start_time", "meeting__end_time", "meeting__host_id"))
    if not taken:
        return {}
    mine = set(Participant.objects.filter(person=asker, meeting__in={meeting for _, meeting, *_ in taken}).values_list("meeting_id", flat=True))
    clashes = {}
    for person, meeting, title, begins, ends, host in sorted(taken, key=lambda clash: clash[3]):
        seen = host == asker.id or meeting in mine
        clashes.setdefault(person, []).append({"id": meeting if seen else None, "title": title if seen else "Busy", "start_time": begins, "end_time": ends})
    return clashes
