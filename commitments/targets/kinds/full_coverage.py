"""Full coverage: all of them. Judged on the counts where they are recorded, so that 2,999 of 3,000 is never full."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from .. import wording
from ..baselines import start_of
from ..judging import Case, Part, Words, conclude
from ..params import THE_WHOLE, Baseline, Groups, Params
from ..series import HUNDRED, NEWEST, Window
from ..trajectory import Steps
from ..types import MeasureFacts, Outcome, Point
from ..verdicts import Bar
from .phrases import each_of, lacking, over_window


@dataclass(frozen=True, slots=True)
class FullCoverage:
    """of: how many there are in all, for a measure whose points do not have it as their denominator.

    A stated baseline, steps and the tolerance are in per cent.
    """

    of: Decimal | None = None
    groups: Groups = THE_WHOLE
    baseline: Baseline | None = None
    steps: Steps = ()
    window: Window = NEWEST


def parse(params: Mapping[str, object]) -> FullCoverage:
    """of, group or groups, baseline, steps (in per cent), window. Raises ValueError."""
    given = Params(params)
    of = given.number("of", above=0)
    reading = FullCoverage(of, given.groups(), given.baseline(), given.steps(), given.window())
    given.done()
    return reading


def describe(reading: FullCoverage, measure: MeasureFacts) -> str:
    """Raises ValueError for a group that the measure does not have."""
    reading.groups.check(measure)
    of = f" of {reading.of:,f}" if reading.of is not None else ""
    return f"{each_of(reading.groups, measure)} 100%{of}{over_window(reading.window)}."


def evaluate(reading: FullCoverage, case: Case) -> Outcome:
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series)]
    shares = _as_shares(case.measure)
    words = Words(
        subject=lambda part: _subject(case, part, shares),
        asked=lambda part: "100%",
        general=lambda: "100%",
        measure=shares,
    )
    return conclude(case, parts, words, reading.steps)


def _part(reading: FullCoverage, case: Case, group: str) -> Part:
    target, series = case.target, case.series
    point = series.read(group, reading.window, case.on, target.starts)
    coverage_of = partial(_coverage, reading, case.measure)
    if point is None:
        return Part(group, lacks=lacking(reading.window, series, group, case.on))
    coverage = coverage_of(point)
    if coverage is None:
        return Part(group, lacks="Nothing says yet of how many")
    baseline = reading.baseline
    if baseline is None and target.trajectory != "none":
        baseline = Baseline(first=True)
    return Part(
        group,
        coverage,
        Bar(low=HUNDRED),
        start=start_of(baseline, target, series, group, reading.window, point, coverage_of),
        period=(point.starts, point.ends),
        provisional=point.status != "actual",
        hidden=group in case.hidden,
        due_on=target.due_on,
    )


def _coverage(reading: FullCoverage, measure: MeasureFacts, point: Point) -> Decimal | None:
    """In per cent; None when nothing says of how many."""
    if point.numerator is not None and point.denominator:
        return HUNDRED * point.numerator / point.denominator
    if measure.unit == "share":
        return point.value
    return HUNDRED * point.value / reading.of if reading.of is not None else None


def _subject(case: Case, part: Part, shares: MeasureFacts) -> str:
    text = wording.TOO_FEW if part.hidden else wording.figure(shares, part.figure, part.decimals)
    return f"{text} ({wording.name(case.measure, part.group)})" if part.group else text


def _as_shares(measure: MeasureFacts) -> MeasureFacts:
    """The measure as its coverage is written: in per cent."""
    if measure.unit == "share":
        return measure
    return replace(measure, unit="share", over_time="latest", over_groups="latest")
