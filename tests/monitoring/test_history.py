"""Where a commitment stood: what signed-off returns say, through the real services."""

import datetime as dt

import pytest

from kit.clock import today
from monitoring.models import ProgressReturn
from monitoring.queries.history import SIGNED, SUBMITTED, Standing, of_commitment, standing, with_reach, with_versions
from tests.factories.monitoring import (
    ProgressReturnFactory,
    ReportingRoundFactory,
    close_round,
    exempt,
    let_in_late,
    open_round,
    play,
    reopen,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def q2(plan):
    return open_round(plan.strategy, "Q2 2021-22")


def stands(row: ProgressReturn, basis: str = SIGNED) -> Standing:
    found = with_versions(ProgressReturn.objects.filter(pk=row.pk).select_related("round"), basis).get()
    return standing(found, found.shown_versions[0] if found.shown_versions else None, today())


def test_a_rating_is_the_leads_with_the_overseers_beside_it(plan, q2):
    now = stands(play(plan.first, q2, rating="green", overseer_rating="amber"))
    assert now == Standing("green", overseer="amber", signed=True, version=1)
    assert now.gap == 1


@pytest.mark.parametrize("lifecycle", ["complete", "paused", "stopped", "not_started"])
def test_a_lifecycle_is_not_a_rating(plan, q2, lifecycle):
    now = stands(play(plan.first, q2, lifecycle=lifecycle))
    assert (now.kind, now.is_rated, now.gap) == (lifecycle, False, 0)


def test_nil_and_exempt_are_their_own_words_after_the_close_too(plan, q2):
    nil = play(plan.first, q2, nil=True)
    excused = exempt(plan.second, q2)
    close_round(q2)
    assert (stands(nil).kind, stands(excused).kind) == ("nil", "exempt")


def test_awaited_until_the_round_closes_then_missing(plan):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    row = play(plan.first, q3, until="draft")
    assert stands(row).kind == "awaited"
    assert standing(row, None, q3.closes_on + dt.timedelta(days=1)).kind == "missing"
    close_round(q3)
    row.refresh_from_db()
    assert stands(row).kind == "missing"


def test_in_late_after_missing_shows_what_it_says_and_that_it_was_missing(plan, q2):
    close_round(q2)
    late = q2.closes_on + dt.timedelta(days=5)
    row = let_in_late(q2.returns.get(commitment=plan.first), until=late)
    play(plan.first, q2, until="submitted", on=late)
    assert stands(row).kind == "missing"
    play(plan.first, q2, on=late)
    assert stands(row) == Standing("green", overseer="green", signed=True, was_missing=True, version=1)


@pytest.mark.parametrize("until", ["draft", "submitted", "changes_requested"])
def test_a_reopened_return_keeps_its_last_signed_rating(plan, q2, until):
    row = play(plan.first, q2, rating="green")
    close_round(q2)
    reopen(row)
    play(plan.first, q2, rating="red", until=until, on=q2.closes_on + dt.timedelta(days=2))
    assert stands(row) == Standing("green", overseer="green", signed=True, reopened=True, version=1)


def test_signed_again_the_new_version_counts(plan, q2):
    row = play(plan.first, q2, rating="green")
    reopen(row, on=q2.due_on)
    play(plan.first, q2, rating="red", on=q2.closes_on)
    assert stands(row) == Standing("red", overseer="red", signed=True, version=2)


@pytest.mark.parametrize(
    ("until", "kind", "signed"),
    [
        ("draft", "awaited", False),
        ("submitted", "red", False),
        ("changes_requested", "awaited", False),
        ("signed_off", "red", True),
    ],
)
def test_as_submitted_counts_only_what_is_with_the_overseer(plan, until, kind, signed):
    q3 = open_round(plan.strategy, "Q3 2021-22")
    row = play(plan.first, q3, rating="red", until=until)
    now = stands(row, SUBMITTED)
    assert (now.kind, now.signed) == (kind, signed)


def test_as_submitted_a_reopened_return_shows_its_new_version(plan, q2):
    row = play(plan.first, q2, rating="green")
    reopen(row, on=q2.due_on)
    play(plan.first, q2, rating="red", until="submitted", on=q2.closes_on)
    assert stands(row, SUBMITTED) == Standing("red", reopened=True, version=2)
    assert stands(row).kind == "green"


@pytest.mark.parametrize("persona", ["team", "lead", "delegate", "overseer", "secretariat", "auditor", "viewer"])
def test_reach_is_that_of_the_returns_themselves(plan, q2, persona, request, actor_of):
    actor = actor_of(request.getfixturevalue(persona))
    play(plan.first, q2)
    play(plan.second, q2, until="submitted")
    marked = {row.pk for row in with_reach(ProgressReturn.objects.all(), actor) if row.is_readable}
    assert marked == set(ProgressReturn.objects.visible_to(actor).values_list("pk", flat=True))


def test_the_history_is_newest_first_and_leaves_planned_rounds_out(plan, team, actor_of):
    first = open_round(plan.strategy, "Q1 2021-22")
    row = play(plan.first, first)
    reopen(row, on=first.due_on)
    play(plan.first, first, rating="amber", on=first.closes_on)
    open_round(plan.strategy, "Q2 2021-22")
    planned = ReportingRoundFactory(strategy=plan.strategy)
    ProgressReturnFactory(round=planned, commitment=plan.first)
    entries = of_commitment(plan.first, actor_of(team))
    assert [entry.round.label for entry in entries] == ["Q2 2021-22", "Q1 2021-22"]
    assert [version.number for version in entries[1].versions] == [2, 1]
