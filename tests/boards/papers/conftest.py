"""A board with a chair (`lead`) and a member (`member`); a meeting three weeks ahead; `overseer`'s post writes papers.

The clock stands at 19 January 2022, the papers are due by 1 February and the meeting is on 8 February.
"""

import datetime as dt
import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from boards.models import AgendaItem, Meeting, Milestone, Paper
from boards.services import papers as services
from kit.uploads import UploadedPaper, check_paper
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory

# London keeps UTC in winter.
NOW = dt.datetime(2022, 1, 19, 9, 0, tzinfo=dt.UTC)
DUE = dt.datetime(2022, 2, 1, 23, 59, tzinfo=dt.UTC)
AFTER = dt.datetime(2022, 2, 3, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def meeting(db, lead, lead_post, member, member_post) -> Meeting:
    board = BoardFactory(slug="delivery", title="Delivery board", code="DB")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=member_post)
    made = MeetingFactory(board=board, on=dt.date(2022, 2, 8))
    Milestone.objects.create(
        meeting=made, product="papers", promise="5 working days before", due_at=DUE, explanation="5 working days."
    )
    return made


@pytest.fixture
def item(meeting) -> AgendaItem:
    return AgendaItemFactory(meeting=meeting, title="Estates plan", purpose="decision")


@pytest.fixture
def keeper(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def author(overseer, actor_of):
    return actor_of(overseer)


@pytest.fixture
def chair(lead, actor_of):
    return actor_of(lead)


@pytest.fixture
def paper(item, overseer_post, keeper) -> Paper:
    return services.commission(
        item=item, title="The estate", author_post=overseer_post, brief="Say what it costs.", by=keeper, at=NOW
    )


def ready(paper: Paper) -> Paper:
    """Complete, so that it can be submitted."""
    Paper.objects.filter(pk=paper.pk).update(
        state="drafting", purpose="To say what it costs.", recommendation="That the board approves the plan."
    )
    paper.refresh_from_db()
    return paper


def pdf_bytes(pages: int = 1) -> bytes:
    pdf, file = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    pdf.save(file)
    return file.getvalue()


def sent(content: bytes, name: str = "paper.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def uploaded(content: bytes, name: str = "paper.pdf") -> UploadedPaper:
    file = sent(content, name)
    return UploadedPaper(file, check_paper(name, file))
