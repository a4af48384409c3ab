"""The pages about papers, for the walk through every page."""

import datetime as dt

from boards.models import Meeting, Paper
from people.models import Person
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.factories.records import PaperFactory, PaperVersionFactory

SLUG = "a-board-with-papers"
DUE = dt.datetime(2022, 2, 1, 17, 0, tzinfo=dt.UTC)
PAST = dt.datetime(2022, 1, 11, 17, 0, tzinfo=dt.UTC)
READY = {"purpose": "To say what it costs.", "recommendation": "That the board approves the plan."}


def make() -> None:
    """A meeting to come with a paper in each state; the overseer chairs, the lead writes."""
    board = BoardFactory(slug=SLUG, title="A board with papers", code="PAP")
    MembershipFactory(board=board, category="chair", post=post_of("overseer"))
    item = AgendaItemFactory(meeting=MeetingFactory(board=board, on=dt.date(2022, 2, 8)), title="Estates plan")
    AgendaItemFactory(meeting=item.meeting, title="Without a paper")
    asked = {"item": item, "author_post": post_of("lead"), "brief": "Say what it costs.", "due_why": "5 working days."}
    PaperFactory(**asked, title="Asked for", due_at=DUE)
    PaperFactory(**asked, title="Written", state="drafting", due_at=DUE, **READY)
    late = PaperFactory(**asked, title="Late", state="drafting", due_at=PAST, late_asked="Figures came late.", **READY)
    late.route.create(body="Audit committee", on=dt.date(2022, 1, 4), comment="Content with it.")
    PaperFactory(**asked, title="Given in", state="submitted", due_at=DUE, submitted_at=PAST, **READY)
    came = {"submitted_at": DUE, "cleared_at": DUE, "late_permitted_at": PAST, "late_permitted_name": "Olive Overseer"}
    came |= {"is_late": True, "late_reason": "It cannot wait.", "due_at": PAST}
    cleared = PaperFactory(**asked, title="Cleared", state="cleared", **came, **READY)
    notes = ["It is not tagged, so that screen readers cannot follow it well."]
    for paper in (late, cleared, cleared):
        PaperVersionFactory(paper=paper, notes=notes, is_tagged=False, what_changed="Costs were added.")
    told = {"at": PAST, "by_name": "Somebody", "post_title": "Secretariat"}
    late.acts.create(verb="commissioned", to_state="commissioned", reason="Say what it costs.", **told)


def post_of(persona: str):
    return Person.objects.get(code=f"persona-{persona}").tenures.first().post


def meeting() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG)


def paper(title: str) -> Paper:
    return Paper.objects.get(item__meeting__board__slug=SLUG, title=title)


WRITTEN = [lambda: paper("Written").pk]
LATE = [lambda: paper("Late").pk]
GIVEN = [lambda: paper("Given in").pk]
OF_MEETING = [SLUG, lambda: meeting().pk]
PAPERS = {
    "boards:papers": [],
    "boards:meeting_papers": OF_MEETING,
    "boards:papers_chase": OF_MEETING,
    "boards:paper_new": [*OF_MEETING, lambda: meeting().items.first().pk],
    "boards:paper": LATE,
    "boards:paper_front": LATE,
    "boards:paper_route": LATE,
    "boards:paper_upload": LATE,
    "boards:paper_submit": WRITTEN,
    "boards:paper_send_back": GIVEN,
    "boards:paper_clear": GIVEN,
    "boards:paper_withdraw": GIVEN,
    "boards:paper_late_ask": WRITTEN,
    "boards:paper_late_permit": LATE,
}
OF_AUTHORS = {f"boards:{name}": PAPERS[f"boards:{name}"] for name in ("papers", "paper", "meeting_papers")}
# Files are no pages.
NO_PAGE = {"boards:paper_file"}
# Sent empty they do what they say on their button.
EMPTY_IS_AN_ANSWER = {"boards:papers_chase", "boards:paper_submit", "boards:paper_clear"}
