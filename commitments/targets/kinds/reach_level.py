"""Reach a level: at least, at most, or within a range; of the whole, of one group, or of each of several."""

from collections.abc import Mapping
from dataclasses import dataclass

from .. import wording
from ..baselines import start_of
from ..judging import Case, Part, Words, conclude, figure_words
from ..params import THE_WHOLE, Baseline, Groups, Params
from ..series import NEWEST, Window
from ..trajectory import Steps
from ..types import MeasureFacts, Outcome
from ..verdicts import Bar
from .phrases import each_of, lacking, over_window


@dataclass(frozen=True, slots=True)
class ReachLevel:
    bar: Bar
    groups: Groups = THE_WHOLE
    baseline: Baseline | None = None
    steps: Steps = ()
    window: Window = NEWEST
    held_for: int = 1


def parse(params: Mapping[str, object]) -> ReachLevel:
    """at_least, at_most (both: a range), group or groups, baseline, steps, window, held_for. Raises ValueError."""
    given = Params(params)
    low, high = given.number("at_least"), given.number("at_most")
    if low is None and high is None:
        raise ValueError("at_least and at_most are missing. Give one of them, or both for a range.")
    if low is not None and high is not None and low > high:
        raise ValueError(f"at_least is {low} and at_most is {high}. at_least must not be above at_most.")
    reading = ReachLevel(
        Bar(low, high), given.groups(), given.baseline(), given.steps(), given.window(), given.count("held_for", 1)
    )
    given.done()
    if reading.steps and low is not None and high is not None:
        raise ValueError("steps is given with a range. Steps must lead to at_least or to at_most.")
    return reading


def describe(reading: ReachLevel, measure: MeasureFacts) -> str:
    """Raises ValueError where the reading names a group that the measure does not have."""
    reading.groups.check(measure)
    asked = wording.asked(measure, reading.bar)
    held = f", for {reading.held_for} figures in a row" if reading.held_for > 1 else ""
    return f"{each_of(reading.groups, measure)} {asked}{over_window(reading.window)}{held}."


def evaluate(reading: ReachLevel, case: Case) -> Outcome:
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series)]
    words = Words(
        subject=lambda part: figure_words(case, part),
        asked=lambda part: wording.asked(case.measure, part.bar),
        general=lambda: wording.asked(case.measure, reading.bar),
        held_for=reading.held_for,
    )
    return conclude(case, parts, words, reading.steps)


def _part(reading: ReachLevel, case: Case, group: str) -> Part:
    target, series = case.target, case.series
    point = series.read(group, reading.window, case.on, target.starts)
    if point is None:
        return Part(group, lacks=lacking(reading.window, series, group, case.on))
    baseline = reading.baseline
    if baseline is None and target.trajectory != "none":
        baseline = Baseline(first=True)
    return Part(
        group,
        point.value,
        reading.bar,
        start=start_of(baseline, target, series, group, reading.window, point),
        period=(point.starts, point.ends),
        provisional=point.status != "actual",
        held=reading.held_for == 1 or is_held(reading.held_for, reading.bar, reading.window, case, group),
        hidden=group in case.hidden,
        due_on=target.due_on,
    )


def is_held(times: int, bar: Bar, window: Window, case: Case, group: str) -> bool:
    """Whether each of the newest figures of a group holds, as many as asked."""
    ends = case.series.ends(group, case.on, times)
    figures = [case.series.read(group, window, end, case.target.starts) for end in ends]
    return len(figures) == times and all(figure is not None and bar.holds(figure.value) for figure in figures)
