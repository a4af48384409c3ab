"""The pages about packs, for the walk through every page."""

import datetime as dt

from boards.models import Meeting, PackEdition
from boards.services import packs
from kit import clock, private_files, reports
from people.actor import Actor
from people.models import Person, Role
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.factories.records import ClearedPaperFactory, PaperVersionFactory

SLUG = "a-board-with-packs"


def make() -> None:
    """A meeting to come: an edition that went out to the lead, and one that was built after a paper came."""
    board = BoardFactory(slug=SLUG, title="A board with packs", code="PAC")
    MembershipFactory(board=board, category="chair", post=None, person=Person.objects.get(code="persona-lead"))
    adviser = MembershipFactory(board=board, category="external_adviser").post
    meeting = MeetingFactory(board=board, on=dt.date(2022, 2, 8), place="Room 1")
    estates = AgendaItemFactory(meeting=meeting, title="Estates plan", note="The board is asked to approve the plan.")
    secret = AgendaItemFactory(meeting=meeting, visibility="title_only", title="A contract")
    secret.audience.create(post=adviser)
    by = Actor(user_id=None, on=clock.today(), name="Sana Secretariat", roles=frozenset({Role.SECRETARIAT}))
    _paper(estates, "The plan", purpose="To say what is sold.", equality="Step-free access.", marking="official")
    packs.circulate(edition=_built(meeting, by), message="Please read item 1.", by=by, at=clock.now())
    late = {"is_late": True, "late_permitted_at": clock.now(), "late_reason": "It cannot wait."}
    _paper(estates, "What it costs", **late).route.create(body="Audit", on=dt.date(2022, 1, 4), comment="Content.")
    _built(meeting, by)


def _paper(item, title: str, **more):
    paper = ClearedPaperFactory(item=item, title=title, **more)
    pdf = reports.report(title, [reports.prose("What is planned.")])
    key = private_files.store(pdf, None, ".pdf")
    PaperVersionFactory(paper=paper, key=key, sha256=key[6:70], size=len(pdf))
    return paper


def _built(meeting: Meeting, by: Actor) -> PackEdition:
    packs.start(meeting=meeting, kind="replacement", double_sided=False, by=by, at=clock.now())
    asked = meeting.builds.first()
    return asked.edition or packs.build(build=asked, by=by)


def meeting() -> Meeting:
    return Meeting.objects.get(board__slug=SLUG)


OF_MEETING = [SLUG, lambda: meeting().pk]
SENT, BUILT = [*OF_MEETING, 1], [*OF_MEETING, 2]
PACKS = {
    "boards:pack": OF_MEETING,
    "boards:pack_edition": BUILT,
    "boards:pack_copies": SENT,
    "boards:pack_read": BUILT,
    "boards:pack_circulate": BUILT,
    "boards:pack_build": OF_MEETING,
}
OF_READERS = {"boards:pack": OF_MEETING, "boards:pack_read": SENT}
# Answered by a file, or by another page once nothing is being built.
NO_PAGE = {"boards:pack_file", "boards:pack_paper", "boards:pack_building"}
EMPTY_IS_AN_ANSWER = {"boards:pack_circulate"}
