"""The meetings of a year, for the calendar and its file; and what is wrong with how they lie."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Max, QuerySet

from boards.checking import Trouble, check_order
from boards.choices import MeetingState
from boards.models import Board, Meeting
from boards.queries.plans import plans_of, sitting
from people.actor import Actor


def meetings_between(actor: Actor, boards: Iterable[Board], starts: dt.date, ends: dt.date) -> list[Meeting]:
    """The meetings of boards between two days that the actor may see, with their board. One query."""
    rows = Meeting.objects.visible_to(actor).filter(board__in=list(boards), starts_at__date__range=(starts, ends))
    return list(rows.select_related("board").order_by("starts_at", "board__title", "pk"))


def troubles(meetings: Iterable[Meeting], boards: Iterable[Board], day: dt.date) -> list[Trouble]:
    """Days off, clashes and wrong order among meetings that are proposed, planned or held, by the terms of the day."""
    alive = [sitting(each) for each in meetings if each.state != MeetingState.CANCELLED]
    return check_order(alive, list(plans_of(boards, day).values()))


def for_file(actor: Actor, boards: Iterable[Board], since: dt.date) -> QuerySet[Meeting]:
    """What a diary takes: meetings that are planned, were held or were cancelled, with `revision` and `changed_at`."""
    rows = Meeting.objects.visible_to(actor).filter(board__in=list(boards), starts_at__date__gte=since)
    rows = rows.exclude(state=MeetingState.PROPOSED).select_related("board")
    return rows.annotate(revision=Count("acts"), changed_at=Max("acts__at")).order_by("starts_at", "pk")
