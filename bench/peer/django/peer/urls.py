from django.urls import path

from .meetings import CheckConflicts, ExportIcs, Meetings
from .slots import FindSlots

urlpatterns = [
    path("api/meetings/", Meetings.as_view()),
    path("api/meetings/check-conflicts/", CheckConflicts.as_view()),
    path("api/meetings/<uuid:id>/export-ics/", ExportIcs.as_view()),
    path("api/scheduling/find-slots/", FindSlots.as_view()),
]
