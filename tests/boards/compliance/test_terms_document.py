"""The document of terms of reference: everything that holds, for who may read it."""

import datetime as dt
import io

import pikepdf
import pytest
from django.urls import reverse

from boards.models import Board, Relationship
from tests.factories.boards import BoardFactory, DraftTermsFactory, ExternalFactory, MembershipFactory, approved
from tests.factories.people import PostFactory, TenureFactory
from tests.pdf_text import text_of

HOSTILE = "Watch #progress of $all$ *commitments* ] and // report"


@pytest.fixture
def board(db) -> Board:
    board = BoardFactory(slug="delivery", title="Delivery Board", code="DB")
    draft = DraftTermsFactory(
        board=board,
        purpose="To keep the promises.\n\nAll of them.",
        authority="It decides.",
        horizon_years=4,
        quorum={
            "all_of": [
                {"present": {"categories": ["chair"]}},
                {"at_least": 5, "besides": {"categories": ["chair"]}},
            ]
        },
        attendance_note="Members attend in person.",
        products="A summary of decisions.",
        support="The programme office.",
        relationships_note="Works with the audit panel.",
        streams=["operational pillar"],
    )
    draft.duties.create(key="watch", position=1, text=HOSTILE, times_a_year=2)
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    approved(draft)
    post = PostFactory(title="Head of Estates")
    TenureFactory(post=post, person__name="Ina Chair")
    MembershipFactory(board=board, post=post, category="chair")
    MembershipFactory(board=board, post=PostFactory(title="Empty Chair"))
    ExternalFactory(board=board, person__name="Dr Adviser")
    hidden = BoardFactory(title="Hidden Board", sensitivity="members")
    Relationship.objects.create(board=board, to=BoardFactory(title="Advisory Board"), kind="reports_to", days_between=5)
    Relationship.objects.create(board=board, to=hidden, kind="directs")
    return board


def pdf(number: int = 1) -> str:
    return reverse("boards:terms_pdf", args=["delivery", number])


def test_it_says_all_that_holds(client_as, board):
    answer = client_as("viewer").get(pdf())
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="delivery-terms-1.pdf"'
    said = text_of(answer.content)
    for words in (
        "Terms of reference of Delivery Board, version 1",
        "To keep the promises.",
        "It decides.",
        "Four years",
        HOSTILE,
        "(twice a year)",
        "Every six weeks",
        "2 hours",
        "The chair plus five members",
        "No deputies",
        "Members attend in person.",
        "Papers reach the secretariat 5 working days before the meeting.",
        "A summary of decisions.",
        "The programme office.",
        "Works with the audit panel.",
        "Apologies and quoracy",
        "One operational pillar",
        "Every year",
        "Ina Chair",
        "Vacant",
        "Dr Adviser",
        "Reports to",
        "Advisory Board: at least 5 working days apart",
        "Decision 1 of the board",
    ):
        assert words in said, words


def test_boards_that_the_reader_does_not_see_are_left_out(client_as, board):
    assert "Hidden Board" not in text_of(client_as("viewer").get(pdf()).content)
    assert "Hidden Board" in text_of(client_as("auditor").get(pdf()).content)


def test_its_parts_are_bookmarks(client_as, board):
    made = pikepdf.open(io.BytesIO(client_as("viewer").get(pdf()).content))
    with made.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert titles[:3] == ["Purpose", "Responsibilities", "Meetings"]
    assert titles[-3:] == ["Members on 19 January 2022", "Other boards", "Approval"]


def test_who_may_not_read_them_finds_nothing(client_as, board):
    DraftTermsFactory(board=board)
    assert client_as("viewer").get(pdf(2)).status_code == 404
    assert client_as("secretariat").get(pdf(2)).status_code == 200
    assert client_as("viewer").get(pdf(9)).status_code == 404
    Board.objects.filter(pk=board.pk).update(sensitivity="members")
    assert client_as("viewer").get(pdf()).status_code == 404


def test_adopted_terms_say_whose_they_are_and_what_holds(client_as, board):
    follower = BoardFactory(slug="follower")
    approved(DraftTermsFactory(board=follower, adopts=board))
    answer = client_as("viewer").get(reverse("boards:terms_pdf", args=["follower", 1]))
    said = text_of(answer.content)
    assert "This board adopts the terms of Delivery Board, and follows them as they change. Version 1 holds." in said
    assert "It decides." in said


def test_superseded_terms_show_the_members_of_their_last_day(client_as, board):
    approved(DraftTermsFactory(board=board), dt.date(2021, 10, 1))
    assert "Members on 30 September 2021" in text_of(client_as("viewer").get(pdf()).content)


def test_the_same_terms_are_not_sent_twice(client_as, board):
    visitor = client_as("viewer")
    answer = visitor.get(pdf())
    assert visitor.get(pdf(), headers={"if-none-match": answer["ETag"]}).status_code == 304
