"""The doors of a round: plan, change, open, close, and the words late, overdue and missing."""

import datetime as dt
import threading

import pytest
from django.db import connection

from commitments.choices import Lifecycle
from kit import clock, stale
from kit.periods import MONTHS_IN, period_holding
from kit.verdict import Refusal
from monitoring import rules
from monitoring.forms.rounds import suggested
from monitoring.models import ProgressReturn, ReportingRound, RoundAct
from monitoring.services import rounds
from people.models import Message, Post
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import (
    ProgressReturnFactory,
    ReportingRoundFactory,
    close_round,
    exempt,
    open_round,
    play,
    team_actor,
)
from tests.factories.people import PostFactory, TenureFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2022, 1, 19)


def by_team(on=TODAY):
    return team_actor(on)


def planned(plan, **fields):
    return ReportingRoundFactory(strategy=plan.strategy, **fields)


# Planning


def test_planning_keeps_the_round_and_who_planned_it(plan):
    round = suggested(plan.strategy, "quarterly", period_holding(dt.date(2021, 10, 1), "quarterly"))
    rounds.plan(round=round, by=by_team(), at=clock.now())
    assert ReportingRound.objects.get().label == "Q3 2021-22"
    act = RoundAct.objects.get()
    assert (act.verb, act.from_state, act.to_state) == ("planned", "", "planned")


def test_only_the_strategy_team_plans(plan, actor_of, viewer):
    with pytest.raises(Refusal, match="strategy team"):
        rounds.plan(round=ReportingRoundFactory.build(strategy=plan.strategy), by=actor_of(viewer), at=clock.now())


@pytest.mark.parametrize("state", ["draft", "closed", "superseded"])
def test_no_round_of_a_strategy_that_does_not_stand(plan, state):
    plan.strategy.state = state
    plan.strategy.save()
    with pytest.raises(Refusal, match=r"Approve it before"):
        rounds.plan(round=ReportingRoundFactory.build(strategy=plan.strategy), by=by_team(), at=clock.now())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"label": "Q3 2021-22", "about": dt.date(2022, 1, 1)}, "already has a round with this label"),
        ({"label": "Again"}, "Another round of this strategy and cycle is about some of these days"),
    ],
)
def test_what_somebody_else_planned_a_moment_ago_is_a_sentence(plan, fields, sentence):
    planned(plan)
    with pytest.raises(Refusal, match=sentence):
        rounds.plan(round=ReportingRoundFactory.build(strategy=plan.strategy, **fields), by=by_team(), at=clock.now())


@pytest.mark.parametrize("cycle", MONTHS_IN)
def test_every_cycle_has_its_periods_and_its_days_in_order(plan, cycle):
    period = period_holding(dt.date(2021, 4, 1), cycle)
    for _ in range(4):
        round = suggested(plan.strategy, cycle, period)
        rounds.plan(round=round, by=by_team(), at=clock.now())
        assert round.opens_on > round.period_ends
        assert round.opens_on < round.due_on < round.closes_on
        period = period_holding(period.ends + dt.timedelta(days=1), cycle)
    assert ReportingRound.objects.filter(cycle=cycle).count() == 4


def test_rounds_of_two_cycles_may_be_about_the_same_days(plan):
    planned(plan)
    rounds.plan(
        round=suggested(plan.strategy, "yearly", period_holding(dt.date(2021, 10, 1), "yearly")),
        by=by_team(),
        at=clock.now(),
    )
    assert ReportingRound.objects.count() == 2


@pytest.mark.parametrize(
    ("about", "opens", "due", "closes"),
    [
        # 1 and 2 January are a weekend, the 3rd is the substitute for New Year's Day
        (dt.date(2021, 10, 1), dt.date(2022, 1, 4), dt.date(2022, 1, 24), dt.date(2022, 1, 31)),
        (dt.date(2021, 7, 1), dt.date(2021, 10, 1), dt.date(2021, 10, 22), dt.date(2021, 11, 1)),
        # Good Friday is 29 March 2024, Easter Monday 1 April
        (dt.date(2024, 1, 1), dt.date(2024, 4, 2), dt.date(2024, 4, 22), dt.date(2024, 5, 1)),
    ],
)
def test_suggested_days_are_working_days(plan, about, opens, due, closes):
    round = suggested(plan.strategy, "quarterly", period_holding(about, "quarterly"))
    assert (round.opens_on, round.due_on, round.closes_on) == (opens, due, closes)


# Changing


def test_changing_says_what_moved(plan):
    round = planned(plan)
    rounds.change(round=round, values={"due_on": dt.date(2022, 1, 28)}, by=by_team(), at=clock.now())
    assert RoundAct.objects.get(verb="changed").reason == "Returns due by: 25 January 2022, now 28 January 2022."


def test_changing_nothing_records_nothing(plan):
    round = planned(plan)
    rounds.change(round=round, values={"due_on": round.due_on}, by=by_team(), at=clock.now())
    assert not RoundAct.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("label", "Other"), ("cycle", "monthly"), ("period_starts", dt.date(2021, 10, 2)), ("period_ends", TODAY)],
)
def test_what_an_open_round_is_about_stays(plan, field, value):
    round = open_round(plan.strategy)
    with pytest.raises(Refusal, match="stay as they are"):
        rounds.change(round=round, values={field: value}, by=by_team(), at=clock.now())


def test_an_open_round_is_not_ended_in_the_past(plan):
    round = open_round(plan.strategy)
    values = {"due_on": dt.date(2022, 1, 10), "closes_on": dt.date(2022, 1, 18)}
    with pytest.raises(Refusal, match="Close the round instead"):
        rounds.change(round=round, values=values, by=by_team(), at=clock.now())


def test_days_of_a_closed_round_stay(plan):
    round = close_round(open_round(plan.strategy))
    with pytest.raises(Refusal, match="closed"):
        rounds.change(round=round, values={"closes_on": dt.date(2022, 3, 1)}, by=by_team(), at=clock.now())


def test_two_people_changing_the_same_days_do_not_lose_an_edit(plan):
    round = planned(plan)
    values = {"due_on": dt.date(2022, 1, 28)}
    seen = stale.token(round, values)
    rounds.change(round=round, values=values, seen=seen, by=by_team(), at=clock.now())
    with pytest.raises(stale.Stale):
        rounds.change(round=round, values={"due_on": dt.date(2022, 1, 27)}, seen=seen, by=by_team(), at=clock.now())


# Opening


def test_opening_creates_one_return_for_each_commitment_that_is_not_over(plan, lead):
    for number, lifecycle in enumerate(Lifecycle.values, start=10):
        CommitmentFactory(programme=plan.programme, number=number, lifecycle=lifecycle)
    round = planned(plan)
    rounds.open_round(round=round, by=by_team(), at=clock.now())
    numbers = list(ProgressReturn.objects.order_by("commitment__number").values_list("commitment__number", flat=True))
    assert numbers == [1, 2, 10, 11, 13]  # neither complete (12) nor stopped (14)
    assert set(ProgressReturn.objects.values_list("state", flat=True)) == {"not_started"}


def test_opening_pins_the_definitions_of_the_day(plan):
    round = open_round(plan.strategy)
    plan.strategy.green_means = "Something else."
    plan.strategy.save()
    round.refresh_from_db()
    assert round.definitions["green"] == "On course."


def test_opening_writes_one_mail_to_each_person(plan, lead, lead_post):
    second_post = PostFactory(title="Deputy")
    TenureFactory(post=second_post, person=lead.person)
    CommitmentFactory(programme=plan.programme, number=3, title="Third", lead_post=second_post)
    open_round(plan.strategy)
    message = Message.objects.get(kind="commissioned")
    assert message.to == lead.person
    assert all(title in message.body for title in ("Keep people safe", "Listen first", "Third"))


def test_a_vacant_lead_gets_a_return_and_no_mail(plan):
    round = open_round(plan.strategy)
    assert round.returns.count() == 2
    assert not Message.objects.exists()


def test_a_lead_without_an_address_gets_a_message_that_says_so(plan, lead):
    lead.person.email = ""
    lead.person.save()
    open_round(plan.strategy)
    assert Message.objects.get().problem == "No e-mail address is known."


def test_opening_twice_is_refused(plan):
    round = open_round(plan.strategy)
    with pytest.raises(Refusal, match="already been opened"):
        rounds.open_round(round=round, by=by_team(), at=clock.now())
    assert round.returns.count() == 2


def test_opening_late_opens_on_that_day(plan):
    round = planned(plan)
    rounds.open_round(round=round, by=by_team(), at=clock.now())
    round.refresh_from_db()
    assert round.opens_on == TODAY


def test_opening_after_the_due_day_keeps_the_days_in_order(plan):
    round = planned(plan)
    on = round.due_on + dt.timedelta(days=2)
    rounds.open_round(round=round, by=by_team(on), at=clock.now())
    round.refresh_from_db()
    assert round.opens_on == round.due_on


def test_opening_early_keeps_the_planned_day(plan):
    round = planned(plan, about=dt.date(2022, 1, 1))
    rounds.open_round(round=round, by=by_team(), at=clock.now())
    round.refresh_from_db()
    assert round.opens_on == dt.date(2022, 4, 4)


def test_opening_after_the_last_day_is_refused(plan):
    round = planned(plan)
    with pytest.raises(Refusal, match="Move its days"):
        rounds.open_round(round=round, by=by_team(dt.date(2022, 3, 1)), at=clock.now())


def test_nothing_to_ask_for_is_refused(plan):
    type(plan.first).objects.update(lifecycle="complete")
    round = planned(plan)
    with pytest.raises(Refusal, match="nothing to return"):
        rounds.open_round(round=round, by=by_team(), at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_two_people_open_at_once(plan, lead):
    """One opens, the other gets a sentence; every return and every mail is there once."""
    round = planned(plan)
    actor = by_team()
    start, answers = threading.Barrier(2), []

    def press() -> None:
        start.wait(5)
        try:
            answers.append(len(rounds.open_round(round=round, by=actor, at=clock.now())))
        except Refusal as refusal:
            answers.append(refusal.sentence)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(10)
    assert sorted(answers, key=str) == [2, "This round has already been opened."]
    assert ProgressReturn.objects.count() == 2
    assert Message.objects.filter(kind="commissioned").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_people_plan_the_same_period_at_once(plan):
    actor = by_team()
    start, answers = threading.Barrier(2), []

    def press() -> None:
        round = ReportingRoundFactory.build(strategy=plan.strategy)
        start.wait(5)
        try:
            rounds.plan(round=round, by=actor, at=clock.now())
            answers.append("planned")
        except Refusal as refusal:
            answers.append(refusal.sentence)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(10)
    assert "planned" in answers
    assert any("already has a round with this label" in answer for answer in answers)
    assert ReportingRound.objects.count() == 1


# Closing


def test_closing_records_what_is_missing_with_the_lead_of_the_day(plan, lead, overseer):
    vacant = CommitmentFactory(programme=plan.programme, number=3, lead_post__title="Director of Nothing")
    exempted = CommitmentFactory(programme=plan.programme, number=4)
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    exempt(exempted, round)
    close_round(round)
    rows = {row.commitment_id: row for row in round.returns.all()}
    assert not rows[plan.first.pk].missed
    assert rows[plan.second.pk].missed_by == "Commander for Public Protection: Lena Lead"
    assert rows[vacant.pk].missed_by == "Director of Nothing: vacant"
    assert not rows[exempted.pk].missed
    assert round.acts.get(verb="closed").reason == "2 missing."


def test_names_of_the_close_stay_after_the_post_changes(plan, lead, lead_post):
    round = close_round(open_round(plan.strategy))
    Post.objects.filter(pk=lead_post.pk).update(title="Other")
    row = round.returns.get(commitment=plan.first)
    assert row.missed_by == "Commander for Public Protection: Lena Lead"
    assert row.acts.get(verb="missed").reason == row.missed_by


def test_a_draft_is_kept_and_missing(plan, lead):
    round = open_round(plan.strategy)
    play(plan.first, round, until="draft")
    close_round(round)
    row = round.returns.get(commitment=plan.first)
    assert (row.state, row.missed) == ("draft", True)


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_closing_early_needs_a_reason(plan, reason):
    round = open_round(plan.strategy)
    with pytest.raises(Refusal, match=r"31 January 2022\. Say why you close it early"):
        rounds.close(round=round, by=by_team(), at=clock.now(), reason=reason)
    rounds.close(round=round, by=by_team(), at=clock.now(), reason="Everything is in.")
    assert round.acts.get(verb="closed").reason == "2 missing. Everything is in."


def test_the_last_day_is_early_and_the_day_after_is_not(plan):
    round = open_round(plan.strategy)
    with pytest.raises(Refusal):
        rounds.close(round=round, by=by_team(round.closes_on), at=clock.now())
    on = round.closes_on + dt.timedelta(days=1)
    assert rounds.close(round=round, by=by_team(on), at=clock.now()) == 2


def test_closing_twice_is_refused(plan):
    round = close_round(open_round(plan.strategy))
    with pytest.raises(Refusal, match="Only an open round"):
        rounds.close(round=round, by=by_team(), at=clock.now(), reason="Again.")


# Late, overdue, missing: by stored days, whatever the month

DUE, CLOSES = dt.date(2024, 2, 28), dt.date(2024, 2, 29)
OVER_THE_LEAP = {"opens_on": dt.date(2024, 1, 31), "due_on": DUE, "closes_on": CLOSES}
OVER_THE_YEAR = {
    "opens_on": dt.date(2021, 10, 1),
    "due_on": dt.date(2021, 12, 31),
    "closes_on": dt.date(2022, 1, 1),
}


@pytest.mark.parametrize(
    ("days", "on", "overdue", "missing"),
    [
        (OVER_THE_LEAP, dt.date(2024, 2, 28), False, False),
        (OVER_THE_LEAP, dt.date(2024, 2, 29), True, False),
        (OVER_THE_LEAP, dt.date(2024, 3, 1), False, True),
        (OVER_THE_YEAR, dt.date(2021, 12, 31), False, False),
        (OVER_THE_YEAR, dt.date(2022, 1, 1), True, False),
        (OVER_THE_YEAR, dt.date(2022, 1, 2), False, True),
    ],
)
def test_overdue_and_missing(plan, days, on, overdue, missing):
    round = ReportingRoundFactory(
        strategy=plan.strategy,
        state="open",
        period_starts=dt.date(2021, 7, 1),
        period_ends=dt.date(2021, 9, 30),
        **days,
    )
    row = ProgressReturnFactory(commitment=plan.first, round=round)
    assert (rules.is_overdue(row, on), rules.is_missing(row, on)) == (overdue, missing)


@pytest.mark.parametrize(
    ("came_in", "late"),
    [
        (dt.datetime(2024, 2, 28, 23, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2024, 2, 29, 0, 0, tzinfo=dt.UTC), True),
        (None, False),
    ],
)
def test_late(plan, came_in, late):
    round = ReportingRoundFactory(strategy=plan.strategy, state="open", about=dt.date(2023, 10, 1), **OVER_THE_LEAP)
    row = ProgressReturnFactory(commitment=plan.first, round=round, first_submitted_at=came_in)
    assert rules.is_late(row) is late


def test_late_counts_the_day_in_london(plan):
    """22:30 UTC on the due day in summer is 23:30 in London; 23:30 UTC is the next day."""
    round = ReportingRoundFactory(strategy=plan.strategy, state="open", about=dt.date(2021, 4, 1))
    row = ProgressReturnFactory(commitment=plan.first, round=round)
    due = dt.datetime.combine(round.due_on, dt.time(22, 30), tzinfo=dt.UTC)
    row.first_submitted_at = due
    assert not rules.is_late(row)
    row.first_submitted_at = due + dt.timedelta(hours=1)
    assert rules.is_late(row)
