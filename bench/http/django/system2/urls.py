from django.urls import path

from .views import FindSlots

urlpatterns = [path("api/scheduling/find-slots/", FindSlots.as_view())]
