"""The room, decisions and the summary, for the walk through every page."""

import datetime as dt

from boards.models import AgendaItem, Decision, Meeting, Membership
from boards.queries.attendance import lines_of
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import ClearedPaperFactory, DecisionFactory, SummaryFactory

SLUG = "a-deciding-board"


def make() -> None:
    """A board with a meeting that has begun, where something was decided, and one whose summary went out."""
    board = BoardFactory(slug=SLUG, title="A deciding board")
    approved(DraftTermsFactory(board=board, quorum={"at_least": 1}, deputies_rule="none"))
    seat = Membership.objects.exclude(post=None).first()
    board.memberships.create(post=seat.post, category="chair", starts=dt.date(2021, 4, 1))
    begun, told = (MeetingFactory(board=board, on=on) for on in (dt.date(2022, 1, 18), dt.date(2021, 12, 7)))
    first = AgendaItemFactory(meeting=begun, title="Estates", note="The board is asked to agree.")
    AgendaItemFactory(meeting=begun, title="Fleet", visibility="title_only")
    ClearedPaperFactory(item=first, title="The estates plan")
    DecisionFactory(item=first)
    item = AgendaItemFactory(meeting=told, title="Vehicles")
    decision = DecisionFactory(item=item)
    body = {"key": decision.pk, "reference": decision.reference, "kind": "approved", "to_ratify": False, "did": []}
    line = {"item": item.pk, "number": "1", "title": item.title, "actions": []}
    SummaryFactory(meeting=told, body={"lines": [line | {"decisions": [body | {"text": decision.text}]}]})
    for each in lines_of(begun):
        each.attendance.presence = "present" if each.attendance.name else "absent"
        each.attendance.save()


def begun() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG, starts_at__date=dt.date(2022, 1, 18))


def told() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG, starts_at__date=dt.date(2021, 12, 7))


def item() -> AgendaItem:
    return begun().items.first()


def decision() -> Decision:
    return Decision.objects.get(meeting=begun())


BEGUN = [SLUG, lambda: begun().pk]
DECISIONS = {
    "boards:room": BEGUN,
    "boards:decisions": [],
    "boards:decision": [lambda: decision().pk],
    "boards:decision_correct": [lambda: decision().pk],
    "boards:decision_withdraw": [lambda: decision().pk],
    "boards:summary": [SLUG, lambda: told().pk],
    "boards:summary_send": BEGUN,
}
# The room's own forms, which lead back to it, and a file.
NO_PAGE = {"boards:item_record", "boards:decide", "boards:item_action", "boards:summary_pdf"}
EMPTY_IS_AN_ANSWER = {"boards:summary_send", "boards:room"}
READ_BY_ALL = {"boards:decisions": [], "boards:summary": [SLUG, lambda: told().pk]}
