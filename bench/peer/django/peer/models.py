import datetime
import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Everybody who hosts, is invited or signs in; guests are those whose password is unusable."""

    email = models.EmailField(unique=True)
    timezone = models.CharField(max_length=50, default="UTC")
    working_hours_start = models.TimeField(default=datetime.time(9, 0))
    working_hours_end = models.TimeField(default=datetime.time(17, 0))


class Event(models.Model):
    """System 2's."""

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="events")
    title = models.CharField(max_length=200)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    event_type = models.CharField(max_length=10, choices=[("busy", "Busy"), ("free", "Free")], default="busy")
    description = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["start_time"]


class Meeting(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hosted", db_index=False)
    title = models.CharField(max_length=255)
    description = models.TextField(blank=True)
    location = models.CharField(max_length=255, blank=True)
    status = models.CharField(max_length=10, default="scheduled")
    timezone = models.CharField(max_length=50)
    start_time = models.DateTimeField()
    end_time = models.DateTimeField()
    reminder_minutes = models.IntegerField(null=True, default=30)
    sequence = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["start_time"]
        indexes = [models.Index(fields=["host", "start_time"])]


class Participant(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants", db_index=False)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=255, blank=True)
    role = models.CharField(max_length=10, default="attendee")
    status = models.CharField(max_length=10, default="pending")
    invited_at = models.DateTimeField(auto_now_add=True)
    responded_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        # Its index serves the meeting's participants too.
        unique_together = [("meeting", "person")]


class Letter(models.Model):
    """What a mail says; one letter goes to all who are invited."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    calendar = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)


class OwedMail(models.Model):
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="mails")
    message_id = models.UUIDField(unique=True, default=uuid.uuid4)
    email = models.EmailField()
    due_at = models.DateTimeField(null=True, db_index=True)
    sent_at = models.DateTimeField(null=True)


class Note(models.Model):
    """A line of the audit."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    kind = models.CharField(max_length=50)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True)
    meeting_uuid = models.UUIDField(null=True, db_index=True)
    new_values = models.JSONField(null=True)
