"""What must be true of every kind, whatever the numbers: scale, mirror, better is never worse, nothing is rounded."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.targets import KINDS, Better, Point, TargetFacts, Verdict, evaluate
from commitments.targets.verdicts import RANK
from tests.commitments.targets.makers import DUE, measure, quarters

PERIOD = ["2021-04-01", "2021-06-30"]
BASELINE = {"period": PERIOD}
GROUPS = ["black", "mixed"]

# A kind with its parameters, those in the figure's unit as plain numbers so that they can be scaled and mirrored.
MIRRORED = {"at_least": "at_most", "at_most": "at_least", "increase": "decrease", "decrease": "increase"}
SCALED = {"at_least", "at_most", "by_amount", "points", "level", "value"}
# Neither numbers in per cent of a whole nor counts from nought can be mirrored.
MIRRORABLE = [
    ("reach_level", {"at_least": 20}),
    ("reach_level", {"at_most": 20}),
    ("reach_level", {"at_least": 15, "at_most": 25}),
    ("reach_level", {"at_least": 20, "groups": "whole_and_every"}),
    ("reach_level", {"at_least": 20, "held_for": 2}),
    ("reach_level", {"at_least": 20, "baseline": {"value": 10, "period": PERIOD}}),
    ("change_from_baseline", {"baseline": BASELINE}),
    ("change_from_baseline", {"baseline": BASELINE, "by_amount": 3, "groups": GROUPS}),
    ("change_from_baseline", {"baseline": BASELINE, "by_share": 10}),
    ("change_from_baseline", {"baseline": "first", "held_for": 2}),
    ("change_from_baseline", {"baseline": {"value": 20}}),
    ("year_on_year", {}),
    ("year_on_year", {"by_share": 5, "group": "black"}),
    ("gap_at_most", {"groups": GROUPS, "points": 5}),
    ("gap_at_most", {"groups": GROUPS, "points": 5, "than": "disabled", "baseline": BASELINE}),
    ("gap_change", {"groups": GROUPS, "baseline": BASELINE}),
    ("gap_change", {"groups": GROUPS, "baseline": BASELINE, "by_amount": 2}),
    ("group_at_least_as_good", {"group": "black", "than": "mixed"}),
    ("group_at_least_as_good", {"groups": GROUPS, "than": "", "level": 20}),
    (
        "all_of",
        {
            "conditions": [
                {"kind": "reach_level", "params": {"at_least": 20}},
                {"kind": "gap_at_most", "params": {"groups": GROUPS, "points": 5}},
            ]
        },
    ),
]
SCALABLE = [*MIRRORABLE, ("per_unit_per_year", {"at_least": 60, "groups": GROUPS})]
EVERY = [*SCALABLE, ("full_coverage", {}), ("full_coverage", {"group": "black", "of": 40}), ("set_a_baseline", {})]
ids = [f"{kind}-{place}" for place, (kind, _) in enumerate(EVERY)]

values = st.integers(-40, 400).map(lambda tenths: Decimal(tenths) / 10)
ALL = ["", *GROUPS, "disabled"]
columns = st.fixed_dictionaries({group: st.lists(values, min_size=6, max_size=6) for group in ALL})
some = settings(max_examples=20, deadline=None)  # for each of about twenty cases
settings_of_targets = st.fixed_dictionaries(
    {
        "tolerance": st.integers(0, 50).map(lambda tenths: Decimal(tenths) / 10),
        "trajectory": st.sampled_from(["straight", "stepped", "none"]),
        "due_on": st.sampled_from([None, DUE, date(2022, 9, 30), date(2024, 3, 31)]),
        "starts": st.sampled_from([None, date(2021, 4, 1)]),
    }
)
better = st.sampled_from([Better.HIGHER, Better.LOWER])
days = st.sampled_from([date(2022, 1, 19), date(2022, 3, 31), date(2022, 7, 1), date(2022, 10, 10)])
cases = {"made": columns, "limits": settings_of_targets, "side": better, "on": days}


def rows(made: dict) -> list[Point]:
    return [found for group, column in made.items() for found in quarters(*column, group=group)]


def verdict(kind, params, limits, side, points, on) -> Verdict:
    return evaluate(TargetFacts("t", kind, params, **limits), measure(better=side), points, on).verdict


def scaled(params: object, times: Decimal) -> object:
    if isinstance(params, list):
        return [scaled(each, times) for each in params]
    if not isinstance(params, dict):
        return params
    return {key: value * times if key in SCALED else scaled(value, times) for key, value in params.items()}


def mirrored(params: dict, side: str) -> dict:
    """The same condition on negated values. A gap and an amount of change keep their size."""
    found = {}
    for key, value in params.items():
        if key in ("at_least", "at_most", "level", "value"):
            found[MIRRORED.get(key, key)] = -value
        elif key == "conditions":
            found[key] = [{**each, "params": mirrored(each["params"], side)} for each in value]
        else:
            found[key] = mirrored(value, side) if isinstance(value, dict) else value
    return found


@pytest.mark.parametrize(("kind", "params"), SCALABLE, ids=ids[: len(SCALABLE)])
@some
@given(times=st.sampled_from([Decimal("0.25"), Decimal("0.7"), Decimal(3), Decimal(1000)]), **cases)
def test_the_scale_of_the_numbers_changes_nothing(kind, params, times, made, limits, side, on):
    points = rows(made)
    larger = [replace(each, value=each.value * times) for each in points]
    limits_too = {**limits, "tolerance": limits["tolerance"] * times}
    before = verdict(kind, params, limits, side, points, on)
    assert verdict(kind, scaled(params, times), limits_too, side, larger, on) is before


@pytest.mark.parametrize(("kind", "params"), MIRRORABLE, ids=ids[: len(MIRRORABLE)])
@some
@given(**cases)
def test_downward_targets_mirror_upward_ones(kind, params, made, limits, side, on):
    points = rows(made)
    negated = [replace(each, value=-each.value) for each in points]
    other = Better.LOWER if side is Better.HIGHER else Better.HIGHER
    before = verdict(kind, params, limits, side, points, on)
    assert verdict(kind, mirrored(params, side), limits, other, negated, on) is before


def test_every_kind_is_among_the_cases():
    assert {kind for kind, _ in EVERY} == set(KINDS)


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(step=st.integers(0, 100).map(lambda tenths: Decimal(tenths) / 10), **cases)
def test_a_better_newest_figure_never_makes_a_worse_verdict(kind, params, step, made, limits, side, on):
    if "at_least" in params and "at_most" in params:
        return  # a range has no better side
    if "at_least" in params or kind in ("full_coverage", "all_of"):
        side = Better.HIGHER
    elif "at_most" in params:
        side = Better.LOWER
    judged = params.get("groups", params.get("group", ""))
    judged = (
        {"every": GROUPS, "whole_and_every": ["", *made]}.get(judged, judged) if isinstance(judged, str) else judged
    )
    judged = ["", *GROUPS] if kind == "all_of" else [judged] if isinstance(judged, str) else judged
    move = step if side is Better.HIGHER else -step
    points = rows(made)
    newest = max(each.ends for each in points if each.ends <= on)
    moved = [
        replace(each, value=each.value + move) if each.ends == newest and each.group in judged else each
        for each in points
    ]
    before, after = (verdict(kind, params, limits, side, each, on) for each in (points, moved))
    assert RANK[after] >= RANK[before]


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(**cases)
def test_provisional_figures_change_no_verdict_and_are_told(kind, params, made, limits, side, on):
    points = rows(made)
    facts = measure(better=side)
    plain = evaluate(TargetFacts("t", kind, params, **limits), facts, points, on)
    marked = [replace(each, status="provisional") for each in points]
    outcome = evaluate(TargetFacts("t", kind, params, **limits), facts, marked, on)
    assert outcome.verdict is plain.verdict
    assert not plain.provisional
    assert outcome.provisional or outcome.figure is None


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(limits=settings_of_targets, side=better)
def test_no_figures_is_no_data_never_green(kind, params, limits, side):
    outcome = evaluate(TargetFacts("t", kind, params, **limits), measure(better=side), [], date(2022, 1, 19))
    assert outcome.verdict is Verdict.NO_DATA
    assert outcome.figure is None


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(**cases)
def test_what_ended_after_the_day_is_not_known_on_it(kind, params, made, limits, side, on):
    points = rows(made)
    by_then = [each for each in points if each.ends <= on]
    target = TargetFacts("t", kind, params, **limits)
    assert evaluate(target, measure(better=side), points, on) == evaluate(target, measure(better=side), by_then, on)


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(**cases)
def test_the_order_of_the_points_changes_nothing(kind, params, made, limits, side, on):
    points = rows(made)
    target = TargetFacts("t", kind, params, **limits)
    assert evaluate(target, measure(better=side), points, on) == evaluate(
        target, measure(better=side), points[::-1], on
    )


@pytest.mark.parametrize(("kind", "params"), EVERY, ids=ids)
@some
@given(made=columns, limits=settings_of_targets, side=better, on=days)
def test_a_figure_of_a_hidden_group_is_in_no_sentence(kind, params, made, limits, side, on):
    """Every value is written with an odd tail that no level, baseline or period has."""
    tail = Decimal("0.0737")
    points = [replace(each, value=each.value + tail) for each in rows(made)]
    everybody = frozenset(made)
    outcome = evaluate(
        TargetFacts("t", kind, params, **limits), measure(better=side, decimals=4), points, on, everybody
    )
    assert outcome.figure is None
    assert outcome.expected is None or kind == "set_a_baseline"
    written = {f"{abs(each.value):,f}" for each in points}
    assert not any(text in outcome.sentence for text in written)
