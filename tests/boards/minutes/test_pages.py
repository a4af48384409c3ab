"""The page of minutes, its forms and its documents: what they say, to whom, and how often they ask."""

import io

import docx
import pytest
from django.urls import reverse

from boards.models import Correction
from boards.services import meetings
from boards.services import minutes as services
from kit import clock
from tests.boards.minutes.conftest import DECIDED, NOTES, SECRETS
from tests.factories.boards import AgendaItemFactory
from tests.factories.people import UserFactory
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db


def url(name: str, meeting, *more) -> str:
    return reverse(f"boards:{name}", args=[meeting.board.slug, meeting.pk, *more])


def page_of(client, meeting, name="minutes", *more) -> str:
    return client.get(url(name, meeting, *more)).content.decode()


def word_of(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells, document.core_properties.title])


@pytest.fixture
def secretary(secretariat, client_for):
    return client_for(secretariat)


@pytest.fixture
def adviser(seats, client_for):
    """Who sees the restricted items, and sits on the board."""
    user = UserFactory()
    seats["adviser"].person.user = user
    seats["adviser"].person.save()
    return client_for(user)


def test_an_empty_page_says_what_to_do_next(here, secretary, client_as):
    assert "Draft the minutes" in page_of(secretary, here)
    assert "No minutes have gone out yet" in page_of(client_as("member"), here)


def test_a_draft_is_made_on_its_page(here, said, secretary):
    assert secretary.get(url("minutes_draft", here)).status_code == 200
    assert secretary.post(url("minutes_draft", here)).url == url("minutes", here)
    text = page_of(secretary, here)
    for words in ("Draft", "1.1", "1.2", "The roof leaks.", DECIDED[0], "Mend the roof.", "1.4", "In the chair"):
        assert words in text, words
    assert "due by 1 March 2022" in text


@pytest.mark.parametrize("state", ["draft", "circulated", "confirmed"])
def test_the_state_stands_on_the_page_and_in_both_documents(request, secretary, state, meeting):
    row = request.getfixturevalue(state)
    word, mark = {
        "draft": ("Draft", "DRAFT"),
        "circulated": ("Unconfirmed", "UNCONFIRMED"),
        "confirmed": ("Confirmed", ""),
    }[state]
    page = page_of(secretary, meeting)
    assert f">{word}</strong>" in page
    pdf = secretary.get(url("minutes_pdf", meeting))
    made = secretary.get(url("minutes_docx", meeting))
    assert pdf["Content-Type"] == "application/pdf"
    for text in (text_of(pdf.content), word_of(made.content)):
        assert text.count(mark) >= 2 if mark else "DRAFT" not in text + text.replace("UNCONFIRMED", "DRAFT")
        assert "1.1 The roof leaks." in text
        assert row.sha256 in text.replace(" ", "")
    if state == "confirmed":
        assert row.confirmed_by.reference in page
        assert row.sha256 in page


@pytest.mark.parametrize("state", ["circulated", "confirmed"])
def test_nobody_reads_a_word_of_an_item_that_is_not_theirs(
    request, state, client_as, adviser, meeting, said, keeper, now
):
    row = request.getfixturevalue("circulated")
    services.correct(
        minutes=row,
        item=said[2],
        text="Otherville wavers.",
        asked_by="Otherville's mayor",
        because="Otherville asked.",
        seen=services.token(NOTES[2]),
        by=keeper,
        at=now,
    )
    if state == "confirmed":
        request.getfixturevalue("confirmed")
    readers = [client_as("member")] + ([client_as("viewer")] if state == "confirmed" else [])
    for client in readers:
        pdf = text_of(client.get(url("minutes_pdf", meeting)).content)
        made = word_of(client.get(url("minutes_docx", meeting)).content)
        for text in (page_of(client, meeting), pdf, made):
            assert "The roof leaks." in text
            assert "Pay of the director" in text  # its title is open
            for secret in set(SECRETS) - {"Pay of the director"}:
                assert secret not in text, secret
    text = page_of(adviser, meeting)
    for words in ("Otherville wavers.", "paid 100", "The pay is 100.", "Pay the director."):
        assert words in text
    assert "Otherville&#x27;s mayor" in text


def test_a_draft_is_read_by_those_who_run_and_check_boards(draft, meeting, client_as):
    reads = {"secretariat": True, "auditor": True, "member": False, "lead": False, "viewer": False}
    for persona, sees in reads.items():
        client = client_as(persona)
        assert ("The roof leaks." in page_of(client, meeting)) is sees
        assert client.get(url("minutes_pdf", meeting)).status_code == (200 if sees else 404)


def test_unconfirmed_minutes_are_read_by_the_board(circulated, meeting, client_as):
    assert "The roof leaks." in page_of(client_as("member"), meeting)
    viewer = client_as("viewer")
    assert "those who sit on the board" in page_of(viewer, meeting)
    assert viewer.get(url("minutes_docx", meeting)).status_code == 404


def test_a_part_is_edited_and_two_lose_nothing(draft, said, meeting, secretary):
    where = url("minutes_part", meeting, said[0].pk)
    seen = services.token(NOTES[0])
    assert secretary.post(where, {"text": "Theirs.", "seen": seen}).status_code == 302
    answer = secretary.post(where, {"text": "Mine.", "seen": seen})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "Theirs." in text
    assert "Mine.</textarea>" in text
    assert draft.parts.get(item=said[0]).text == "Theirs."
    assert secretary.post(where, {"text": "Mine.", "seen": services.token("Theirs.")}).status_code == 302


def test_a_correction_is_asked_for_by_somebody(circulated, said, meeting, secretary):
    where = url("minutes_correct", meeting, said[0].pk)
    sent = {"text": "The roof is whole.", "because": "It was mended.", "seen": services.token(NOTES[0])}
    answer = secretary.post(where, sent)
    assert answer.status_code == 422
    assert "Say who asked for the correction" in answer.content.decode()
    assert "The roof is whole.</textarea>" in answer.content.decode()
    same = secretary.post(where, sent | {"text": NOTES[0], "asked_by": "A. Member"})
    assert "Nothing is different" in same.content.decode()
    assert secretary.post(where, sent | {"asked_by": "A. Member"}).status_code == 302
    assert Correction.objects.get().becomes == "The roof is whole."
    assert "Asked for by A. Member" in page_of(secretary, meeting)


def test_circulating_says_who_gets_a_mail(draft, meeting, secretary, keeper, now):
    assert "Record first that the meeting was held" in page_of(secretary, meeting, "minutes_circulate")
    meetings.hold(meeting=meeting, by=keeper, at=now)
    assert "Ann Adviser" in page_of(secretary, meeting, "minutes_circulate")
    assert secretary.post(url("minutes_circulate", meeting)).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "circulated"


def test_confirmed_minutes_are_read_from_their_record(confirmed, meeting, client_as, lead_post):
    lead_post.title = "Renamed"
    lead_post.save()
    text = page_of(client_as("viewer"), meeting)
    assert "The roof leaks." in text
    assert "Renamed" not in text


def test_the_decision_form_offers_to_confirm_them(circulated, later, secretary):
    item = circulated.put_at.get().item
    with clock.standing_at(later.starts_at):
        text = secretary.get(f"{url('room', later)}?item={item.pk}").content.decode()
    assert 'value="confirm_minutes:' in text
    assert "Meeting of 8 February 2022" in text


@pytest.mark.parametrize("count", [0, 5])
def test_the_page_asks_as_often_for_many_items(here, said, secretary, keeper, now, count, django_assert_num_queries):
    for _ in range(count):
        AgendaItemFactory(meeting=here)
    services.draft(meeting=here, by=keeper, at=now)
    with django_assert_num_queries(32):
        secretary.get(url("minutes", here))
