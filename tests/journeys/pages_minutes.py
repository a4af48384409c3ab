"""Minutes, for the walk through every page."""

import datetime as dt

from boards.models import AgendaItem, Correction, Meeting, Membership, Minutes, MinutesPart
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import BoardActionFactory, DecisionFactory

SLUG = "a-board-with-minutes"
WHEN = dt.datetime(2022, 1, 18, 12, tzinfo=dt.UTC)
BEGUN, DRAFT, OUT = dt.date(2022, 1, 18), dt.date(2022, 1, 11), dt.date(2021, 12, 7)


def make() -> None:
    """Three meetings: without minutes, with a draft, and with minutes that went out and were corrected."""
    board = BoardFactory(slug=SLUG, title="A board with minutes", code="MIN")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    seat = Membership.objects.exclude(post=None).first()
    board.memberships.create(post=seat.post, category="chair", starts=dt.date(2021, 4, 1))
    MeetingFactory(board=board, on=BEGUN)
    for on in (DRAFT, OUT):
        item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=on), title="Estates")
        AgendaItemFactory(meeting=item.meeting, title="Fleet", visibility="title_only")
        Meeting.objects.filter(pk=item.meeting_id).update(state="held", terms=terms, rules=terms)
        DecisionFactory(item=item)
        BoardActionFactory(item=item)
        minutes = Minutes.objects.create(meeting=item.meeting)
        text = "The roof leaks.\n\nIt is to be mended."
        MinutesPart.objects.create(minutes=minutes, item=item, text=text)
    Correction.objects.create(
        minutes=minutes, item=item, was="The roof is whole.", becomes=text, asked_by="A. Member", at=WHEN, by_name="B"
    )
    Minutes.objects.filter(pk=minutes.pk).update(state="circulated", circulated_at=WHEN)


def meeting(on: dt.date) -> Meeting:
    return Meeting.objects.get(board__slug=SLUG, starts_at__date=on)


def item(on: dt.date) -> AgendaItem:
    return meeting(on).items.first()


MINUTES = {
    "boards:minutes": [SLUG, lambda: meeting(OUT).pk],
    "boards:minutes_draft": [SLUG, lambda: meeting(BEGUN).pk],
    "boards:minutes_part": [SLUG, lambda: meeting(DRAFT).pk, lambda: item(DRAFT).pk],
    "boards:minutes_circulate": [SLUG, lambda: meeting(DRAFT).pk],
    "boards:minutes_correct": [SLUG, lambda: meeting(OUT).pk, lambda: item(OUT).pk],
}
# Files.
NO_PAGE = {"boards:minutes_pdf", "boards:minutes_docx"}
EMPTY_IS_AN_ANSWER = {"boards:minutes_draft", "boards:minutes_part", "boards:minutes_circulate"}
READ_BY_ALL = {"boards:minutes": [SLUG, lambda: meeting(OUT).pk]}
