"""The quarterly note: what it is made from, that it stays as issued, and its pages."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.urls import reverse

from boards.models import QuarterlyNote
from boards.queries.notes import note_body, quarters_before
from kit import clock
from tests.boards.referrals.conftest import TEXT, here, on
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.records import DecisionFactory, SummaryFactory
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db
APRIL = dt.datetime(2022, 4, 5, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def quarter():
    return quarters_before(APRIL.date())[0]


@pytest.fixture
def decided(boards, item):
    """Three decisions of the quarter: on an open item, on a restricted one, and one that was not summed up."""
    hidden = AgendaItemFactory(meeting=item.meeting, visibility="title_only", title="Pay")
    later = AgendaItemFactory(meeting=MeetingFactory(board=boards["advises"], on=dt.date(2022, 3, 29)))
    SummaryFactory(meeting=item.meeting)
    return [
        DecisionFactory(item=item, text="The plan is approved."),
        DecisionFactory(item=hidden, text="Pay is frozen.", kind="referred"),
        DecisionFactory(item=later, text="Not told yet."),
    ]


def url(name: str, board, *more) -> str:
    return reverse(f"boards:{name}", args=[board.slug, *more])


def form(boards, quarter, **changes) -> dict:
    told = {"to_board": str(boards["decides"].pk), "quarter": quarter.starts.isoformat(), "opening": "A good quarter."}
    return told | changes


def issued(client, boards, quarter) -> QuarterlyNote:
    with clock.standing_at(APRIL):
        preview = client.post(url("note_new", boards["advises"]), form(boards, quarter))
        seen = preview.context["seen"]
        told = form(boards, quarter, seen=seen, then="save")
        response = client.post(url("note_new", boards["advises"]), told)
    assert response.status_code == 302
    return QuarterlyNote.objects.first()


def test_the_last_quarters_are_those_of_the_financial_year():
    assert [each.label for each in quarters_before(dt.date(2022, 1, 19))][:3] == [
        "Q3 2021-22",
        "Q2 2021-22",
        "Q1 2021-22",
    ]


def test_it_holds_what_the_other_board_may_read(boards, decided, quarter):
    body = note_body(boards["advises"], boards["decides"], quarter)
    assert [line["text"] for line in body["decisions"]] == ["The plan is approved."]


def test_what_was_referred_to_the_board_is_told_to_it_alone(boards, decided, quarter, send):
    send(item=decided[1].item, decision=decided[1], to_boards=[boards["decides"]])
    told = note_body(boards["advises"], boards["decides"], quarter)["decisions"]
    assert [line["text"] for line in told] == ["The plan is approved.", "Pay is frozen."]
    others = note_body(boards["advises"], boards["delivers"], quarter)["decisions"]
    assert [line["text"] for line in others] == ["The plan is approved."]


def test_a_closed_board_tells_only_what_it_refers(boards, decided, quarter):
    boards["advises"].sensitivity = "members"
    assert note_body(boards["advises"], boards["decides"], quarter)["decisions"] == []


def test_what_went_between_the_two(boards, send, meetings, answer, quarter):
    answer(send(), "endorsed", on(2, 8), summary="Agreed at once.")
    sent = note_body(boards["advises"], boards["decides"], quarter)["sent"]
    back = note_body(boards["decides"], boards["advises"], quarter)["received"]
    assert [line["summary"] for line in sent] == [line["summary"] for line in back] == ["Agreed at once."]
    before = quarters_before(dt.date(2022, 1, 19))[0]
    assert note_body(boards["advises"], boards["decides"], before)["sent"] == []


def test_it_is_looked_at_issued_numbered_and_kept(boards, decided, quarter, client_as):
    client = client_as("secretariat")
    note = issued(client, boards, quarter)
    assert (note.number, note.issued_by, note.body["label"]) == (1, "Sana Secretariat", "Q4 2021-22")
    decided[0].text = "Changed afterwards."
    decided[0].save()
    page = client.get(note.get_absolute_url()).content.decode()
    assert "A good quarter." in page
    assert "The plan is approved." in page
    assert "Changed afterwards." not in page
    assert issued(client, boards, quarter).number == 2
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE boards_quarterlynote SET opening = 'x'")


def test_a_note_is_not_issued_unseen(boards, decided, quarter, client_as):
    """The record changed between the look and the button: nothing is issued, nothing typed is lost."""
    client = client_as("secretariat")
    with clock.standing_at(APRIL):
        seen = client.post(url("note_new", boards["advises"]), form(boards, quarter)).context["seen"]
        decided[0].text = "Changed meanwhile."
        decided[0].save()
        response = client.post(url("note_new", boards["advises"]), form(boards, quarter, seen=seen, then="save"))
    assert response.status_code == 422
    assert "The record has changed since you looked at the note" in response.content.decode()
    assert "A good quarter.</textarea>" in response.content.decode()


def test_back_from_the_look_every_word_is_there(boards, decided, quarter, client_as):
    with clock.standing_at(APRIL):
        told = form(boards, quarter, then="change")
        response = client_as("secretariat").post(url("note_new", boards["advises"]), told)
    assert "A good quarter.</textarea>" in response.content.decode()
    assert not QuarterlyNote.objects.exists()


def test_a_quarter_that_runs_has_no_note_yet(boards, quarter, client_as):
    response = client_as("secretariat").post(url("note_new", boards["advises"]), form(boards, quarter))
    assert response.status_code == 422
    assert "from the list" in response.content.decode()


def test_its_document_says_the_same(boards, decided, quarter, client_as):
    client = client_as("secretariat")
    note = issued(client, boards, quarter)
    response = client.get(url("note_pdf", boards["advises"], note.pk))
    text = text_of(response.content)
    assert response["Content-Type"] == "application/pdf"
    for said in ("Note on Q4 2021-22", "A good quarter.", "The plan is approved.", "Management Board"):
        assert said in text, said
    assert "Pay is frozen" not in text


def test_the_list_of_a_board(boards, decided, quarter, client_as, django_assert_num_queries):
    client = client_as("member")
    issued(client_as("secretariat"), boards, quarter)
    with django_assert_num_queries(QUERIES):
        assert client.get(url("notes", boards["decides"])).content.decode().count("Q4 2021-22") == 1
    issued(client_as("secretariat"), boards, quarter)
    issued(client_as("secretariat"), boards, quarter)
    with django_assert_num_queries(QUERIES):
        assert client.get(url("notes", boards["decides"])).content.decode().count("Q4 2021-22") == 3
    assert "No note has been issued." in client_as("viewer").get(url("notes", boards["decides"])).content.decode()


QUERIES = 8


def test_the_note_tells_the_text_as_it_was_received(boards, send, meetings, quarter, client_as):
    referral = send(to_boards=[boards["decides"]])
    note = issued(client_as("secretariat"), boards, quarter)
    assert TEXT in client_as("member").get(note.get_absolute_url()).content.decode()
    assert here(referral).board == note.to_board
