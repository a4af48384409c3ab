from django.urls import path

from boards.views import agenda, attendance, forward_plan, interests, meetings

BOARD = "boards/<slug:slug>/"
MEETING = f"{BOARD}meetings/<int:pk>/"
ITEM = f"{MEETING}items/<int:item>/"
PLAN = f"{BOARD}forward-plan/"
PERSON = "boards/interests/<slug:code>/"

urlpatterns = [
    path(MEETING, meetings.meeting, name="meeting"),
    path(f"{MEETING}hold/", meetings.hold, name="meeting_hold"),
    path(f"{MEETING}agenda/", agenda.agenda, name="agenda"),
    path(f"{MEETING}agenda/order/", agenda.order, name="agenda_order"),
    path(f"{MEETING}agenda/standing-items/", agenda.standing, name="agenda_standing"),
    path(f"{MEETING}agenda/copy-last/", agenda.copy, name="agenda_copy"),
    path(f"{MEETING}items/new/", agenda.new_item, name="item_new"),
    path(f"{ITEM}edit/", agenda.edit_item, name="item_edit"),
    path(f"{ITEM}remove/", agenda.remove_item, name="item_remove"),
    path(f"{MEETING}replies/", attendance.replies, name="replies"),
    path(f"{MEETING}replies/<int:membership>/", attendance.reply, name="reply"),
    path(f"{MEETING}attendance/", attendance.attendance, name="attendance"),
    path(f"{MEETING}declarations/new/", interests.declare, name="declaration_new"),
    path(f"{MEETING}declarations/<int:declaration>/remove/", interests.take_back, name="declaration_remove"),
    path(PLAN, forward_plan.plan, name="forward_plan"),
    path(f"{PLAN}new/", forward_plan.new, name="forward_plan_new"),
    path(f"{PLAN}fill/", forward_plan.fill, name="forward_plan_fill"),
    path(f"{PLAN}<int:pk>/edit/", forward_plan.edit, name="forward_plan_edit"),
    path(f"{PLAN}<int:pk>/drop/", forward_plan.drop, name="forward_plan_drop"),
    path(f"{BOARD}interests/", interests.of_board, name="interests"),
    path(PERSON, interests.of_person, name="interests_of"),
    path(f"{PERSON}new/", interests.new, name="interest_new"),
    path(f"{PERSON}<int:pk>/edit/", interests.edit, name="interest_edit"),
]
