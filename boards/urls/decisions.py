"""The room, the register of decisions, and the summary that goes out."""

from django.urls import path

from boards.views import decisions, room, summary

MEETING = "boards/<slug:slug>/meetings/<int:pk>/"
ITEM = f"{MEETING}items/<int:item>/"
ONE = "boards/decisions/<int:pk>/"

urlpatterns = [
    path(f"{MEETING}room/", room.room, name="room"),
    path(f"{ITEM}record/", room.item_record, name="item_record"),
    path(f"{ITEM}decide/", room.decide, name="decide"),
    path(f"{ITEM}action/", room.raise_action, name="item_action"),
    path("boards/decisions/", decisions.decisions, name="decisions"),
    path(ONE, decisions.decision, name="decision"),
    path(f"{ONE}correct/", decisions.correct, name="decision_correct"),
    path(f"{ONE}withdraw/", decisions.withdraw, name="decision_withdraw"),
    path(f"{MEETING}summary/", summary.summary, name="summary"),
    path(f"{MEETING}summary/send/", summary.send, name="summary_send"),
    path(f"{MEETING}summary/summary.pdf", summary.pdf, name="summary_pdf"),
]
