"""Home: what waits for whom, in the order of roles, and nothing else first."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from people.models import Role
from tests.factories.commitments import CommitmentFactory, StrategyFactory
from tests.factories.monitoring import (
    ReportingRoundFactory,
    close_round,
    exempt,
    let_in_late,
    open_round,
    play,
    reopen,
)
from tests.factories.people import DelegationFactory, PostFactory, TenureFactory
from tests.monitoring.test_rounds_pages import many_commitments, text_of

pytestmark = pytest.mark.django_db


def home(client) -> str:
    response = client.get(reverse("home"))
    assert response.status_code == 200
    return text_of(response)


# The lead and the delegate


def test_a_lead_sees_each_return_with_its_day_and_its_next_action(client_as, plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.second, round, until="draft")
    shown = home(client_as("lead"))
    assert "Start: 1. Keep people safe Q3 2021-22, due by 25 January 2022: 6 days left Not started" in shown
    assert "Continue: 2. Listen first Q3 2021-22, due by 25 January 2022: 6 days left Draft" in shown
    assert "Nothing waits for you" not in shown


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (dt.date(2022, 1, 19), "due by 19 January 2022: due today"),
        (dt.date(2022, 1, 20), "due by 20 January 2022: 1 day left"),
        (dt.date(2022, 1, 17), "due by 17 January 2022: 2 days late"),
    ],
)
def test_days_left_and_days_late(client_as, plan, lead, due, words):
    open_round(plan.strategy, due_on=due)
    assert words in home(client_as("lead"))


def test_changes_asked_for_name_who_asked(client_as, plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.first, round, until="changes_requested", on=dt.date(2022, 1, 14))
    shown = home(client_as("lead"))
    assert "Answer the changes asked for by Omar Overseer: 1. Keep people safe" in shown
    assert "back with you for 5 days" in shown


def test_a_delegate_sees_for_whom(client_as, plan, delegate):
    open_round(plan.strategy)
    assert "Q3 2021-22, for the Commander for Public Protection, due by" in home(client_as("delegate"))


def test_what_is_let_in_late_is_there_until_that_day(client_as, plan, lead):
    round = close_round(open_round(plan.strategy, "Q2 2021-22"))
    let_in_late(round.returns.get(commitment=plan.first), until=dt.date(2022, 1, 21))
    shown = home(client_as("lead"))
    assert "missing, and let in until 21 January 2022: 2 days left" in shown
    assert "Listen first" not in shown


def test_what_is_over_does_not_wait(client_as, plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.first, round)
    exempt(plan.second, round)
    shown = home(client_as("lead"))
    assert "Nothing waits for you." in shown
    assert "You filed lately 1. Keep people safe Q3 2021-22, submitted on 11 January 2022 Signed off" in shown


def test_a_round_opened_early_cannot_be_started_yet(client_as, plan, lead, team):
    round = ReportingRoundFactory(strategy=plan.strategy, state="open", about=dt.date(2022, 1, 1))
    round.returns.create(commitment=plan.first)
    shown = home(client_as("lead"))
    assert "Read: 1. Keep people safe" in shown
    assert "open on 4 April 2022" in shown


def test_filed_lately_stops_at_five_and_knows_reopened_ones(client_as, plan, lead, overseer):
    for label in ("Q1 2021-22", "Q2 2021-22", "Q3 2021-22"):
        round = open_round(plan.strategy, label)
        for commitment in plan.commitments:
            row = play(commitment, round)
    reopen(row, on=dt.date(2022, 1, 18))
    response = client_as("lead").get(reverse("home"))
    filed = response.context["home"].filed
    assert len(filed) == 5
    assert "Signed off, then reopened" in text_of(response)


# The overseer


def test_an_overseer_sees_how_long_what_the_lead_says_and_what_came_late(client_as, plan, lead, overseer):
    round = open_round(plan.strategy, due_on=dt.date(2022, 1, 14))
    play(plan.first, round, until="submitted", rating="amber", on=dt.date(2022, 1, 13))
    play(plan.second, round, until="submitted", nil=True, on=dt.date(2022, 1, 17))
    shown = home(client_as("overseer"))
    assert "Read and sign off: 1. Keep people safe Q3 2021-22, waiting 6 days" in shown
    assert "Lead: amber Read and sign off" in shown
    assert "Lead: nil return Late" in shown


def test_an_overseer_does_not_see_what_is_still_being_written(client_as, plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.first, round, until="draft")
    shown = home(client_as("overseer"))
    assert "Nothing waits for you." in shown


def test_ones_own_return_says_why_not(client_as, plan, lead, overseer_post):
    TenureFactory(post=overseer_post, person=lead.person)
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    shown = home(client_as("lead"))
    assert "Returns to sign off Read: 1. Keep people safe" in shown
    assert "You submitted this return, so somebody else has to look at it." in shown


# The strategy team


def test_the_team_sees_counts_and_whom_everything_waits_with(client_as, plan, lead, overseer, team):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted", on=dt.date(2022, 1, 17))
    shown = home(client_as("team"))
    assert "Q3 2021-22, STRIDE 2021 to 2025 Open Due by 25 January 2022: 6 days left." in shown
    assert "2 expected 1 submitted 1 to be signed off 0 signed off 0 overdue 0 missing" in shown
    assert "Commander for Public Protection Lena Lead 1 15" in shown
    assert "AC who leads Front Line Policing Omar Overseer 1 2" in shown


def test_the_team_sees_vacancies_and_conflicts(client_as, plan, lead, overseer_post, team):
    TenureFactory(post=overseer_post, person=lead.person)
    CommitmentFactory(programme=plan.programme, number=3, lead_post__title="Director of Nothing")
    open_round(plan.strategy)
    shown = home(client_as("team"))
    assert "Director of Nothing is vacant: commitment 3 has waited 15 days." in shown
    assert "Lead and overseer are the same person (Lena Lead)." in shown


@pytest.mark.parametrize(
    ("opens", "seen"), [(dt.date(2022, 2, 2), True), (dt.date(2022, 2, 3), False), (dt.date(2022, 1, 10), True)]
)
def test_the_team_sees_rounds_to_open_soon(client_as, plan, team, opens, seen):
    ReportingRoundFactory(strategy=plan.strategy, opens_on=opens)
    assert ("Open: Q3 2021-22, STRIDE 2021 to 2025" in home(client_as("team"))) == seen


def test_the_team_sees_rounds_to_close_now(client_as, plan, team):
    open_round(plan.strategy, "Q2 2021-22")
    shown = home(client_as("team"))
    assert "Close: Q2 2021-22, STRIDE 2021 to 2025 Its last day was 31 October 2021, 80 days ago." in shown
    assert "2 returns would be recorded as missing. Past its last day" in shown


def test_the_team_still_sees_a_closed_round_that_something_waits_in(client_as, plan, team, lead, overseer):
    round = open_round(plan.strategy, "Q2 2021-22")
    play(plan.first, round, until="submitted")
    close_round(round)
    shown = home(client_as("team"))
    assert "Q2 2021-22, STRIDE 2021 to 2025 Closed 1 return still to be signed off." in shown


def test_somebody_with_several_parts_sees_each_in_order(client_as, plan, lead, overseer_post, team):
    lead.roles = [Role.STRATEGY_TEAM]
    lead.save()
    mine = CommitmentFactory(programme=plan.programme, number=3, overseer_post=PostFactory(title="Also mine"))
    TenureFactory(post=mine.overseer_post, person=lead.person)
    round = open_round(plan.strategy)
    play(mine, round, until="submitted")
    shown = home(client_as("lead"))
    blocks = [
        shown.index(words)
        for words in ("Returns to write", "Returns to sign off", "Q3 2021-22, STRIDE 2021 to 2025 Open")
    ]
    assert blocks == sorted(blocks)


# Everybody else


@pytest.mark.parametrize("persona", ["secretariat", "member", "viewer", "auditor", "stranger"])
def test_readers_are_told_that_nothing_waits_and_what_there_is(client_as, plan, lead, overseer, persona):
    StrategyFactory(title="A draft", state="draft")
    round = open_round(plan.strategy)
    play(plan.first, round)
    play(plan.second, round, until="submitted")
    response = client_as(persona).get(reverse("home"))
    shown = text_of(response)
    assert "Nothing waits for you." in shown
    assert "Dashboard of STRIDE 2021 to 2025" in shown
    assert "1. Keep people safe Q3 2021-22, signed off on" in shown
    assert "A draft" not in shown
    assert "Returns to" not in shown


def test_an_auditor_who_holds_posts_is_asked_for_nothing(client_as, plan, auditor, lead_post):
    TenureFactory(post=lead_post, person=auditor.person)
    open_round(plan.strategy)
    assert "Nothing waits for you." in home(client_as("auditor"))


def test_an_empty_house_says_where_to_look(client_as):
    shown = home(client_as("viewer"))
    assert "No strategy is in force yet." in shown


def test_no_block_is_drawn_empty(client_as, plan, lead):
    open_round(plan.strategy)
    shown = home(client_as("lead"))
    for heading in ("Returns to sign off", "Rounds to open or close", "You filed lately", "Where the strategies stand"):
        assert heading not in shown


@pytest.mark.parametrize("count", [1, 30])
@pytest.mark.parametrize(
    ("persona", "queries"), [("team", 16), ("lead", 15), ("overseer", 17), ("viewer", 15), ("auditor", 16)]
)
def test_query_budget(client_as, plan, lead_post, django_assert_num_queries, persona, queries, count):
    client = client_as(persona)
    many_commitments(plan, count, lead_post)
    round = open_round(plan.strategy)
    extra = CommitmentFactory(programme=plan.programme, number=99, lead_post=lead_post)
    round.returns.create(commitment=extra)
    DelegationFactory(post=lead_post, person=TenureFactory(post=extra.overseer_post).person)
    play(plan.second, round)
    with django_assert_num_queries(queries):
        client.get(reverse("home"))


@pytest.mark.parametrize("count", [1, 30])
def test_query_budget_of_somebody_with_every_part(
    client_as, plan, lead, lead_post, overseer_post, django_assert_num_queries, count
):
    """The longest home page there is: writes, signs off, runs rounds, was sent something back, and has a conflict."""
    client = client_as("lead")
    lead.roles = [Role.STRATEGY_TEAM]
    lead.save()
    many_commitments(plan, count, lead_post)
    round = open_round(plan.strategy)
    play(plan.second, round, until="changes_requested")
    TenureFactory(post=PostFactory(), person=lead.person)
    extra = CommitmentFactory(programme=plan.programme, number=200, lead_post=lead_post)
    TenureFactory(post=extra.overseer_post, person=lead.person)
    round.returns.create(commitment=extra)
    with django_assert_num_queries(19):
        client.get(reverse("home"))


def test_whom_a_round_waits_with_sorts_and_downloads(client_as, plan, lead, overseer):
    round = open_round(plan.strategy)
    play(plan.second, round, until="submitted", on=dt.date(2022, 1, 14))
    client, name = client_as("team"), f"waiting-{round.pk}"
    assert f"?download={name}" in client.get(reverse("home")).content.decode()
    page = client.get(reverse("home"), {f"{name}-sort": "post"}).content.decode()
    assert page.index("AC who leads Front Line Policing</a>") < page.index("Commander for Public Protection</a>")
    page = client.get(reverse("home"), {f"{name}-sort": "-post"}).content.decode()
    assert page.index("Commander for Public Protection</a>") < page.index("AC who leads Front Line Policing</a>")
    response = client.get(reverse("home"), {f"{name}-sort": "post", "download": name})
    file = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert [(row["Post"], row["Held by"], row["To write"], row["To sign off"]) for row in file] == [
        ("AC who leads Front Line Policing", "Omar Overseer", "0", "1"),
        ("Commander for Public Protection", "Lena Lead", "1", "0"),
    ]
    assert all(int(row["Longest, days"]) >= 0 for row in file)


def test_what_was_signed_off_lately_is_there_for_those_whom_nothing_waits_for(client_as, plan, lead, overseer):
    """The newest five, each with its commitment, round, rating and day; never what is not signed off."""
    first = open_round(plan.strategy, "Q1 2021-22")
    play(plan.first, first, rating="green")
    second = open_round(plan.strategy, "Q2 2021-22")
    play(plan.second, second, rating="green")
    play(plan.first, second, until="submitted", rating="green")
    shown = home(client_as("viewer"))
    lately = shown[shown.index("Signed off lately") :]
    assert lately.index("2. Listen first Q2 2021-22, signed off on") < lately.index("1. Keep people safe Q1 2021-22")
    assert lately.count("signed off on") == 2
    assert "Green" in lately


def test_what_was_signed_off_in_a_draft_is_not_for_everybody(client_as, plan, lead, overseer):
    play(plan.first, open_round(plan.strategy, "Q1 2021-22"), rating="green")
    plan.strategy.state = "draft"
    plan.strategy.save()
    assert "Signed off lately" not in home(client_as("viewer"))


def test_home_carries_the_notice_of_the_strategy_whose_ratings_it_shows(client_as, plan, lead, overseer):
    notice = "The figures are illustrative."
    StrategyFactory._meta.model.objects.filter(pk=plan.strategy.pk).update(notice=notice)
    page = client_as("viewer")
    assert notice not in page.get(reverse("home")).content.decode()
    play(plan.first, open_round(plan.strategy), rating="green")
    assert notice in page.get(reverse("home")).content.decode()
