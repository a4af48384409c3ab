"""The calendar, the map, and the doors of a meeting's day."""

from django.urls import path

from boards.views import calendar, calendar_closures, calendar_moves, calendar_proposals, map

MEETINGS = "boards/<slug:slug>/meetings/"
MEETING = f"{MEETINGS}<int:pk>/"

urlpatterns = [
    path("boards/calendar/", calendar.calendar, name="calendar"),
    path("boards/calendar/meetings.ics", calendar.file, name="calendar_file"),
    path("boards/calendar/propose/", calendar_proposals.propose, name="calendar_propose"),
    path("boards/calendar/proposals/", calendar_proposals.waiting_list, name="calendar_proposals"),
    path("boards/calendar/closures/", calendar_closures.index, name="closures"),
    path("boards/calendar/closures/new/", calendar_closures.new, name="closure_new"),
    path("boards/calendar/closures/<int:pk>/edit/", calendar_closures.edit, name="closure_edit"),
    path("boards/calendar/closures/<int:pk>/remove/", calendar_closures.remove, name="closure_remove"),
    path("boards/map/", map.governance, name="map"),
    path(f"{MEETINGS}new/", calendar_moves.new, name="meeting_new"),
    path(f"{MEETING}accept/", calendar_moves.accept, name="meeting_accept"),
    path(f"{MEETING}move/", calendar_moves.move, name="meeting_move"),
    path(f"{MEETING}cancel/", calendar_moves.cancel, name="meeting_cancel"),
    path(f"{MEETING}deadlines/<slug:product>/", calendar_moves.came, name="milestone_met"),
]
