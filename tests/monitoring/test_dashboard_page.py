"""The dashboard as its readers get it: rounds, reach, filters, files, budget."""

import csv
import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from commitments.models import Commitment
from kit import clock
from tests.factories.commitments import CommitmentFactory, ProgrammeFactory, StrategyFactory
from tests.factories.monitoring import (
    ReportingRoundFactory,
    close_round,
    exempt,
    open_round,
    play,
    reopen,
    sign_off_rows,
)
from tests.factories.people import PostFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/dashboard/stride/"
HOSTILE = "<script>alert(1)</script> {{ 7|add:1 }}"
EVERYBODY = ["admin", "team", "lead", "delegate", "overseer", "secretariat", "member", "auditor", "viewer", "stranger"]
SEE_SUBMITTED = {"admin", "team", "secretariat", "auditor"}


@pytest.fixture
def two_rounds(plan):
    """Q1: green, amber. Q2: amber (the overseer agrees), green (the overseer says red)."""
    q1 = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, q1, rating="green")
    play(plan.second, q1, rating="amber")
    close_round(q1)
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, rating="amber")
    play(plan.second, q2, rating="green", overseer_rating="red", comment="The figures do not bear this out.")
    close_round(q2)
    return q1, q2


def text(response) -> str:
    """The page as words: no tags, no runs of blanks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def rows(response) -> list[list[str]]:
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


# Which strategy and which round


def test_the_only_strategy_in_force_is_gone_to_straight(client_as, plan):
    assert client_as("viewer").get("/dashboard/").url == ADDRESS


def test_several_strategies_are_listed_with_their_newest_round(client_as, two_rounds):
    StrategyFactory(title="The one before", state="closed")
    page = client_as("viewer").get("/dashboard/", {"all": "yes"})
    assertContains(page, "The one before")
    assert "Q2 2021-22 Closed, 2 of 2 signed off" in text(page)


def test_a_draft_strategy_is_out_of_reach(client_as, plan):
    plan.strategy.state = "draft"
    plan.strategy.save()
    assert client_as("viewer").get(ADDRESS).status_code == 404
    assert client_as("auditor").get(ADDRESS).status_code == 200


@pytest.mark.parametrize(
    ("persona", "says"), [("team", "Open the first one"), ("viewer", "once the strategy team has opened one")]
)
def test_without_rounds_it_says_who_does_what_next(client_as, plan, persona, says):
    ReportingRoundFactory(strategy=plan.strategy)
    assertContains(client_as(persona).get(ADDRESS), says)


def test_the_first_round_has_nothing_to_compare_with(client_as, plan):
    q1 = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, q1)
    page = client_as("viewer").get(ADDRESS)
    assertContains(page, "This is the first round, so there is nothing to compare with.")
    assertContains(page, "open, 1 of 2 signed off")


def test_a_few_early_returns_do_not_take_over_the_page(client_as, plan, two_rounds):
    third = CommitmentFactory(programme=plan.programme, number=3)
    q3 = open_round(plan.strategy, "Q3 2021-22")
    play(third, q3)
    client = client_as("viewer")
    page = client.get(ADDRESS)
    assert page.context["round"].label == "Q2 2021-22"
    assertContains(page, "Q3 2021-22 is open, with 1 of 3 signed off so far.")
    play(plan.first, q3)
    assert client.get(ADDRESS).context["round"].label == "Q3 2021-22"


def test_the_round_in_the_address_is_shown_and_an_unknown_one_is_not_found(client_as, two_rounds):
    client = client_as("viewer")
    assert client.get(ADDRESS, {"round": "Q1 2021-22"}).context["round"].label == "Q1 2021-22"
    assert client.get(ADDRESS, {"round": "Q9 2021-22"}).status_code == 404


def test_rounds_of_another_cycle_are_not_compared(client_as, plan, two_rounds):
    ReportingRoundFactory(strategy=plan.strategy, cycle="yearly", about=dt.date(2021, 4, 1), state="open")
    page = client_as("viewer").get(ADDRESS)
    assert page.context["board"].before.label == "Q1 2021-22"
    assert [column.label for column in page.context["board"].columns] == ["Q1 2021-22", "Q2 2021-22"]


def test_the_matrix_keeps_to_eight_rounds_with_the_one_shown_among_them(client_as, plan):
    year = dt.date(2019, 4, 1)
    labels = []
    for quarter in range(10):
        month = 4 + 3 * quarter
        about = dt.date(year.year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
        labels.append(ReportingRoundFactory(strategy=plan.strategy, about=about, state="closed").label)
    client = client_as("viewer")

    def columns(label):
        return [column.label for column in client.get(ADDRESS, {"round": label}).context["board"].columns]

    assert columns(labels[9]) == columns(labels[2]) == labels[2:]
    assert columns(labels[1]) == labels[:2]


# What it says


def test_movement_counts_and_differences(client_as, two_rounds):
    said = text(client_as("viewer").get(ADDRESS))
    assert "Movement since Q1 2021-22" in said
    assert "Improved: 1 Commitment 2. Listen first Overseer: Red Amber to Green" in said
    assert "Worsened: 1 Commitment 1. Keep people safe Green to Amber" in said
    assert "Green 1 of 2 1 of 2 0 0 of 2" in said
    assert "Red 0 of 2 0 of 2 0 1 of 2" in said
    assert "2 steps rosier The figures do not bear this out." in said


def test_nil_exempt_awaited_and_missing_are_groups_of_their_own(client_as, plan):
    numbers = range(3, 5)
    more = [CommitmentFactory(programme=plan.programme, number=number) for number in numbers]
    q1 = open_round(plan.strategy, "Q1 2021-22")
    for commitment in (plan.first, plan.second, *more):
        play(commitment, q1)
    q2 = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, q2, nil=True)
    exempt(plan.second, q2)
    play(more[0], q2, lifecycle="complete")
    close_round(q2)
    q3 = open_round(plan.strategy, "Q3 2021-22")
    play(plan.first, q3)
    client = client_as("viewer")
    then = client.get(ADDRESS, {"round": q2.label}).context["board"].moved
    assert {key: [line.commitment.number for line in lines] for key, lines in then.items()} == {
        "completed": [3],
        "missing": [4],
        "nil": [1],
        "exempt": [2],
    }
    now = client.get(ADDRESS, {"round": q3.label}).context["board"].moved
    assert {key: [line.commitment.number for line in lines] for key, lines in now.items()} == {
        "new": [1],
        "awaited": [2, 4],
        "gone": [3],
    }


def test_definitions_are_those_pinned_on_the_round(client_as, plan, two_rounds):
    plan.strategy.green_means = "Something else by now."
    plan.strategy.save()
    page = client_as("viewer").get(ADDRESS)
    assertContains(page, "On course.")
    assertNotContains(page, "Something else by now.")


def test_the_strategys_notice_is_shown(client_as, plan, two_rounds):
    plan.strategy.notice = "The figures are illustrative."
    plan.strategy.save()
    assertContains(client_as("viewer").get(ADDRESS), "The figures are illustrative.")


def test_reopened_is_marked_and_the_signed_rating_stays(client_as, plan, two_rounds):
    reopen(two_rounds[1].returns.get(commitment=plan.first))
    said = text(client_as("viewer").get(ADDRESS))
    assert "1. Keep people safe Reopened Green to Amber" in said


# Reach


@pytest.mark.parametrize("persona", EVERYBODY)
def test_what_is_not_signed_off_shows_only_to_those_who_run_or_check_and_only_on_request(plan, persona, client_as):
    client = client_as(persona)
    q3 = open_round(plan.strategy, "Q3 2021-22")
    play(plan.first, q3, rating="red", until="submitted", rating_reason="A secret reason.")
    play(plan.second, q3, rating="green", until="draft")
    plain = client.get(ADDRESS)
    asked = client.get(ADDRESS, {"basis": "submitted"})
    for page in (plain, asked):
        assertNotContains(page, "A secret reason.")
    assert plain.context["board"].lines[0].now.kind == "awaited"
    assert plain.context["board"].lines[1].now.kind == "awaited"
    assert asked.context["board"].lines[1].now.kind == "awaited"
    assert asked.context["board"].lines[0].now.kind == ("red" if persona in SEE_SUBMITTED else "awaited")
    assert ("do not quote them" in text(asked)) is (persona in SEE_SUBMITTED)
    assert ("as submitted" in text(plain)) is (persona in SEE_SUBMITTED)


def test_cells_link_to_returns_in_reach_only(client_as, plan, two_rounds, viewer, team, client_for):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    awaited = q3.returns.get(commitment=plan.first).get_absolute_url()
    signed = two_rounds[1].returns.get(commitment=plan.first).get_absolute_url()
    page = client_for(viewer).get(ADDRESS)
    assertContains(page, f'href="{signed}"')
    assertNotContains(page, f'href="{awaited}"')
    assertContains(client_for(team).get(ADDRESS), f'href="{awaited}"')


def test_who_a_late_return_waits_with_is_for_those_who_run_or_check(plan, team, viewer, client_for):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    with clock.standing_at(q3.due_on + dt.timedelta(days=2)):
        page = client_for(team).get(ADDRESS)
        assert "Overdue Due by 25 January 2022 Commander for Public Protection" in text(page)
        assertContains(page, "Vacant")
        assertNotContains(client_for(viewer).get(ADDRESS), "Overdue")
    close_round(q3)
    said = text(client_for(viewer).get(ADDRESS))
    assert "1. Keep people safe Missing" in said
    assert "Lead at the close" not in said


# Filters, order, files


@pytest.fixture
def wide(plan, two_rounds):
    """A second programme with a commitment of other posts, in the plan since Q2."""
    other = ProgrammeFactory(strategy=plan.strategy, number=2, title="Workforce")
    CommitmentFactory(
        programme=other,
        number=7,
        title="Hire fairly",
        lead_post=PostFactory(code="hr", title="Director of HR"),
        overseer_post=PostFactory(code="chief", title="Chief of Staff"),
        characteristics=["race"],
    )
    return plan


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, [1, 2, 7]),
        ({"programme": "2"}, [7]),
        ({"lead": "hr"}, [7]),
        ({"overseer": "ac-front-line-policing"}, [1, 2]),
        ({"rating": "amber"}, [1]),
        ({"characteristic": "race"}, [7]),
        ({"rating": "green", "programme": "1"}, [2]),
        ({"rating": "green", "programme": "2"}, []),
        ({"rating": "blue"}, [1, 2, 7]),
    ],
)
def test_filters_narrow_the_matrix_and_say_how_many(client_as, wide, query, numbers):
    page = client_as("viewer").get(ADDRESS, query)
    assert [line.commitment.number for line in page.context["matrix"].records] == numbers
    assertContains(page, f"Showing {len(numbers)} of 3 commitments.")


def test_each_filter_can_be_cleared_and_the_round_stays(client_as, wide):
    page = client_as("viewer").get(ADDRESS, {"round": "Q1 2021-22", "rating": "amber", "lead": "hr"})
    clearing = dict(page.context["clearing"])
    assert clearing["In Q1 2021-22: Amber"] == "?round=Q1+2021-22&lead=hr#matrix"
    assert page.context["unfiltered"] == "?round=Q1+2021-22#matrix"


def test_the_matrix_sorts_by_a_round_with_what_needs_a_look_first(client_as, wide, two_rounds):
    page = client_as("viewer").get(ADDRESS, {"matrix-sort": f"r{two_rounds[1].pk}"})
    assert [line.commitment.number for line in page.context["matrix"].records] == [1, 2, 7]
    page = client_as("viewer").get(ADDRESS, {"matrix-sort": f"-r{two_rounds[1].pk}"})
    assert [line.commitment.number for line in page.context["matrix"].records] == [2, 1, 7]


def test_the_file_of_the_matrix_has_the_rows_and_words_of_the_page(client_as, wide):
    query = {"programme": "1", "matrix-sort": "-number"}
    client = client_as("viewer")
    page = client.get(ADDRESS, query)
    file = client.get(ADDRESS, {**query, "download": "matrix"})
    assert 'filename="stride-q2-2021-22-signed-matrix.csv"' in file["Content-Disposition"]
    head, *body = rows(file)
    rounds = ["Q1 2021-22", "Q2 2021-22", "Measures say, Q2 2021-22"]
    assert head == ["Commitment", "Title", "Programme", "Lead", "Overseer", *rounds]
    assert [(row[0], row[5], row[6]) for row in body] == [
        ("2", "Amber", "Green (overseer: Red)"),
        ("1", "Green", "Amber"),
    ]
    assert "2. Listen first Amber Green Overseer: Red Not judged 1. Keep people safe Green Amber Not judged" in text(
        page
    )


def test_a_commitment_that_is_only_counted_says_so_on_the_dashboard(client_as, wide):
    Commitment.objects.filter(number=2).update(status_rule="none")
    page = client_as("viewer").get(ADDRESS, {"programme": "1", "matrix-sort": "-number"})
    assert "2. Listen first Amber Green Overseer: Red Only counted, by its rule 1. Keep people safe" in text(page)


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("movement", ["Improved", "2", "Listen first", "Amber", "Green (overseer: Red)", "Red"]),
        ("counts", ["Green", "1", "2", "1", "2", "0", "0", "2"]),
        ("lead-and-overseer-differ", ["2. Listen first", "Green", "Red", "2 steps rosier"]),
    ],
)
def test_the_other_tables_download_too(client_as, two_rounds, name, first):
    body = rows(client_as("viewer").get(ADDRESS, {"download": name}))[1:]
    assert body[0][: len(first)] == first


def test_a_matrix_that_fits_a_wide_screen_is_as_tall_as_it_is(client_as, two_rounds, monkeypatch):
    client = client_as("viewer")
    assertContains(client.get(ADDRESS), 'class="stride-scroll stride-scroll--tall stride-scroll--whole" role="region"')
    monkeypatch.setattr("monitoring.presenters.matrix.FITTING", 1)
    assertContains(client.get(ADDRESS), 'class="stride-scroll stride-scroll--tall" role="region"')


def test_a_change_and_a_day_in_a_file_can_be_counted_with(client_as, two_rounds):
    """The page writes a minus of its own and days in words; the file has numbers and days that parse back."""
    client = client_as("viewer")
    head, *body = rows(client.get(ADDRESS, {"download": "counts"}))
    assert head == [
        "Rating",
        "Q2 2021-22",
        "Q2 2021-22: of",
        "Q1 2021-22",
        "Q1 2021-22: of",
        "Change",
        "Overseers, Q2 2021-22",
        "Overseers, Q2 2021-22: of",
    ]
    for row in body:
        assert int(row[1]) - int(row[3]) == int(row[5])
    head, row = rows(client.get(ADDRESS, {"download": "lead-and-overseer-differ"}))
    signed = dict(zip(head, row, strict=True))
    assert signed["Signed off by"].endswith(", AC who leads Front Line Policing")
    assert dt.date.fromisoformat(signed["Signed off on"])


def test_the_file_of_late_returns_tells_no_more_than_the_page(plan, viewer, team, client_for):
    q1 = open_round(plan.strategy, "Q1 2021-22")
    close_round(q1)
    assert rows(client_for(viewer).get(ADDRESS, {"download": "missing"}))[0] == ["Commitment", "State"]
    assert client_for(viewer).get(ADDRESS, {"download": "overdue-and-missing"})["Content-Type"].startswith("text/html")
    assert "Lead at the close" in rows(client_for(team).get(ADDRESS, {"download": "overdue-and-missing"}))[0]


def test_hostile_text_stays_text(client_as, plan):
    plan.first.title = HOSTILE
    plan.first.save()
    q1 = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, q1, rating="green", overseer_rating="red", comment=HOSTILE)
    page = client_as("viewer").get(ADDRESS, {"rating": "<b>", "round": "Q1 2021-22"})
    assertNotContains(page, "<script>alert")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7|add:1 }}")
    plan.first.title = "=1+1"
    plan.first.save()
    assert rows(client_as("viewer").get(ADDRESS, {"download": "matrix"}))[1][1] == "'=1+1"


# Budget


@pytest.mark.parametrize("commitments", [1, 30])
@pytest.mark.parametrize(("persona", "budget"), [("team", 12), ("viewer", 14), ("auditor", 15)])
def test_it_takes_the_same_few_queries_for_any_size(
    client_as, plan, persona, budget, commitments, django_assert_num_queries
):
    """With everything there is to ask for: a filter, a return that is late, ratings that differ."""
    client = client_as(persona)
    plan.second.delete()
    for number in range(2, commitments + 1):
        CommitmentFactory(programme=plan.programme, number=number)
    for label in ("Q3 2020-21", "Q4 2020-21", "Q1 2021-22"):
        sign_off_rows(open_round(plan.strategy, label))
    newest = open_round(plan.strategy, "Q2 2021-22")
    sign_off_rows(newest, leaving=1)
    query = {"programme": "1", "round": newest.label}
    with clock.standing_at(newest.due_on + dt.timedelta(days=1)):
        client.get(ADDRESS, query)
        with django_assert_num_queries(budget):
            page = client.get(ADDRESS, query)
    assert len(page.context["board"].lines) == commitments
    assert len(page.context["board"].late) == (persona != "viewer")


def test_the_names_of_the_pages():
    assert reverse("monitoring:dashboards") == "/dashboard/"
    assert reverse("monitoring:dashboard", args=["stride"]) == ADDRESS
