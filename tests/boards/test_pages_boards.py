"""The list of boards and the page of one: what they say, who sees them, and what they cost."""

import datetime as dt

import pytest
from django.utils import timezone

from boards.models import Board, Relationship
from tests.factories.boards import (
    BoardFactory,
    DraftTermsFactory,
    ExternalFactory,
    MeetingFactory,
    MembershipFactory,
    approved,
)
from tests.factories.people import TenureFactory

CHAIR = {"present": {"categories": ["chair"]}}
EVERYBODY = ["admin", "team", "lead", "delegate", "overseer", "secretariat", "member", "auditor", "viewer", "stranger"]


@pytest.fixture
def board(db) -> Board:
    board = BoardFactory(slug="diversity-board", title="Diversity Board")
    TenureFactory(post=MembershipFactory(board=board, category="chair").post)
    draft = DraftTermsFactory(board=board, quorum=CHAIR)
    draft.duties.create(key="watch", position=1, text="Watch progress.", times_a_year=4)
    draft.service_levels.create(
        product="papers", quantity=5, unit="working_days", direction="before", anchor="meeting_start"
    )
    approved(draft)
    return board


@pytest.fixture
def sensitive(db, member_post) -> Board:
    """Sensitive; Mo Member's post sits on it. An open board is part of it, reports to it and adopts its terms."""
    board = BoardFactory(slug="vetting-board", title="Vetting Board", sensitivity="members")
    MembershipFactory(board=board, category="chair", post=member_post)
    approved(DraftTermsFactory(board=board, quorum=CHAIR))
    beside = BoardFactory(slug="beside", title="Beside", parent=board)
    MembershipFactory(board=beside, category="chair")
    approved(DraftTermsFactory(board=beside, adopts=board))
    Relationship.objects.create(board=beside, to=board, kind="reports_to")
    return board


def page(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_says_what_holds(client_as, board):
    text = page(client_as("viewer"), "/boards/diversity-board/")
    for words in (
        "The chair must be present.",
        "Every six weeks, for 2 hours",
        "Watch progress (four times a year).",
        "Papers reach the secretariat 5 working days before the meeting.",
        "Review due 1 April 2022",
        "Plan its next meeting",
    ):
        assert words in text


def test_an_overdue_review_is_shown(client_as, board):
    later = approved(DraftTermsFactory(board=board, quorum=CHAIR, review_every_months=3), dt.date(2021, 5, 1))
    text = page(client_as("viewer"), "/boards/diversity-board/")
    assert "Review overdue since 1 August 2021" in text
    assert "Review its terms of reference" in text
    assert f"Version {later.number}" in text
    assert "overdue" in page(client_as("viewer"), "/boards/")


def test_relationships_are_said_from_both_ends(client_as, board):
    panel = BoardFactory(slug="panel", title="Advisory Panel")
    Relationship.objects.create(board=panel, to=board, kind="meets_before", days_between=5, note="Advice first")
    Relationship.objects.create(board=panel, to=board, kind="advises")
    text = page(client_as("viewer"), "/boards/diversity-board/")
    assert "Meets in sequence after" in text
    assert "Is advised by" in text
    assert "Advice first, at least 5 working days apart" in text
    assert "Meets in sequence before" in page(client_as("viewer"), "/boards/panel/")


def test_adopted_terms_are_shown_as_they_hold(client_as, board):
    group = BoardFactory(slug="group", title="Group Board")
    MembershipFactory(board=group, category="chair")
    approved(DraftTermsFactory(board=group, adopts=board))
    newer = approved(DraftTermsFactory(board=board, quorum=CHAIR, purpose="A newer purpose."), dt.date(2022, 1, 1))
    assert "A newer purpose." in page(client_as("viewer"), "/boards/group/")
    text = page(client_as("viewer"), "/boards/group/terms/")
    assert f"adopts the terms of Diversity Board, and follows them as they change. Version {newer.number} holds" in text


def test_an_empty_list_says_what_to_do(client_as):
    assert "Add the first one" in page(client_as("secretariat"), "/boards/")
    assert "The secretariat adds one" in page(client_as("viewer"), "/boards/")


def test_the_list_is_filtered_and_leaves_out_what_ended(client_as, board):
    BoardFactory(title="Old Board", ends=dt.date(2021, 12, 31))
    BoardFactory(title="Panel", kind="advises")
    BoardFactory(title="Mayor’s Board", is_outside=True, kind="assures")
    client = client_as("viewer")
    everything = client.get("/boards/")
    assert [line.board.title for line in everything.context["table"].records] == ["Diversity Board", "Panel"]
    assert [line.board.title for line in everything.context["outside"].records] == ["Mayor’s Board"]
    for query, titles in (
        ("?life=ended", ["Old Board"]),
        ("?kind=advises", ["Panel"]),
        ("?q=divers", ["Diversity Board"]),
        ("?kind=nonsense", ["Diversity Board", "Panel"]),
        ("?life=all", ["Diversity Board", "Old Board", "Panel"]),
    ):
        assert [line.board.title for line in client.get(f"/boards/{query}").context["table"].records] == titles


def test_the_list_comes_as_csv(client_as, board):
    MeetingFactory(board=board)
    text = client_as("auditor").get("/boards/?download=boards").content.decode()
    assert "Board,What it does,Chair,Terms in force,Review due,Next meeting,Last held" in text
    assert "Diversity Board,Decides," in text
    assert "2022-02-08" in text


@pytest.mark.parametrize(
    "persona", [name for name in EVERYBODY if name not in ("admin", "secretariat", "auditor", "member")]
)
def test_a_sensitive_board_is_nowhere_for_others(client_as, persona, sensitive):
    client = client_as(persona)
    for path in (
        "",
        "history/",
        "members/",
        "terms/",
        "terms/1/",
        "terms/compare/",
        "terms/edit/",
        "edit/",
        "members/new/",
    ):
        assert client.get(f"/boards/vetting-board/{path}").status_code == 404, path
    for path in (
        "/boards/",
        "/boards/?life=all",
        "/boards/beside/",
        "/boards/beside/terms/",
        "/boards/beside/history/",
    ):
        assert "Vetting" not in page(client, path), path
    assert "Vetting" not in client.get("/boards/?download=boards").content.decode()
    assert "adopts the terms of another board" in page(client, "/boards/beside/terms/")


@pytest.mark.parametrize("persona", ["admin", "secretariat", "auditor", "member"])
def test_a_sensitive_board_is_there_for_those_who_run_check_or_sit_on_it(client_as, persona, sensitive):
    client = client_as(persona)
    assert "Vetting Board" in page(client, "/boards/")
    for path in ("", "history/", "members/", "terms/", "terms/1/", "terms/compare/"):
        assert "Vetting Board" in page(client, f"/boards/vetting-board/{path}"), path
    assert "Vetting Board" in page(client, "/boards/beside/")


def test_a_draft_is_for_those_who_run_check_or_sit_on_the_board(client_as, board):
    DraftTermsFactory(board=board, purpose="Not yet for all.")
    assert client_as("viewer").get("/boards/diversity-board/terms/2/").status_code == 404
    assert "Not yet for all." not in page(client_as("team"), "/boards/diversity-board/terms/compare/")
    assert "Not yet for all." in page(client_as("auditor"), "/boards/diversity-board/terms/2/")


def test_a_board_is_set_up_from_nothing(client_as):
    client = client_as("secretariat")
    sent = {"title": "New Board", "code": "NB", "kind": "decides", "sensitivity": "open", "nation": "ENG"}
    sent |= {"starts_day": "1", "starts_month": "1", "starts_year": "2022"}
    assert client.post("/boards/new/", sent)["Location"] == "/boards/new-board/"
    assert "Add the chair to its members" in page(client, "/boards/new-board/")
    again = client.post("/boards/new/", sent | {"slug": "other"})
    assert again.status_code == 422
    assert "code" in again.context["form"].errors


@pytest.mark.parametrize("slug", ["map", "calendar", "interests"])
def test_addresses_of_the_service_itself_are_not_taken(client_as, slug):
    response = client_as("secretariat").post("/boards/new/", {"title": "T", "slug": slug})
    assert "taken by STRIDE itself" in str(response.context["form"].errors["slug"])


def test_changing_a_board_with_terms_asks_why(client_as, board):
    client = client_as("secretariat")
    form = client.get("/boards/diversity-board/edit/").context["form"]
    sent = {name: form[name].value() for name in ("version", "title", "code", "kind", "sensitivity", "nation")}
    sent |= {"starts_day": "1", "starts_month": "4", "starts_year": "2021", "title": "Renamed Board"}
    assert "reason" in client.post("/boards/diversity-board/edit/", sent).context["form"].errors
    assert client.post("/boards/diversity-board/edit/", sent | {"reason": "It was renamed."}).status_code == 302
    board.refresh_from_db()
    assert board.title == "Renamed Board"
    assert board.ledger.order_by("-pgh_id").first().pgh_context["reason"] == "It was renamed."
    assert "It was renamed." in page(client, "/boards/diversity-board/history/")


def test_a_board_does_not_end_before_its_meetings(client_as, board):
    MeetingFactory(board=board)
    client = client_as("secretariat")
    form = client.get("/boards/diversity-board/edit/").context["form"]
    sent = {name: form[name].value() for name in ("version", "title", "code", "kind", "sensitivity", "nation")}
    sent |= {"starts_day": "1", "starts_month": "4", "starts_year": "2021", "reason": "Over."}
    response = client.post(
        "/boards/diversity-board/edit/", sent | {"ends_day": "1", "ends_month": "2", "ends_year": "2022"}
    )
    assert "still meets on 8 February 2022" in str(response.context["form"].errors["ends"])


def test_a_relationship_is_added_and_ended(client_as, board):
    other = BoardFactory(title="Other")
    client = client_as("secretariat")
    new = "/boards/diversity-board/relationships/new/"
    assert client.post(new, {"kind": "reports_to", "to": other.pk}).status_code == 302
    twice = client.post(new, {"kind": "reports_to", "to": other.pk})
    assert "already have this relationship" in str(twice.context["form"].errors["to"])
    itself = client.post(new, {"kind": "advises", "to": board.pk})
    assert "no relationship to itself" in str(itself.context["form"].errors["to"])
    back = client.post(f"/boards/{other.slug}/relationships/new/", {"kind": "reports_to", "to": board.pk})
    assert "That would be a circle" in str(back.context["form"].errors["to"])
    row = Relationship.objects.get()
    end = f"/boards/diversity-board/relationships/{row.pk}/end/"
    assert client.post(end, {"reason": ""}).status_code == 422
    assert client.post(end, {"reason": "It was merged."}).status_code == 302
    assert not Relationship.objects.exists()


def _full(number: int) -> Board:
    """A board with everything its page shows."""
    board = BoardFactory(slug=f"full-{number}")
    for category in ("chair", "chair", "internal"):
        TenureFactory(post=MembershipFactory(board=board, category=category).post)
    ExternalFactory(board=board)
    draft = DraftTermsFactory(board=board, quorum=CHAIR)
    draft.duties.create(key="watch", position=1, text="Watch progress.")
    approved(draft)
    MeetingFactory(board=board)
    Relationship.objects.create(board=board, to=BoardFactory(), kind="advises")
    return board


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_all(db, client_as, count, django_assert_num_queries):
    for number in range(count):
        _full(number)
    client = client_as("viewer")
    client.get("/boards/")
    with django_assert_num_queries(15):
        client.get("/boards/")


def test_the_page_shows_what_is_overdue_and_what_is_due_next(client_as, board):
    meeting = MeetingFactory(board=board)
    for product, day in (("papers", dt.date(2022, 1, 18)), ("pack", dt.date(2022, 2, 1))):
        due = timezone.make_aware(dt.datetime.combine(day, dt.time(17)))
        meeting.milestones.create(product=product, promise="Promised", due_at=due, explanation="So.")
    text = page(client_as("viewer"), "/boards/diversity-board/")
    assert text.index("Overdue") < text.index("Papers</strong>") < text.index("Pack circulated</strong>")


@pytest.mark.parametrize(("persona", "offered"), [("secretariat", True), ("auditor", False), ("viewer", False)])
def test_the_secretariat_plans_meetings_from_the_page(client_as, board, persona, offered):
    text = page(client_as(persona), "/boards/diversity-board/")
    for path in ("/boards/diversity-board/meetings/new/", "/boards/calendar/propose/"):
        assert (f'href="{path}"' in text) is offered


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_however_many_seats(db, client_as, count, django_assert_num_queries):
    board = _full(1)
    for _number in range(count):
        TenureFactory(post=MembershipFactory(board=board).post)
        Relationship.objects.create(board=board, to=BoardFactory(), kind="directs")
    client = client_as("viewer")
    client.get("/boards/full-1/")
    for place in range(count):
        due = dt.datetime(2022, 1, 10 + place, 17, tzinfo=dt.UTC)
        MeetingFactory(board=board, on=dt.date(2022, 3, 1 + place)).milestones.create(
            product="papers", promise="Promised", due_at=due, explanation="So."
        )
    with django_assert_num_queries(22):
        client.get("/boards/full-1/")
