import zoneinfo

from rest_framework import serializers

from .models import Meeting, Participant

ZONES = zoneinfo.available_timezones()


class ZoneField(serializers.CharField):
    def to_internal_value(self, data):
        name = super().to_internal_value(data)
        if name not in ZONES:
            raise serializers.ValidationError("Not a time zone.")
        return name


class InviteeSerializer(serializers.Serializer):
    email = serializers.EmailField()
    name = serializers.CharField(max_length=255, allow_blank=True, default="")
    role = serializers.ChoiceField(["attendee", "cohost"], default="attendee")


class TimesSerializer(serializers.Serializer):
    start_time = serializers.DateTimeField()
    end_time = serializers.DateTimeField()

    def validate(self, attrs):
        if attrs["end_time"] <= attrs["start_time"]:
            raise serializers.ValidationError("end_time must be after start_time.")
        return attrs


class BookingSerializer(TimesSerializer):
    title = serializers.CharField(max_length=255)
    description = serializers.CharField(max_length=20_000, allow_blank=True, default="")
    location = serializers.CharField(max_length=255, allow_blank=True, default="")
    timezone = ZoneField(default="UTC")
    participants = InviteeSerializer(many=True, default=list)
    conflict_policy = serializers.ChoiceField(["skip", "reject", "allow"], default="skip")


class QuestionSerializer(TimesSerializer):
    participant_emails = serializers.ListField(child=serializers.EmailField(), default=list)


class ParticipantSerializer(serializers.ModelSerializer):
    email = serializers.EmailField(source="person.email")
    user = serializers.SerializerMethodField()

    class Meta:
        model = Participant
        fields = ["id", "meeting", "user", "email", "name", "status", "role", "invited_at", "responded_at"]

    def get_user(self, participant):
        return participant.person_id if participant.person.has_usable_password() else None


class MeetingSerializer(serializers.ModelSerializer):
    created_by_email = serializers.EmailField(source="host.email")
    role = serializers.SerializerMethodField()
    duration_minutes = serializers.SerializerMethodField()
    participant_count = serializers.SerializerMethodField()
    participants = ParticipantSerializer(many=True)

    class Meta:
        model = Meeting
        fields = [
            "id", "title", "description", "location", "start_time", "end_time", "timezone", "status", "role", "created_by_email",
            "duration_minutes", "participant_count", "participants", "created_at", "updated_at", "version",
        ]

    def get_role(self, meeting):
        asker = self.context["request"].user.id
        return "host" if meeting.host_id == asker else next(p.role for p in meeting.participants.all() if p.person_id == asker)

    def get_duration_minutes(self, meeting):
        return int((meeting.end_time - meeting.start_time).total_seconds() // 60)

    def get_participant_count(self, meeting):
        return len(meeting.participants.all())
