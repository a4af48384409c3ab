"""Papers in every state that matters, for a board where the lead's post is in the chair and the member's sits.

The overseer's post writes them. One is for an item that is left out for everybody else.
"""

import datetime as dt
from typing import TYPE_CHECKING

from boards.models import Meeting, Membership, Paper
from kit import private_files
from people.models import Post
from tests.factories.boards import AgendaItemFactory, BoardFactory, DraftTermsFactory, MeetingFactory, approved
from tests.factories.records import PaperFactory, PaperVersionFactory

if TYPE_CHECKING:
    from tests.doors.world import World

DUE = dt.datetime(2022, 2, 1, 17, 0, tzinfo=dt.UTC)
PAST = dt.datetime(2022, 1, 11, 17, 0, tzinfo=dt.UTC)
READY = {"purpose": "To say what it costs.", "recommendation": "That the board approves the plan."}
GIVEN = READY | {"submitted_at": PAST}
STATES = {
    "asked": {"state": "commissioned", "due_at": DUE},
    "written": {"state": "drafting", "due_at": DUE} | READY,
    "late": {"state": "drafting", "due_at": PAST, "late_asked": "Figures came late."} | READY,
    "given": {"state": "submitted", "due_at": DUE} | GIVEN,
    "cleared": {"state": "cleared", "due_at": DUE, "cleared_at": PAST} | GIVEN,
    "withdrawn": {"state": "withdrawn", "due_at": DUE},
}


def add(world: "World") -> None:
    """Places: paper_<state>, paper_<state>_file, paper_secret, paper_held; papers_board, papers_item, papers_held."""
    board = BoardFactory(slug="papers-of", title="Papers Of")
    terms = approved(DraftTermsFactory(board=board, quorum={"at_least": 1}))
    for code, category in (("lead-post", "chair"), ("member-post", "internal")):
        Membership.objects.create(
            board=board, post=Post.objects.get(code=code), category=category, starts=dt.date(2021, 4, 1)
        )
    author = Post.objects.get(code="overseer-post")
    meeting, held = (MeetingFactory(board=board, on=on) for on in (dt.date(2022, 2, 8), dt.date(2021, 12, 7)))
    item, secret, past = (
        AgendaItemFactory(meeting=meeting, purpose="decision"),
        AgendaItemFactory(meeting=meeting, visibility="absent"),
        AgendaItemFactory(meeting=held),
    )
    one = {"slug": board.slug, "pk": meeting.pk}
    world.places |= {
        "papers_board": one,
        "papers_item": one | {"item": item.pk},
        "papers_held": {"slug": board.slug, "pk": held.pk},
        "papers_item_held": {"slug": board.slug, "pk": held.pk, "item": past.pk},
    }
    rows = {state: PaperFactory(item=item, author_post=author, **values) for state, values in STATES.items()}
    rows["secret"] = PaperFactory(item=secret, author_post=author, **STATES["cleared"])
    rows["held"] = PaperFactory(item=past, author_post=author, **STATES["written"])
    key = private_files.store(b"%PDF-1.7", None, ".pdf")
    for state, paper in rows.items():
        PaperVersionFactory(paper=paper, key=key)
        world.places[f"paper_{state}"] = {"pk": paper.pk}
        world.places[f"paper_{state}_file"] = {"pk": paper.pk, "number": 1}
    Meeting.objects.filter(pk=held.pk).update(state="held", terms=terms, rules=terms)
    _administration(world, rows["cleared"])


def _administration(world: "World", paper: Paper) -> None:
    rows = {
        "paper": paper,
        "paperversion": paper.versions.get(),
        "paperact": paper.acts.create(verb="commissioned", at=PAST, by_name="Somebody"),
    }
    world.places |= {f"row_boards_{name}": {"object_id": row.pk} for name, row in rows.items()}
