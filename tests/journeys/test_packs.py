"""A paper from its commission to the pack, and the pack from its first edition to its second."""

import datetime as dt
import re

import pypdfium2
import pytest
from django.urls import reverse

from boards.models import AgendaItem, Meeting, Paper
from kit import private_files, reports
from people.models import Message, Person
from tests.factories.boards import AgendaItemFactory, BoardFactory, MeetingFactory, MembershipFactory
from tests.factories.records import ClearedPaperFactory, PaperVersionFactory
from tests.journeys.steps import at, day
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
EDITION = re.compile(r"/pack/\d+/$")
RECOMMENDED = "That the board approves the estates plan."
SECRET = ("Cedar House", "Zsecret")


@pytest.fixture
def meeting(lead, lead_post, member, member_post, overseer, secretariat) -> Meeting:
    """On 8 February 2022: the lead is in the chair, the member sits there, the overseer only writes papers.

    One item is put before the chair alone.
    """
    Person.objects.filter(user=member).update(email=member.email)
    board = BoardFactory(slug="estates-board", title="Estates Board", code="ES")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=member_post)
    meeting = MeetingFactory(board=board)
    AgendaItemFactory(meeting=meeting, title="Estates plan", purpose="decision")
    sale = AgendaItemFactory(meeting=meeting, title="Sale of Cedar House", visibility="absent")
    sale.audience.create(post=lead_post)
    given(ClearedPaperFactory(item=sale, title="Offers for Cedar House"), "Zsecret")
    return meeting


@pytest.fixture
def plan(meeting, overseer_post) -> Paper:
    """A cleared paper with a file."""
    item = AgendaItem.objects.get(title="Estates plan")
    paper = ClearedPaperFactory(
        item=item, title="The plan for 2022-23", author_post=overseer_post, recommendation=RECOMMENDED
    )
    given(paper, "Zplan")
    return paper


def pdf(word: str) -> bytes:
    return reports.report(f"About {word}", [reports.prose(f"{word} is what this is about.")])


def given(paper: Paper, word: str) -> None:
    """A version of a paper, given in and checked."""
    made = pdf(word)
    key = private_files.store(made, None, ".pdf")
    PaperVersionFactory(paper=paper, key=key, sha256=key[6:70], size=len(made), pages=1, file_name=f"{word}.pdf")


def select(window: Walker, name: str, content: bytes) -> None:
    """Select a file to upload."""
    window.page.set_input_files("input[name=file]", {"name": name, "mimeType": "application/pdf", "buffer": content})


def text_of(window: Walker, name: str) -> str:
    """The text of the PDF that a link leads to."""
    href = window.page.get_by_role("link", name=name).first.get_attribute("href")
    document = pypdfium2.PdfDocument(window.page.request.get(window.base + href).body())
    return "\n".join(page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize("javascript", [True, False])
def test_a_paper_from_its_commission_to_its_clearance(walker, meeting, javascript):
    keeper = walker("secretariat", javascript=javascript)
    item = AgendaItem.objects.get(title="Estates plan")
    keeper.go(at(meeting, "paper_new", item.pk))
    keeper.page.fill("#id_title", "The plan for 2022-23")
    keeper.page.select_option("#id_author_post", label="AC who leads Front Line Policing")
    keeper.page.fill("#id_brief", "What is sold, and what it brings.")
    keeper.press("Commission it")
    keeper.sees("There is a problem")
    assert keeper.page.input_value("#id_brief") == "What is sold, and what it brings."
    keeper.look(axe=False)
    day(keeper, "due", dt.date(2022, 2, 1))
    keeper.press("Commission it")
    keeper.sees("The paper was commissioned.", "The plan for 2022-23")

    author = walker("overseer", javascript=javascript)
    author.go(reverse("boards:papers"))
    author.sees("What you owe")
    author.page.get_by_role("link", name="The plan for 2022-23").first.click()
    author.sees("What is sold, and what it brings.", "Fill in the front sheet and add the paper")
    paper = author.path
    author.follow("Fill in the front sheet")
    author.page.fill("#id_purpose", "To say what is sold.")
    author.page.get_by_label("OFFICIAL", exact=True).check()
    author.press("Save")
    author.sees("The front sheet was saved.", "Write the recommendation on the front sheet first.")
    author.follow("Fill in the front sheet")
    author.page.fill("#id_recommendation", RECOMMENDED)
    author.press("Save")

    author.follow("Add the paper")
    select(author, "plan.pdf", b"MZ\x90\x00" + b"\x00" * 400)
    author.press("Add it")
    author.sees("There is a problem", "Its content is a program")
    author.look(axe=javascript)
    select(author, "plan.pdf", pdf("Zfirst"))
    author.press("Add it")
    author.sees("The paper was added.", "Version 1, PDF, 1 page", "tagged for screen readers", RECOMMENDED)
    author.follow("Submit this paper")
    author.press("Submit it")
    author.sees("The paper was submitted.", "The secretariat clears it, or sends it back")

    keeper.go(paper)
    keeper.follow("Send it back")
    keeper.press("Send it back")
    keeper.sees("There is a problem", "Say what has to change")
    keeper.page.fill("#id_reason", "Say what it costs.")
    keeper.press("Send it back")
    keeper.sees("The paper was sent back to its author.")
    author.go(paper)
    author.sees("Say what it costs.")
    author.follow("Add a new version")
    select(author, "plan.pdf", pdf("Zsecond"))
    author.press("Add it")
    author.sees("There is a problem", "Say what changed since the last version")
    select(author, "plan.pdf", pdf("Zsecond"))
    author.page.fill("#id_what_changed", "The costs are in.")
    author.press("Add it")
    author.sees("Version 2", "The costs are in.", "Earlier versions")
    assert "Zsecond" in text_of(author, "plan.pdf")
    author.follow("Submit this paper")
    author.press("Submit it")
    keeper.go(paper)
    keeper.follow("Clear this paper")
    keeper.press("Clear it")
    keeper.sees("The paper was cleared.", "None. It goes into the pack")
    keeper.look(axe=javascript)


def test_a_pack_goes_out_and_a_late_paper_makes_its_second_edition(walker, meeting, plan, settings):
    keeper = walker("secretariat")
    build(keeper, meeting)
    keeper.sees("Not circulated", "All items", "Members")
    circulate(keeper, "Please read item 1.", people=2)
    keeper.sees("Edition 1 was circulated.", "Current")
    keeper.look()

    reader = walker("member")
    reader.go(mailed("member@stride.example"))
    reader.sees("Edition 1", "Sent to you")
    reader.does_not_see(*SECRET)
    reader.page.locator("main a", has_text="Read it here").click()
    reader.sees("Estates plan", "The plan for 2022-23", RECOMMENDED)
    reader.does_not_see(*SECRET)
    reader.look()
    told = text_of(reader, "Open it as one PDF")
    assert "Zplan" in told
    assert "Edition 1" in told
    assert not any(word in told for word in SECRET)
    keeper.go(at(meeting, "pack_copies", 1))
    keeper.sees("Mo Member")
    assert "Not yet" not in keeper.page.get_by_role("row", name="Mo Member").inner_text()

    late_paper(walker, meeting, settings)
    keeper.go(at(meeting, "pack"))
    keeper.sees("Circulated, out of date", "What it costs, was added")
    build(keeper, meeting, kind="Whole pack")
    keeper.sees("What changed since edition 1", "What it costs, was added")
    circulate(keeper, "", people=2)
    keeper.go(at(meeting, "pack_edition", 1))
    keeper.sees("Superseded")
    reader.go(at(meeting, "pack_read", 1))
    reader.sees("A newer edition has replaced this one.")
    reader.go(at(meeting, "pack_read", 2))
    reader.sees("What changed since edition 1", "What it costs, was added", "Late")
    told = text_of(reader, "Open it as one PDF")
    assert "Zlate" in told
    assert not any(word in told for word in SECRET)

    given(plan, "Znewer")
    keeper.go(at(meeting, "pack"))
    keeper.sees("Circulated, out of date", "The plan for 2022-23, has a newer version (2)", "Build the next edition")
    keeper.look()


def build(keeper: Walker, meeting: Meeting, *, kind: str = "") -> None:
    """Build an edition, of a kind if that is asked, and come to its page."""
    keeper.go(at(meeting, "pack_build"))
    if kind:
        keeper.sees("What changed since edition")
        keeper.page.get_by_label(kind, exact=True).check()
    keeper.press("Build it")
    keeper.page.wait_for_url(EDITION)


def circulate(keeper: Walker, message: str, *, people: int) -> None:
    """Send the edition whose page is open."""
    keeper.follow("Circulate it")
    keeper.page.fill("#id_message", message)
    keeper.press(f"Send it to {people} people")
    keeper.page.wait_for_url(EDITION)


def mailed(to: str) -> str:
    """The path of the link in the mail about the pack."""
    mail = Message.objects.filter(kind="pack_circulated", to_email=to).latest("pk")
    assert not any(word in mail.subject + mail.body for word in SECRET)
    [link] = [word for word in mail.body.split() if word.startswith("http")]
    return "/" + link.split("/", 3)[3]


def late_paper(walker, meeting: Meeting, settings) -> None:
    """Asked for, overdue, permitted by the chair, given in and cleared."""
    keeper, author = walker("secretariat"), walker("overseer")
    keeper.go(at(meeting, "paper_new", AgendaItem.objects.get(title="Estates plan").pk))
    keeper.page.fill("#id_title", "What it costs")
    keeper.page.select_option("#id_author_post", label="AC who leads Front Line Policing")
    day(keeper, "due", dt.date(2022, 1, 21))
    keeper.press("Commission it")
    keeper.sees("The paper was commissioned.")
    settings.STRIDE_TODAY = dt.date(2022, 1, 25)
    paper = Paper.objects.get(title="What it costs").get_absolute_url()
    author.go(paper)
    author.follow("Add the paper")
    select(author, "costs.pdf", pdf("Zlate"))
    author.press("Add it")
    author.follow("Fill in the front sheet")
    author.page.fill("#id_purpose", "To say what it costs.")
    author.page.fill("#id_recommendation", "That the board pays for it.")
    author.press("Save")
    author.sees("4 days overdue", "A late paper needs the chair’s permission.")
    author.follow("Ask the chair to let it in late")
    author.page.fill("#id_reason", "The figures came late.")
    author.press("Ask the chair")
    author.sees("The chair was asked.")
    chair = walker("lead")
    chair.go(reverse("boards:papers"))
    chair.follow("May this come late? What it costs")
    chair.sees("The figures came late.")
    chair.page.fill("#id_reason", "It cannot wait.")
    chair.press("Let it in")
    chair.sees("The paper may come late.")
    author.go(paper)
    author.sees("Permitted to come late by Lena Lead: It cannot wait.")
    author.follow("Submit this paper")
    author.sees("so it will be labelled late")
    author.press("Submit it")
    keeper.go(paper)
    keeper.follow("Clear this paper")
    keeper.press("Clear it")
    keeper.sees("The paper was cleared.", "Late")
