"""`close_rounds`, for the scheduler."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command

from kit import clock
from monitoring.models import RoundAct
from tests.factories.monitoring import ReportingRoundFactory, open_round, play

pytestmark = pytest.mark.django_db


def run(on: dt.date) -> str:
    said = StringIO()
    with clock.standing_at(on):
        call_command("close_rounds", stdout=said)
    return said.getvalue()


def test_it_closes_what_is_past_its_last_day_as_the_system(plan, lead):
    round = open_round(plan.strategy)
    play(plan.first, round, until="submitted")
    said = run(round.closes_on + dt.timedelta(days=1))
    round.refresh_from_db()
    assert round.state == "closed"
    assert said == "Q3 2021-22, STRIDE 2021 to 2025: closed, 1 return missing.\n"
    act = RoundAct.objects.get(verb="closed")
    assert (act.by_name, act.by_user, act.by_person) == ("STRIDE, on schedule", None, None)


def test_it_leaves_the_last_day_alone(plan):
    round = open_round(plan.strategy)
    assert run(round.closes_on) == "No round to close.\n"
    round.refresh_from_db()
    assert round.state == "open"


def test_it_leaves_planned_rounds_alone_and_can_run_again(plan):
    ReportingRoundFactory(strategy=plan.strategy, about=dt.date(2021, 4, 1))
    round = open_round(plan.strategy)
    day_after = round.closes_on + dt.timedelta(days=1)
    assert "closed, 2 returns missing" in run(day_after)
    assert run(day_after) == "No round to close.\n"
