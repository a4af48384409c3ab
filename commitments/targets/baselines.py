"""The value that a change is counted from."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from operator import attrgetter

from kit.periods import add_months

from . import wording
from .params import Baseline
from .series import NEWEST, ONE_DAY, YEAR_TO_DATE, Series, Window, months_in, unrounded, window_start, year_start
from .trajectory import Start
from .types import MeasureFacts, Point, TargetFacts


def window_for(window: Window, baseline: Baseline | None, measure: MeasureFacts) -> Window:
    """A sum is compared with a baseline of the same length: unless a window is stated, it is the baseline's months."""
    if window != NEWEST or measure.over_time != "sum" or baseline is None or baseline.period is None:
        return window
    return months_in(*baseline.period)


def start_of(
    baseline: Baseline | None,
    target: TargetFacts,
    series: Series,
    group: str,
    window: Window,
    figure: Point,
    value_of: Callable[[Point], Decimal | None] = attrgetter("value"),
) -> Start | None:
    """The baseline of a group, or None when nothing is known of it. value_of: what is judged of an observed point.

    In a year to date, it is the same part of the baseline's year. The first figure recorded is its own baseline.
    """
    if baseline is None:
        return None
    if baseline.first:
        return _first(series, group, window, figure, value_of)
    stated = baseline.value if baseline.values is None else baseline.values.get(group)
    if baseline.is_stated:
        if stated is None:
            return None
        on = baseline.period[1] if baseline.period else target.starts
        return Start(stated, on, wording.period(*baseline.period) if baseline.period else "")
    starts, ends = baseline.period
    if window == YEAR_TO_DATE and series.measure.over_time != "latest":
        months = months_in(year_start(figure.ends), figure.ends)
        ends = min(ends, add_months(starts, months) - ONE_DAY)
    found = series.over(group, starts, ends)
    return _as_start(found, starts, ends, value_of)


def _first(series: Series, group: str, window: Window, figure: Point, value_of) -> Start | None:
    found = series.first(group, figure.ends)
    if found is None:
        return None
    if found.ends >= figure.ends:
        return _as_start(figure, figure.starts, figure.ends, value_of)
    found = unrounded(series.measure, found)
    if window != NEWEST and series.measure.over_time != "latest":
        ends = add_months(found.starts, months_in(window_start(window, figure.ends), figure.ends)) - ONE_DAY
        found = series.over(group, found.starts, ends) if ends < figure.ends else None
    return found and _as_start(found, found.starts, found.ends, value_of)


def _as_start(found: Point | None, starts: date, ends: date, value_of) -> Start | None:
    value = None if found is None else value_of(found)
    if value is None:
        return None
    return Start(value, found.ends, wording.period(starts, ends), found.status != "actual")
