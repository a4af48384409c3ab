"""Small numbers, attacked: two worlds differ in the hidden numbers alone, and no report tells them apart."""

import json

import pytest
from django.db import transaction

from boards import progress_report
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, play

from .conftest import Q1, Q2, Q3, TODAY

pytestmark = pytest.mark.django_db


def told_of(told, numbers: dict[str, int], actor, now) -> str:
    """The report on a world with these numbers in each quarter, which is undone after."""
    with transaction.atomic():
        groups = DimensionFactory(code="ethnicity", whole="all officers")
        count = MeasureFactory(
            code="promotions",
            title="Officers promoted",
            unit="officers",
            dimension=groups,
            over_time="sum",
            over_groups="sum",
            small_number_threshold=5,
        )
        asked = (("reach_level", {"at_least": "1000"}), ("reach_level", {"at_least": "12", "groups": "every"}))
        for number, (kind, params) in enumerate(asked):
            words = {"code": f"asked-{number}", "wording": f"Asked {number}"}
            TargetFactory(measure=count, kind=kind, params=params, trajectory="none", **words)
        CommitmentMeasureFactory(commitment=told.second, measure=count)
        for order, (code, value) in enumerate(numbers.items()):
            group = GroupFactory(dimension=groups, code=code, title=code.title(), order=order)
            for about in (Q1, Q2, Q3):
                ObservationFactory(measure=count, about=about, group=group, value=value)
        play(told.second, told.round, on=TODAY, rating="amber")
        found = progress_report.body(told.progress, actor, now)
        transaction.set_rollback(True)
    return json.dumps(found | {"drawn": progress_report.parts(found)}, sort_keys=True)


def test_no_report_tells_hidden_numbers_apart(told, secretariat, actor_of, now):
    actor = actor_of(secretariat)
    one = told_of(told, {"asian": 40, "black": 1, "white": 300}, actor, now)
    other = told_of(told, {"asian": 39, "black": 2, "white": 300}, actor, now)
    assert one == other
    assert "Officers promoted" in one


def test_numbers_that_do_not_hide_are_told(told, secretariat, actor_of, now):
    actor = actor_of(secretariat)
    one = told_of(told, {"asian": 40, "black": 20, "white": 300}, actor, now)
    other = told_of(told, {"asian": 40, "black": 21, "white": 300}, actor, now)
    assert one != other
