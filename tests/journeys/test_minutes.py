"""Minutes from the draft to the record that nobody can change any more."""

import datetime as dt
import io

import docx
import pypdfium2
import pytest

from boards.models import ItemRecord, Meeting
from boards.queries.attendance import lines_of
from boards.services import decisions, meetings
from kit import clock
from people.actor import actor_for
from people.models import Message, Person
from tests.factories.boards import (
    AgendaItemFactory,
    BoardFactory,
    DraftTermsFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.journeys.steps import at
from tests.journeys.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
MET, NEXT = dt.date(2022, 2, 8), dt.date(2022, 3, 8)
SECRET = ("Sale of Cedar House", "Zoffer")


@pytest.fixture
def held(lead, lead_post, member, member_post, secretariat, settings) -> Meeting:
    """It was held this morning; the second item was put before the chair alone."""
    settings.STRIDE_TODAY = MET
    Person.objects.filter(user=member).update(email=member.email)
    board = BoardFactory(slug="estates-board", title="Estates Board", code="ES")
    MembershipFactory(board=board, post=lead_post, category="chair")
    MembershipFactory(board=board, post=member_post)
    approved(DraftTermsFactory(board=board, quorum={"at_least": 2}))
    meeting = begun(MeetingFactory(board=board, on=MET))
    plan = AgendaItemFactory(meeting=meeting, title="Estates plan")
    sale = AgendaItemFactory(meeting=meeting, title="Sale of Cedar House", visibility="absent")
    sale.audience.create(post=lead_post)
    ItemRecord.objects.create(item=plan, discussion="The roof leaks.")
    ItemRecord.objects.create(item=sale, discussion="Zoffer came in.")
    by = actor_for(secretariat, MET)
    everybody_came(meeting)
    decisions.record(item=plan, kind="approved", text="The board mends the roof.", by=by, at=clock.now())
    meetings.hold(meeting=meeting, by=by, at=clock.now())
    return meeting


@pytest.fixture
def following(held) -> Meeting:
    """The next meeting; nothing is on its agenda."""
    return begun(MeetingFactory(board=held.board, on=NEXT))


def begun(meeting: Meeting) -> Meeting:
    """It starts at midnight, so that it has begun at whatever hour the journey is walked on its day."""
    meeting.starts_at = meeting.starts_at.replace(hour=0)
    meeting.save()
    return meeting


def everybody_came(meeting: Meeting) -> None:
    """All seats are present, the first presides."""
    for place, line in enumerate(lines_of(meeting)):
        line.attendance.presence, line.attendance.presided = "present", place == 0
        line.attendance.save()


def download(window: Walker, name: str) -> bytes:
    """What the link of this name leads to."""
    href = window.page.get_by_role("link", name=name, exact=True).get_attribute("href")
    return window.page.request.get(window.base + href).body()


def test_minutes_from_the_draft_to_the_confirmed_record(walker, held, following, settings):
    keeper = walker("secretariat")
    keeper.go(at(held, "minutes"))
    keeper.follow("Draft the minutes")
    keeper.press("Draft the minutes")
    keeper.sees("The draft is made.", "The roof leaks.", "The board mends the roof.", "Lena Lead", "DRAFT")
    keeper.look()
    keeper.page.locator("main a", has_text="Edit what was discussed").first.click()
    keeper.page.fill("#id_text", "The roof leaks.\n\nIt is fifty years old.")
    keeper.press("Save")
    keeper.sees("The minutes were saved.", "1.2", "It is fifty years old.")
    reader = walker("member")
    reader.go(at(held, "minutes"))
    reader.does_not_see("fifty years")

    keeper.follow("Circulate them")
    keeper.sees("Mo Member")
    keeper.press("Circulate them")
    keeper.sees("The minutes went out, unconfirmed.", "UNCONFIRMED", "8 March 2022")
    mail = Message.objects.get(kind="minutes_circulated", to_email="member@stride.example")
    assert at(held, "minutes") in mail.body
    assert "roof" not in mail.subject + mail.body
    reader.go(at(held, "minutes"))
    reader.sees("It is fifty years old.", "UNCONFIRMED")
    reader.does_not_see(*SECRET)
    reader.look()

    keeper.page.locator("main a", has_text="Correct it").first.click()
    keeper.page.fill("#id_text", "The roof leaks.\n\nIt is sixty years old.")
    keeper.press("Record the correction")
    keeper.sees("There is a problem", "Say who asked for the correction")
    assert "sixty" in keeper.page.input_value("#id_text")
    keeper.look(axe=False)
    keeper.page.fill("#id_asked_by", "Head of Estates")
    keeper.press("Record the correction")
    keeper.sees("The correction was recorded.", "Head of Estates", "It is sixty years old.")

    settings.STRIDE_TODAY = NEXT
    everybody_came(following)
    keeper.go(at(following, "room"))
    keeper.sees("Minutes of the meeting of 8 February 2022")
    keeper.page.fill("#id_text", "The board confirms the minutes as corrected.")
    keeper.page.get_by_label("Approved", exact=True).check()
    keeper.page.select_option("#id_does", label="Meeting of 8 February 2022")
    keeper.press("Record the decision")
    keeper.sees("was recorded. The minutes of 8 February 2022 are confirmed.")

    keeper.go(at(held, "minutes"))
    keeper.sees("Confirmed", "Hash of the confirmed record", "It is sixty years old.")
    keeper.does_not_see("UNCONFIRMED", "Correct it")
    keeper.look()
    keeper.go(at(held, "minutes_correct", held.items.first().pk))
    keeper.sees("These minutes are confirmed. They stay as they are.")
    reader.go(at(held, "minutes"))
    pages = pypdfium2.PdfDocument(download(reader, "Download as PDF"))
    written = docx.Document(io.BytesIO(download(reader, "Download for Word")))
    for text in (
        "\n".join(page.get_textpage().get_text_range() for page in pages),
        "\n".join(each.text for each in written.paragraphs),
    ):
        assert "sixty years old" in " ".join(text.split())
        assert "mends the roof" in " ".join(text.split())
        assert not any(word in text for word in SECRET)
