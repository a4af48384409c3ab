"""The pages about meetings, agendas, forward plans and interests, for the walk through every page."""

import datetime as dt

from boards.models import Declaration, ForwardPlanEntry, Interest, Meeting
from boards.queries.attendance import lines_of
from people.models import Person
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)

SLUG = "a-walked-board"


def make() -> None:
    """A board with a meeting to come and one that has begun, where it is recorded who came."""
    board = BoardFactory(slug=SLUG, title="A walked board")
    draft = DraftTermsFactory(
        board=board, quorum={"at_least": 1}, deputies_rule="senior", deputies_count="yes", streams=["one", "other"]
    )
    draft.duties.create(key="watch", position=1, text="Watch progress.", times_a_year=4)
    approved(draft)
    MembershipFactory(board=board, category="chair")
    person = MembershipFactory(board=board, post=None, person=lead(), category="external_adviser").person
    Interest.objects.create(person=person, text="Trustee of a charity", starts=dt.date(2021, 4, 1))
    for title, stream in (("Estates", "one"), ("Fleet", "other")):
        ForwardPlanEntry.objects.create(board=board, title=title, stream=stream)
    begun, coming = (MeetingFactory(board=board, on=on) for on in (dt.date(2022, 1, 18), dt.date(2022, 2, 8)))
    for row in (begun, coming):
        AgendaItemFactory(meeting=row, note="The board is asked to agree.")
        AgendaItemFactory(meeting=row, visibility="absent", title="Left out for others")
        AgendaItemFactory(meeting=row, visibility="title_only", minutes=180)
    for line in lines_of(begun):
        line.attendance.presence = "present" if line.attendance.name else "absent"
        line.attendance.save()
    seat = begun.attendances.first()
    Declaration.objects.create(meeting=begun, attendance=seat, text="Knows the supplier", item=begun.items.first())


def lead() -> Person:
    return Person.objects.get(code="persona-lead")


def coming() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG, starts_at__date=dt.date(2022, 2, 8))


def begun() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG, starts_at__date=dt.date(2022, 1, 18))


PLANNED = [SLUG, lambda: coming().pk]
BEGUN = [SLUG, lambda: begun().pk]
PERSON = ["persona-lead"]
MEETINGS = {
    "boards:meeting": PLANNED,
    "boards:agenda": PLANNED,
    "boards:item_new": PLANNED,
    "boards:item_edit": [*PLANNED, lambda: coming().items.first().pk],
    "boards:item_remove": [*PLANNED, lambda: coming().items.first().pk],
    "boards:replies": PLANNED,
    "boards:attendance": BEGUN,
    "boards:declaration_new": PLANNED,
    "boards:declaration_remove": [*BEGUN, lambda: begun().declarations.get().pk],
    "boards:meeting_hold": BEGUN,
    "boards:forward_plan": [SLUG],
    "boards:forward_plan_new": [SLUG],
    "boards:forward_plan_edit": [SLUG, lambda: ForwardPlanEntry.objects.filter(board__slug=SLUG).first().pk],
    "boards:forward_plan_drop": [SLUG, lambda: ForwardPlanEntry.objects.filter(board__slug=SLUG).first().pk],
    "boards:forward_plan_fill": [SLUG],
    "boards:interests": [SLUG],
    "boards:interests_of": PERSON,
    "boards:interest_new": PERSON,
    "boards:interest_edit": [*PERSON, lambda: Interest.objects.filter(person__code="persona-lead").first().pk],
}
REPLY = {"boards:reply": [*PLANNED, lambda: lines_of(coming())[-1].membership.pk]}
# Buttons of other pages.
ONLY_POSTED = {"boards:agenda_order", "boards:agenda_standing", "boards:agenda_copy"}
# Sent empty they are an answer: nobody replied, this item goes, the meeting was held.
EMPTY_IS_AN_ANSWER = {
    "boards:meeting",
    "boards:agenda",
    "boards:item_remove",
    "boards:replies",
    "boards:attendance",
    "boards:declaration_remove",
    "boards:meeting_hold",
    "boards:forward_plan_fill",
}
READ_BY_ALL = ("meeting", "forward_plan", "interests")
