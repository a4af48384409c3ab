"""Change from a baseline: any change for the better, by an amount, or by a share of the baseline."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .. import wording
from ..baselines import start_of, window_for
from ..judging import NO_BASELINE, NONE_SINCE, Case, Part, Words, conclude, ended_by, figure_words
from ..params import THE_WHOLE, Baseline, Groups, Params
from ..series import NEWEST, Window, months_in
from ..types import MeasureFacts, Outcome
from .phrases import DIRECTIONS, baseline_words, change_words, changed, each_of, goes_up, lacking, over_window
from .reach_level import is_held


@dataclass(frozen=True, slots=True)
class ChangeFromBaseline:
    """by_amount is in the measure's unit (points for a share), by_share in per cent of the baseline."""

    baseline: Baseline
    direction: str = "better"
    by_amount: Decimal | None = None
    by_share: Decimal | None = None
    groups: Groups = THE_WHOLE
    window: Window = NEWEST
    held_for: int = 1


def parse(params: Mapping[str, object]) -> ChangeFromBaseline:
    """baseline, direction, by_amount or by_share, group or groups, window, held_for. Raises ValueError."""
    given = Params(params)
    reading = ChangeFromBaseline(
        given.baseline(needed=True),
        given.choice("direction", DIRECTIONS, "better"),
        given.number("by_amount", above=0),
        given.number("by_share", above=0),
        given.groups(),
        given.window(),
        given.count("held_for", 1),
    )
    given.done()
    if reading.by_amount is not None and reading.by_share is not None:
        raise ValueError("by_amount and by_share are both given. Give one of them, or neither for any change.")
    return reading


def describe(reading: ChangeFromBaseline, measure: MeasureFacts) -> str:
    """Raises ValueError for a group or direction the measure lacks, or a sum over a time unlike its baseline's."""
    reading.groups.check(measure)
    window, period = window_for(reading.window, reading.baseline, measure), reading.baseline.period
    if measure.over_time == "sum" and isinstance(window, int) and period and months_in(*period) != window:
        raise ValueError(f"window is {window} months. It must be as long as the baseline: {months_in(*period)} months.")
    held = f", for {reading.held_for} figures in a row" if reading.held_for > 1 else ""
    baseline = baseline_words(reading.baseline, measure)
    return f"{each_of(reading.groups, measure)} {_change(reading, measure)} {baseline}{over_window(window)}{held}."


def evaluate(reading: ChangeFromBaseline, case: Case) -> Outcome:
    """Raises ValueError when neither the target nor the measure says which way is better."""
    measure = case.measure
    parts = [_part(reading, case, group) for group in reading.groups.of(case.series)]
    words = Words(
        subject=lambda part: figure_words(case, part),
        asked=lambda part: _asked(reading, case, part),
        general=lambda: f"{_change(reading, measure)} {baseline_words(reading.baseline, measure)}",
        held_for=reading.held_for,
    )
    return conclude(case, parts, words)


def _part(reading: ChangeFromBaseline, case: Case, group: str) -> Part:
    target, series = case.target, case.series
    window = window_for(reading.window, reading.baseline, case.measure)
    point = series.read(group, window, case.on, target.starts)
    if point is None:
        return Part(group, lacks=lacking(window, series, group, case.on))
    start = start_of(reading.baseline, target, series, group, window, point)
    if start is None:
        return Part(group, lacks=NO_BASELINE)
    if ended_by(start, (point.starts, point.ends)):
        return Part(group, lacks=NONE_SINCE)
    up = goes_up(reading.direction, case.measure)
    bar = changed(start.value, up, reading.by_amount, reading.by_share)
    return Part(
        group,
        point.value,
        bar,
        start=start,
        period=(point.starts, point.ends),
        provisional=point.status != "actual",
        held=reading.held_for == 1 or is_held(reading.held_for, bar, window, case, group),
        hidden=group in case.hidden,
        due_on=target.due_on,
    )


def _change(reading: ChangeFromBaseline, measure: MeasureFacts) -> str:
    up = goes_up(reading.direction, measure)
    return change_words(up, reading.by_amount, reading.by_share, measure)


def _asked(reading: ChangeFromBaseline, case: Case, part: Part) -> str:
    measure = case.measure
    if part.hidden:
        return f"{_change(reading, measure)} its baseline"
    label = f" in {part.start.label}" if part.start.label else ""
    if reading.by_amount is None and reading.by_share is None:
        return f"{wording.asked(measure, part.bar, least=part.decimals)} (the baseline{label})"
    above = _change(reading, measure).removeprefix("at least ")
    was = wording.level(measure, part.start.value, part.decimals)
    return f"{wording.asked(measure, part.bar, least=part.decimals)} ({above} the baseline of {was}{label})"
