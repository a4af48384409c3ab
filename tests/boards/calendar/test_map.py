"""The governance map: who stands above whom, around one board, and only what a reader may see."""

import itertools

import pytest
from django.urls import reverse

from tests.factories.boards import BoardFactory
from tests.monitoring.test_rounds_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def four():
    deliver = BoardFactory(title="Delivery Board", slug="delivery", kind="delivers")
    advise = BoardFactory(title="Ethics Board", slug="ethics", kind="advises")
    decide = BoardFactory(title="Top Board", slug="top")
    quiet = BoardFactory(title="Quiet Board", slug="quiet", sensitivity="members", parent=decide)
    decide.relationships.create(to=deliver, kind="directs")
    advise.relationships.create(to=decide, kind="advises")
    quiet.relationships.create(to=deliver, kind="depends_on")
    return deliver, advise, decide, quiet


def test_the_map_is_a_picture_and_the_same_as_a_list(client_as, four):
    answer = client_as("secretariat").get(reverse("boards:map"))
    body, shown = answer.content.decode(), text_of(answer)
    assert "<svg" in body
    assert "<title" in body[body.index("<svg") :]
    for clause in (
        "Top Board directs Delivery Board",
        "Ethics Board advises Top Board",
        "Quiet Board is part of Top Board",
        "Quiet Board depends on Delivery Board",
    ):
        assert clause in shown[shown.index("The same as a list", shown.index("</svg>") if "</svg>" in shown else 0) :]
    assert body.count(f'href="{four[0].get_absolute_url()}"') >= 2


def test_what_is_out_of_reach_is_on_no_line_of_it(client_as, four):
    body = client_as("viewer").get(reverse("boards:map")).content.decode()
    assert "Quiet" not in body
    assert client_as("viewer").get(reverse("boards:map"), {"board": "quiet"}).status_code == 404


def test_around_one_board(client_as, four):
    shown = text_of(client_as("secretariat").get(reverse("boards:map"), {"board": "ethics"}))
    listed = shown[shown.rindex("The same as a list") :]
    assert "Top Board" in listed
    assert "Delivery Board" not in listed


def test_an_empty_map_says_what_to_do(client_as):
    assert "There are no boards yet" in text_of(client_as("secretariat").get(reverse("boards:map")))
    assert "no boards that you may read about" in text_of(client_as("viewer").get(reverse("boards:map")))


@pytest.mark.parametrize("count", [1, 3, 20])
def test_query_budget(client_as, count, django_assert_num_queries):
    boards = BoardFactory.create_batch(count)
    for one, other in itertools.pairwise(boards):
        one.relationships.create(to=other, kind="reports_to")
    client = client_as("viewer")
    with django_assert_num_queries(11):
        client.get(reverse("boards:map"))
