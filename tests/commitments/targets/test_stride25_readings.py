"""Every target of the example is read by machine, and tells a good series from a bad one and from none."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from commitments.targets import MeasureFacts, Point, TargetFacts, Verdict, describe, evaluate, parse
from kit.periods import add_months
from tests.commitments.targets.stride25_readings import MEASURES, READINGS

EXAMPLE = Path(__file__).parents[3] / "examples" / "stride25"
FIRST = date(2019, 4, 1)
CHANGE = date(2021, 4, 1)  # the baseline years end, the good or bad years begin
ON = date(2023, 4, 1)
A_YEAR_ON = date(2022, 4, 1)
BASE = Decimal(60)


def published(sheet: str) -> list[dict]:
    with (EXAMPLE / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LIMITS = ("starts", "due_on")
TARGETS = {row["code"]: row for row in published("targets")}


def facts(code: str) -> MeasureFacts:
    return MeasureFacts(code, code, **MEASURES[code])


def made(code: str) -> tuple[TargetFacts, MeasureFacts, date]:
    """The target as it will be in the plan, its measure, and a day after its date."""
    kind, params, tolerance, trajectory = READINGS[code]
    starts, due_on = (date.fromisoformat(TARGETS[code][name]) if TARGETS[code][name] else None for name in LIMITS)
    target = TargetFacts(code, kind, params, starts, due_on, Decimal(tolerance), trajectory)
    return target, facts(TARGETS[code]["measure"]), max(ON, due_on + timedelta(days=1)) if due_on else ON


def series(measure: MeasureFacts, on: date, before: dict, after: dict) -> list[Point]:
    """Quarters from 2019, of the groups given: one value in the baseline years, another one afterwards.

    A pair is a numerator with its denominator. Of a sum, the value is that of a year.
    """
    points = []
    starts = FIRST
    while (ends := add_months(starts, 3) - timedelta(days=1)) < on:
        for group, value in (before if starts < CHANGE else after).items():
            over = value if isinstance(value, tuple) else (None, None)
            value = Decimal(100 * over[0]) / over[1] if over[0] is not None else Decimal(value)
            value = value / 4 if measure.over_time == "sum" else value
            if measure.over_time == "ratio_of_sums" and over == (None, None):
                over = (value, Decimal(100 if measure.unit == "share" else 1))
            points.append(Point(starts, ends, value, group, *over))
        starts = ends + timedelta(days=1)
    return points


def good_and_bad(target: TargetFacts, measure: MeasureFacts) -> tuple[dict, dict, dict]:
    """Values of the baseline years, of a year that keeps the promise, and of one that breaks it by far."""
    params, kind = parse(target.kind, target.params), target.kind
    far = target.tolerance + 1
    every = [code for code in measure.groups if code]
    if kind == "all_of":
        return dict.fromkeys(every, 1), dict.fromkeys(every, 7), dict.fromkeys(every, 7) | {every[5]: 5}
    if kind == "set_a_baseline":
        return {}, {"": 50}, {}
    if kind == "per_unit_per_year":
        return dict.fromkeys(every, 1), dict.fromkeys(every, 12), dict.fromkeys(every, 12) | {every[3]: 8}
    if kind == "group_at_least_as_good":
        own, up = params.groups.codes[0], measure.better == "higher"
        worse = 2 - far if up else 2 + far
        return {}, {own: 2, params.than: 2}, {own: worse, params.than: 2}
    if kind in ("gap_at_most", "gap_change"):
        gap = params.points if kind == "gap_at_most" else Decimal(7)
        group = dict.fromkeys(params.groups.codes, BASE - gap)
        worst = params.groups.codes[-1]
        wider = BASE - (gap if kind == "gap_at_most" else 8) - far
        return {"": BASE, **dict.fromkeys(group, BASE - 8)}, {"": BASE, **group}, {"": BASE, **group, worst: wider}
    groups = (["", *every] if "" in params.groups.codes else every) if params.groups.every else params.groups.codes
    if kind == "full_coverage":
        pairs = [(400, 600), (600, 600), (560, 600)]
        return tuple(dict.fromkeys(groups, pair) for pair in pairs)
    before, good, bad = level(target, params, far)
    return (
        dict.fromkeys(groups, before),
        dict.fromkeys(groups, good),
        dict.fromkeys(groups, good) | {groups[-1]: bad},
    )


def level(target: TargetFacts, params, far: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    if target.kind == "reach_level":
        low, high = params.bar.low, params.bar.high
        return (low / 2, low, low - far) if high is None else (high * 2, high, high + far)
    base = Decimal(1_000_000) if target.kind == "change_from_baseline" and params.by_amount == 70000 else Decimal(40)
    if target.kind == "change_from_baseline" and params.baseline.value is not None:
        base = params.baseline.value
    down = params.direction == "decrease" or target.code.startswith("divert")
    step = params.by_amount or (base * params.by_share / 100 if params.by_share else 1)
    return (base, base - step, base + far) if down else (base, base + step, base - far)


def test_every_target_and_every_measure_is_covered():
    assert READINGS.keys() == TARGETS.keys()
    assert MEASURES.keys() == {row["code"] for row in published("measures")}


@pytest.mark.parametrize("code", READINGS)
def test_the_reading_fits_its_measure_and_says_itself(code):
    target, measure, _ = made(code)
    sentence = describe(target.kind, target.params, measure)
    assert sentence.endswith(".")
    assert "None" not in sentence


@pytest.mark.parametrize("code", READINGS)
def test_a_kept_promise_is_met(code):
    target, measure, on = made(code)
    before, good, _ = good_and_bad(target, measure)
    if target.kind == "year_on_year":
        on = A_YEAR_ON
    outcome = evaluate(target, measure, series(measure, on, before, good), on)
    assert outcome.verdict is Verdict.MET, outcome


@pytest.mark.parametrize("code", READINGS)
def test_a_promise_broken_by_far_is_off_track_by_one_group_alone(code):
    target, measure, on = made(code)
    before, _, bad = good_and_bad(target, measure)
    if target.kind == "year_on_year":
        on = A_YEAR_ON
    outcome = evaluate(target, measure, series(measure, on, before, bad), on)
    wanted = Verdict.NO_DATA if target.kind == "set_a_baseline" else Verdict.OFF_TRACK
    assert outcome.verdict is wanted, outcome


@pytest.mark.parametrize("code", READINGS)
def test_without_figures_there_is_no_data(code):
    target, measure, on = made(code)
    assert evaluate(target, measure, [], on).verdict is Verdict.NO_DATA


def test_fifty_per_cent_waits_until_its_april():
    target, measure, _ = made("recruitment-female-2")
    points = series(measure, ON, {"": 30}, {"": 45})
    assert evaluate(target, measure, points, date(2022, 3, 31)).verdict is Verdict.NOT_DUE
    assert evaluate(target, measure, points, date(2022, 5, 1)).verdict is Verdict.NO_DATA
    assert evaluate(target, measure, points, date(2022, 7, 1)).verdict is Verdict.OFF_TRACK
