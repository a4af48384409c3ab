"""What waits for somebody on boards: what is overdue and due soon for those who run them; a member's next meetings."""

import datetime as dt
from dataclasses import dataclass, field

from boards.choices import MeetingState
from boards.models import Meeting, Membership, Milestone
from boards.rules import may_run_boards
from people.actor import Actor

SOON = dt.timedelta(days=7)
NEXT = 5
ALIVE = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class BoardsInbox:
    """`due` are milestones that have not come, by the day they are due; `meetings` those to come, the next first."""

    runs: bool = False
    due: list[Milestone] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)


def of(actor: Actor, now: dt.datetime) -> BoardsInbox:
    """All boards for those who run them, in two queries; for others those where they sit, in one."""
    runs = bool(may_run_boards(actor))
    if not runs and not (actor.person_id or actor.speaks_for):
        return BoardsInbox()
    rows = Meeting.objects.visible_to(actor).filter(state=MeetingState.PLANNED, ends_at__gte=now)
    if not runs:
        rows = rows.filter(board__in=Membership.objects.of_actor(actor).values("board"))
    meetings = list(rows.select_related("board").order_by("starts_at", "pk")[:NEXT])
    return BoardsInbox(runs, _due(now) if runs else [], meetings)


def _due(now: dt.datetime) -> list[Milestone]:
    rows = Milestone.objects.filter(met_at__isnull=True, meeting__state__in=ALIVE, due_at__lte=now + SOON)
    return list(rows.select_related("meeting__board").order_by("due_at", "pk"))
