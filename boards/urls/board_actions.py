from django.urls import path

from boards.views import action_log, board_actions

ACTION = "boards/actions/<int:pk>/"
MEETING = "boards/<slug:slug>/meetings/<int:pk>/"

urlpatterns = [
    path("boards/actions/", action_log.log, name="actions"),
    path("boards/actions/chase/", action_log.chase, name="actions_chase"),
    path(ACTION, board_actions.action, name="action"),
    path(f"{ACTION}update/", board_actions.update, name="action_update"),
    path(f"{ACTION}move/", board_actions.move, name="action_move"),
    path(f"{ACTION}park/", board_actions.park, name="action_park"),
    path(f"{ACTION}assign/", board_actions.assign, name="action_assign"),
    path(f"{ACTION}propose/", board_actions.propose, name="action_propose"),
    path(f"{ACTION}keep-open/", board_actions.keep_open, name="action_keep_open"),
    path(f"{ACTION}close/", board_actions.close, name="action_close"),
    path(f"{MEETING}items/<int:item>/actions/new/", board_actions.new, name="action_new"),
    path(f"{MEETING}actions/", action_log.of_meeting, name="meeting_actions"),
]
