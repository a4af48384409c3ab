"""What waits for somebody on boards: what is overdue and due soon for those who run them; their next meetings, the
papers they owe, late ones that they may let in, packs to read, and their actions.
"""

import datetime as dt
from dataclasses import dataclass, field

from boards.choices import MeetingState
from boards.choices_records import ActionState
from boards.models import BoardAction, Meeting, Membership, Milestone, PackCopy, Paper
from boards.queries.papers import asked_of_chair, owed_by
from boards.rules import may_run_boards
from people.actor import Actor

SOON = dt.timedelta(days=7)
NEXT = 5
MOST_ACTIONS = 10
ALIVE = (MeetingState.PLANNED, MeetingState.HELD)


@dataclass(frozen=True)
class BoardsInbox:
    """`due` are milestones that have not come, by the day they are due; `meetings` those to come, the next first.

    `packs` are the newest copies for meetings to come; `actions` those to be done now or later, not parked ones.
    """

    runs: bool = False
    due: list[Milestone] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    to_permit: list[Paper] = field(default_factory=list)
    packs: list[PackCopy] = field(default_factory=list)
    actions: list[BoardAction] = field(default_factory=list)


def of(actor: Actor, now: dt.datetime) -> BoardsInbox:
    """All boards for those who run them, in two queries; for others those where they sit. Four more for each."""
    runs = bool(may_run_boards(actor))
    if not runs and not (actor.person_id or actor.speaks_for):
        return BoardsInbox()
    rows = Meeting.objects.visible_to(actor).filter(state=MeetingState.PLANNED, ends_at__gte=now)
    if not runs:
        rows = rows.filter(board__in=Membership.objects.of_actor(actor).values("board"))
    meetings = list(rows.select_related("board").order_by("starts_at", "pk")[:NEXT])
    return BoardsInbox(
        runs,
        _due(now) if runs else [],
        meetings,
        list(owed_by(actor).select_related("item__meeting__board").order_by("due_at", "pk")),
        list(asked_of_chair(actor).select_related("item__meeting__board").order_by("due_at", "pk")),
        _packs(actor, now),
        _actions(actor),
    )


def _packs(actor: Actor, now: dt.datetime) -> list[PackCopy]:
    if actor.person_id is None:
        return []
    rows = PackCopy.objects.filter(person=actor.person_id, edition__meeting__ends_at__gte=now)
    newest = rows.order_by("edition__meeting_id", "-edition__number").distinct("edition__meeting_id")
    found = PackCopy.objects.filter(pk__in=newest.values("pk")).select_related("edition__meeting__board")
    return list(found.order_by("edition__meeting__starts_at", "pk"))


def _actions(actor: Actor) -> list[BoardAction]:
    rows = BoardAction.objects.filter(owner_post__in=actor.speaks_for, state=ActionState.OPEN)
    rows = rows.exclude(parked_until__gt=actor.on)
    return list(rows.select_related("board").order_by("due", "pk")[:MOST_ACTIONS])


def _due(now: dt.datetime) -> list[Milestone]:
    rows = Milestone.objects.filter(met_at__isnull=True, meeting__state__in=ALIVE, due_at__lte=now + SOON)
    return list(rows.select_related("meeting__board").order_by("due_at", "pk"))
