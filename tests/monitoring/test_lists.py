"""The list of returns: one's own first, then what else is in reach."""

import datetime as dt

import pytest
from django.urls import reverse

from monitoring.models import ProgressReturn
from monitoring.views import lists
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import close_round, exempt, open_round, play
from tests.monitoring.test_rounds_pages import many_commitments, rows_of, text_of

pytestmark = pytest.mark.django_db
LIST = "/returns/"


def titles(response, place: int = 0) -> list[str]:
    return [line.row.commitment.title for line in response.context["tables"][place].records]


def captions(response) -> list[str]:
    return [table.caption for table in response.context["tables"]]


@pytest.fixture
def round(plan, lead, overseer):
    """One signed off, one still to be written, one of somebody else's signed off."""
    other = CommitmentFactory(programme=plan.programme, number=3, title="Third")
    round = open_round(plan.strategy)
    play(plan.first, round)
    play(other, round, rating="red")
    return round


@pytest.mark.parametrize(
    ("persona", "shown"),
    [
        ("lead", [("Yours", ["Keep people safe", "Listen first"]), ("Others", ["Third"])]),
        ("delegate", [("Yours", ["Keep people safe", "Listen first"]), ("Others", ["Third"])]),
        ("overseer", [("Yours", ["Keep people safe", "Listen first"]), ("Others", ["Third"])]),
        ("team", [("All returns", ["Keep people safe", "Listen first", "Third"])]),
        ("auditor", [("All returns", ["Keep people safe", "Listen first", "Third"])]),
        ("secretariat", [("All returns", ["Keep people safe", "Listen first", "Third"])]),
        ("viewer", [("All returns", ["Keep people safe", "Third"])]),
        ("member", [("All returns", ["Keep people safe", "Third"])]),
    ],
)
def test_what_each_persona_sees(client_as, round, persona, shown):
    response = client_as(persona).get(LIST)
    assert list(zip(captions(response), [titles(response, place) for place in range(len(shown))], strict=True)) == shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "signed_off"}, ["Keep people safe", "Third"]),
        ({"rating": "red"}, ["Third"]),
        ({"rating": "red", "state": "not_started"}, []),
        ({"rating": "blue", "round": "x", "programme": "\x00"}, ["Keep people safe", "Listen first", "Third"]),
        ({"sort": "-commitment"}, ["Third", "Listen first", "Keep people safe"]),
        ({"page": "x"}, ["Keep people safe", "Listen first", "Third"]),
        ({"page": "-3", "sort": "nonsense"}, ["Keep people safe", "Listen first", "Third"]),
    ],
)
def test_filters_sorting_and_nonsense(client_as, round, team, query, found):
    response = client_as("team").get(LIST, query)
    assert response.status_code == 200
    assert titles(response) == found


def test_rounds_and_programmes_can_be_chosen_when_there_are_several(client_as, plan, round, team):
    CommitmentFactory(programme__strategy=plan.strategy, programme__number=2, number=9, title="Elsewhere")
    later = open_round(plan.strategy, "Q4 2021-22")
    client = client_as("team")
    assert len(titles(client.get(LIST, {"round": later.pk}))) == 4
    programme = later.returns.get(commitment__number=9).commitment.programme
    assert titles(client.get(LIST, {"programme": programme.pk})) == ["Elsewhere"]


def test_nothing_matches_says_so(client_as, round, team):
    shown = text_of(client_as("team").get(LIST, {"rating": "red", "state": "not_started"}))
    assert "No return matches. Clear the filter to see them all." in shown


def test_an_empty_list_says_so(client_as):
    assert "No return has been asked for yet" in text_of(client_as("viewer").get(LIST))


def test_the_file_has_the_rows_of_the_page_and_of_every_page(client_as, round, team, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 2)
    client = client_as("team")
    response = client.get(LIST)
    assert titles(response) == ["Keep people safe", "Listen first"]
    assert titles(client.get(LIST, {"page": 2})) == ["Third"]
    rows = rows_of(client.get(LIST, {"download": "returns", "sort": "-commitment"}))
    assert [row["Commitment"] for row in rows] == ["3. Third", "2. Listen first", "1. Keep people safe"]
    assert rows[2] == {
        "Commitment": "1. Keep people safe",
        "Round": "Q3 2021-22",
        "Programme": "Protection",
        "State": "Signed off",
        "Rating": "Green",
        "Waiting with": "",
        "Submitted": "2022-01-11",
    }


def test_ones_own_have_a_file_of_their_own(client_as, round):
    rows = rows_of(client_as("lead").get(LIST, {"download": "yours"}))
    assert [row["Commitment"] for row in rows] == ["1. Keep people safe", "2. Listen first"]


def test_missing_overdue_and_exempt_are_said(client_as, plan, lead, overseer, team):
    extra = CommitmentFactory(programme=plan.programme, number=3)
    past = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, past, until="draft")
    exempt(extra, past)
    close_round(past)
    open_round(plan.strategy, due_on=dt.date(2022, 1, 17))
    shown = text_of(client_as("team").get(LIST))
    assert "Missing A draft is kept" in shown
    assert "Overdue 2 days late, not started" in shown
    assert "Exempt" in shown


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(("persona", "queries"), [("team", 9), ("lead", 9), ("viewer", 12)])
def test_query_budget(client_as, plan, lead_post, django_assert_num_queries, persona, queries, count):
    client = client_as(persona)
    many_commitments(plan, count, lead_post)
    for label in ("Q2 2021-22", "Q3 2021-22"):
        play(plan.first, open_round(plan.strategy, label))
    assert ProgressReturn.objects.count() == 2 * (count + 2)
    with django_assert_num_queries(queries):
        assert client.get(reverse("monitoring:returns")).status_code == 200
