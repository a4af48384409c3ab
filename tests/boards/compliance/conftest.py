"""A board with a year behind it, as the real records would be: held, moved, cancelled, late, inquorate."""

import datetime as dt
from dataclasses import dataclass

import pytest

from boards.models import Attendance, Board, Meeting, MeetingAct, Membership, Milestone, Terms
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    ExternalFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.people import PostFactory

HELD_ON = tuple(map(dt.date.fromisoformat, ("2021-04-20", "2021-06-01", "2021-07-13", "2021-10-12", "2021-11-23")))
SECRET = "Whom we will dismiss"
PROMISES = {
    "papers": "Papers 5 working days before",
    "actions": "Actions within 24 hours",
    "minutes": "Minutes in 5 days",
}


@dataclass
class Story:
    board: Board
    terms: Terms
    held: list[Meeting]
    chair: Membership
    adviser: Membership


@pytest.fixture
def story(db) -> Story:
    """Five meetings held of seven; one cancelled, the summer too long without one, one to come."""
    board = BoardFactory(slug="delivery", title="Delivery Board", code="DB")
    draft = DraftTermsFactory(board=board)
    watch = draft.duties.create(key="watch", position=1, text="Watch progress.", times_a_year=4)
    draft.duties.create(key="learn", position=2, text="Learn from others.")
    terms = approved(draft)
    chair = MembershipFactory(board=board, post=PostFactory(title="Head of Estates"), category="chair")
    adviser = ExternalFactory(board=board, starts=dt.date(2021, 7, 1))
    guest = MembershipFactory(board=board, post=PostFactory(title="Note taker"), category="secretariat")
    meetings = [MeetingFactory(board=board, on=day, terms=terms, rules=terms) for day in HELD_ON]
    for place, meeting in enumerate(meetings):
        AgendaItemFactory(meeting=meeting, duty=watch if place < 2 else None, quorate=True)
        AgendaItemFactory(meeting=meeting, title=SECRET, visibility="absent", quorate=place != 3)
        _attend(meeting, chair, "present" if place != 1 else "deputy")
        _attend(meeting, guest, "present")
        if place == 0:
            # The seat was not the adviser's yet: it does not count.
            _attend(meeting, adviser, "absent")
        if place > 2:
            _attend(meeting, adviser, "apologies" if place == 3 else "present", name="" if place == 4 else "Dr A")
        _promise(meeting, "papers", -7, -8 if place else -6)
        _promise(meeting, "actions", 1, 1)
        _promise(meeting, "minutes", 7, None if place == 4 else 6)
        Meeting.objects.filter(pk=meeting.pk).update(state="held")
    cancelled = MeetingFactory(board=board, on=dt.date(2021, 8, 24), state="cancelled")
    _promise(cancelled, "papers", -7, None)
    coming = MeetingFactory(board=board, on=dt.date(2022, 2, 8), first_planned_for=dt.date(2022, 2, 1))
    _promise(coming, "papers", -7, None)
    for meeting, verb in ((cancelled, "cancelled"), (coming, "moved")):
        MeetingAct.objects.create(
            meeting=meeting, verb=verb, at=meeting.starts_at, by_name="Sana", reason=f"It had to be {verb}."
        )
    return Story(board, terms, meetings, chair, adviser)


def _attend(meeting: Meeting, seat: Membership, presence: str, name: str = "Somebody") -> None:
    deputy = "Her deputy" if presence == "deputy" else ""
    if not name:
        presence = "absent"
    Attendance.objects.create(
        meeting=meeting,
        membership=seat,
        category=seat.category,
        post=seat.post,
        person=seat.person,
        label=seat.label,
        name=name,
        presence=presence,
        deputy_name=deputy,
    )


def _promise(meeting: Meeting, product: str, days: int, came: int | None) -> None:
    Milestone.objects.create(
        meeting=meeting,
        product=product,
        promise=PROMISES[product],
        due_at=meeting.starts_at + dt.timedelta(days=days),
        explanation="Counted.",
        met_at=None if came is None else meeting.starts_at + dt.timedelta(days=came),
        note="The author was ill." if came == -6 else "",
    )
