"""Proposals that nobody has accepted yet."""

from django.db.models import QuerySet

from boards.choices import MeetingState
from boards.models import Board, Meeting
from people.actor import Actor


def waiting(actor: Actor) -> QuerySet[Meeting]:
    """The proposals in reach, by day, with their board."""
    rows = Meeting.objects.visible_to(actor).filter(state=MeetingState.PROPOSED)
    return rows.select_related("board").order_by("starts_at", "board__title", "pk")


def to_propose_for(actor: Actor) -> QuerySet[Board]:
    """The boards whose meetings are run here and which have not ended."""
    return Board.objects.visible_to(actor).inside().exclude(ends__lt=actor.on)
