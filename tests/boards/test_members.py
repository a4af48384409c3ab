"""Seats: by post or person, with their days, named deputies and reasons; what does not fit is said beside its field."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from boards.models import Membership
from boards.presenters.boards import by_category
from boards.queries.seats import quorum_seats, seats_on
from boards.services import members as services
from kit import stale
from kit.verdict import Refusal
from tests.factories.boards import BoardFactory, ExternalFactory, MembershipFactory
from tests.factories.people import PersonFactory, PostFactory, TenureFactory

TODAY = dt.date(2022, 1, 19)
START = {"starts_day": "1", "starts_month": "4", "starts_year": "2021"}


@pytest.fixture
def by(secretariat, actor_of):
    return actor_of(secretariat)


@pytest.fixture
def client(secretariat, client_for):
    return client_for(secretariat)


@pytest.fixture
def board(db):
    return BoardFactory(slug="diversity-board", title="Diversity Board")


def add(client, board, **sent):
    return client.post(f"/boards/{board.slug}/members/new/", {"category": "internal", **START, **sent})


def change(seat, by, reason="They moved.", **values):
    return services.change(membership=seat, values=values, seen=stale.token(seat, values), by=by, reason=reason)


def test_a_post_and_a_person_are_given_seats(client, board):
    post, person = PostFactory(), PersonFactory()
    assert add(client, board, post=post.pk, category="chair").status_code == 302
    assert add(client, board, person=person.pk, category="external_adviser").status_code == 302
    assert {(seat.label, seat.category) for seat in board.memberships.all()} == {
        (post.title, "chair"),
        (person.name, "external_adviser"),
    }


def test_joint_chairs_are_both_chairs(board, by):
    for _ in range(2):
        TenureFactory(post=MembershipFactory(board=board, category="chair").post)
    [(heading, lines)] = by_category(seats_on([board.pk], TODAY)[board.pk])
    assert (heading, len(lines)) == ("Joint chairs", 2)


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({}, "post", "Choose a post, or a person without one"),
        ({"post": "post", "person": "person"}, "person", "Choose a post or a person, not both"),
        ({"post": "seated"}, "post", "This post already sits on the board for some of these days"),
        ({"person": "external"}, "person", "This person already sits on the board for some of these days"),
        ({"post": "post", "deputy_post": "post"}, "deputy_post", "A post cannot be its own deputy"),
        ({"post": "post", "deputy_post": "seated", "deputy_person": "person"}, "deputy_person", "Name one deputy"),
        (
            {"post": "post", "ends_day": "31", "ends_month": "3", "ends_year": "2021"},
            "ends",
            "The last day must be the same as or after the first day",
        ),
        ({"post": "post", "starts_year": "2020"}, "starts", "The board began on 1 April 2021"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(client, board, sent, field, sentence):
    there = {
        "post": PostFactory(),
        "person": PersonFactory(),
        "seated": MembershipFactory(board=board).post,
        "external": ExternalFactory(board=board).person,
    }
    before = board.memberships.count()
    response = add(client, board, **{name: getattr(there.get(value), "pk", value) for name, value in sent.items()})
    assert response.status_code == 422
    assert sentence in str(response.context["form"].errors[field])
    assert board.memberships.count() == before


def test_a_seat_ends_with_a_reason_that_the_ledger_keeps(client, board, by):
    seat = MembershipFactory(board=board)
    page = f"/boards/{board.slug}/members/{seat.pk}/end/"
    form = client.get(page).context["form"]
    sent = {"version": form["version"].value(), "ends_day": "31", "ends_month": "1", "ends_year": "2022"}
    assert "Say why the seat ends" in str(client.post(page, sent).context["form"].errors["reason"])
    assert client.post(page, sent | {"reason": "The post moved."}).status_code == 302
    seat.refresh_from_db()
    assert seat.ends == dt.date(2022, 1, 31)
    assert seat.ledger.order_by("-pgh_id").first().pgh_context["reason"] == "The post moved."
    assert add(client, board, post=seat.post_id, starts_month="2", starts_year="2022").status_code == 302


def test_somebody_elses_change_of_a_seat_is_shown_and_nothing_is_lost(client, board, by):
    seat = MembershipFactory(board=board)
    page = f"/boards/{board.slug}/members/{seat.pk}/edit/"
    version = client.get(page).context["form"]["version"].value()
    change(seat, by, note="Saved first")
    sent = {"version": version, "category": "chair", "note": "Mine", "reason": "Why", **START}
    response = client.post(page, sent)
    assert response.status_code == 422
    assert ("Why they sit on it", "Saved first") in response.context["form"].conflict
    assert response.context["form"]["note"].value() == "Mine"
    again = {**sent, "version": response.context["form"]["version"].value()}
    assert client.post(page, again).status_code == 302
    assert Membership.objects.get(pk=seat.pk).note == "Mine"


def test_a_seat_lasts_no_longer_than_the_board_and_the_post(board, by):
    seat = MembershipFactory(board=board, post=PostFactory(abolished_on=dt.date(2022, 6, 30)), ends=TODAY)
    with pytest.raises(Refusal, match="abolished on 30 June 2022"):
        change(seat, by, ends=None)
    board.ends = dt.date(2022, 3, 31)
    board.save()
    with pytest.raises(Refusal, match="The board ends on 31 March 2022"):
        change(seat, by, ends=dt.date(2022, 5, 1))


def test_the_table_refuses_a_seat_that_ends_before_it_starts(board):
    seat = MembershipFactory(board=board)
    with pytest.raises(DatabaseError, match="membership_ends_after_it_starts"), transaction.atomic():
        connection.cursor().execute("UPDATE boards_membership SET ends = '2021-03-31' WHERE id = %s", [seat.pk])


def test_a_vacant_post_is_a_vacant_seat_and_is_shown_so(client, board):
    seat = MembershipFactory(board=board, category="chair", deputy_post=PostFactory(title="Deputy Head"))
    [line] = seats_on([board.pk], TODAY)[board.pk]
    assert (line.holder, line.deputy) == ("", "Deputy Head (vacant)")
    assert quorum_seats([line])[0].vacant
    text = client.get(f"/boards/{board.slug}/members/").content.decode()
    assert seat.post.title in text
    assert "Vacant" in text


@pytest.mark.parametrize("persona", ["team", "auditor", "viewer", "member"])
def test_others_read_the_seats_and_do_not_keep_them(client_as, persona, board):
    seat = MembershipFactory(board=board)
    client = client_as(persona)
    assert client.get(f"/boards/{board.slug}/members/").status_code == 200
    for page in ("members/new/", f"members/{seat.pk}/edit/", f"members/{seat.pk}/end/"):
        assert client.get(f"/boards/{board.slug}/{page}").status_code == 403


def test_a_seat_is_reached_through_its_own_board_only(client, board):
    seat = MembershipFactory()
    assert client.get(f"/boards/{board.slug}/members/{seat.pk}/edit/").status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_of_members_costs_the_same_for_all(client, board, count, django_assert_num_queries):
    for _ in range(count):
        TenureFactory(post=MembershipFactory(board=board).post)
        ExternalFactory(board=board)
    client.get("/boards/")
    with django_assert_num_queries(9):
        client.get(f"/boards/{board.slug}/members/")
