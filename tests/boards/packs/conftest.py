"""A meeting with something for everybody, and something for some: who must never read which word.

Items: 1 apologies; 2 Estates, with two papers; 2A Discipline, left out for all but the chair; 3 Contract, whose title
others see as "Commercial matter"; 4 any other business. Each restricted thing has a word that occurs nowhere else.
"""

import datetime as dt
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from boards.models import AgendaItem, Attendance, Board, Declaration, Meeting, PackEdition, Paper
from boards.packing.assemble import Assembled
from boards.services import pack_builder, packs
from kit import clock, reports
from kit.private_files import store
from people.actor import Actor
from people.models import Person, User
from tests.factories.boards import AgendaItemFactory, BoardFactory, ExternalFactory, MeetingFactory, MembershipFactory
from tests.factories.people import PersonFactory
from tests.factories.records import ClearedPaperFactory, PaperVersionFactory

MEETS = dt.date(2022, 2, 8)


@dataclass
class World:
    """The meeting with its people and items, and the doors that tests go through."""

    board: Board
    meeting: Meeting
    items: dict[str, AgendaItem]
    papers: dict[str, Paper]
    adviser: Person
    other_adviser: Person
    attendee: Person
    chair: Person
    member: Person
    keeper: Actor
    built: list[PackEdition] = field(default_factory=list)

    def build(self, kind: str = "replacement", **more) -> PackEdition:
        """Ask for an edition and have it built, in this process."""
        asked = packs.start(meeting=self.meeting, kind=kind, double_sided=False, by=self.keeper, at=clock.now(), **more)
        edition = packs.build(build=asked, by=self.keeper)
        asked.refresh_from_db()
        assert edition, asked.problem
        return edition

    def circulate(self, edition: PackEdition, message: str = "", **sure) -> PackEdition:
        """Send it."""
        return packs.circulate(edition=edition, message=message, by=self.keeper, at=clock.now(), **sure)

    def recuse(self, person: Person, item: str) -> Declaration:
        """They are not sent the papers of an item."""
        seat = self.board.memberships.get(person=person)
        row, _ = Attendance.objects.get_or_create(
            meeting=self.meeting, membership=seat, defaults={"category": seat.category, "person": person, "label": "x"}
        )
        return Declaration.objects.create(
            meeting=self.meeting, attendance=row, item=self.items[item], text="A share", outcome="not_sent"
        )

    def add_paper(self, item: str, title: str, word: str, **more) -> Paper:
        """A cleared paper with a PDF that holds the word."""
        paper = ClearedPaperFactory(item=self.items[item], title=title, **more)
        add_version(paper, word)
        return paper


def add_version(paper: Paper, word: str, **more) -> None:
    """A PDF of two pages, tagged, with the word on it and in its title."""
    pdf = reports.report(f"Paper {word}", [reports.heading("One"), reports.prose(f"{word} is in the text. " * 200)])
    sha256 = hashlib.sha256(pdf).hexdigest()
    PaperVersionFactory(
        paper=paper,
        key=store(pdf, sha256, ".pdf"),
        sha256=sha256,
        size=len(pdf),
        file_name=f"{word}.pdf",
        **more,
    )


def add_bytes(paper: Paper, content: bytes, suffix: str = ".pdf", **more) -> None:
    """Whatever it is, as the next version."""
    key = store(content, None, suffix)
    PaperVersionFactory(paper=paper, key=key, sha256=key[6:70], size=len(content), **more)


@pytest.fixture
def without_pdfs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of an edition are not typeset: for tests of what happens around them."""

    def assembled(manifest, to, sources, on_progress=None) -> Assembled:
        to.write_text(manifest["audience"]["label"])
        return Assembled(to, 1, {}, [])

    monkeypatch.setattr(pack_builder, "assemble", assembled)


@pytest.fixture
def world(lead: User, lead_post, member: User, member_post, secretariat: User, actor_of: Callable) -> World:
    board = BoardFactory(slug="delivery", title="Delivery Board", code="DB")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=member_post)
    advisers = [PersonFactory(name=name, email=f"{name}@stride.example") for name in ("Adviser One", "Adviser Two")]
    for each in advisers:
        ExternalFactory(board=board, person=each)
    attendee = PersonFactory(name="Atta Attendee")
    MembershipFactory(board=board, post=None, person=attendee, category="attendee")
    meeting = MeetingFactory(board=board, on=MEETS, place="Room 1")
    items = {
        "apologies": AgendaItemFactory(meeting=meeting, title="Apologies and quoracy", standing="apologies"),
        "estates": AgendaItemFactory(meeting=meeting, title="Estates", purpose="decision", note="Zestates note."),
        "discipline": AgendaItemFactory(meeting=meeting, title="Xdiscipline", visibility="absent", note="Xnote"),
        "contract": AgendaItemFactory(
            meeting=meeting, title="Ycontract", visibility="cover_title", cover_title="Commercial matter"
        ),
        "other": AgendaItemFactory(meeting=meeting, title="Any other business", standing="any_other"),
    }
    items["discipline"].audience.create(post=lead_post)
    for post in (lead_post, member_post):
        items["contract"].audience.create(post=post)
    found = World(board, meeting, items, {}, *advisers, attendee, lead.person, member.person, actor_of(secretariat))
    found.papers = {
        "plan": found.add_paper("estates", "Estates plan", "Zplan", marking="official"),
        "costs": found.add_paper("estates", "What it costs", "Zcosts"),
        "case": found.add_paper("discipline", "Xcase", "Xword", marking="sensitive_personal", financial="Xmoney"),
        "bid": found.add_paper("contract", "Ybid", "Yword", marking="sensitive_commercial"),
    }
    return found
