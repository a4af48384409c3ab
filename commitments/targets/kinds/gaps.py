"""The gap between a group and the group it is compared with, as the kinds about gaps read it.

A gap is how far the group is behind, by the measure's better side: negative when it is ahead. With either_way, or where
a measure has no better side, it is how far the two are apart.
"""

from datetime import date
from decimal import Decimal

from .. import wording
from ..judging import Case, Part
from ..series import NEWEST, Window
from ..trajectory import Start
from ..types import Better, MeasureFacts, Point

NO_PAIR = "No two figures yet of one period"


def pair(case: Case, group: str, than: str, window: Window) -> tuple[Point, Point] | None:
    """The newest figure of the group, and the other's for the very same period."""
    series = case.series
    own = series.read(group, window, case.on, case.target.starts)
    return own and _beside(case, own, than, window)


def pair_in(case: Case, group: str, than: str, period: tuple[date, date]) -> tuple[Point, Point] | None:
    """Both figures for a stated period."""
    own = case.series.over(group, *period)
    return own and _beside(case, own, than, NEWEST)


def _beside(case: Case, own: Point, than: str, window: Window) -> tuple[Point, Point] | None:
    series = case.series
    other = series.read(than, window, own.ends)
    if other is None or other.ends != own.ends or other.starts != own.starts:
        other = series.over(than, own.starts, own.ends)
    return None if other is None or other.ends != own.ends else (own, other)


def gap(own: Point, other: Point, measure: MeasureFacts, either_way: bool = False) -> Decimal:
    if either_way or measure.better is Better.RANGE:
        return abs(own.value - other.value)
    return other.value - own.value if measure.better is Better.HIGHER else own.value - other.value


def gap_part(case: Case, group: str, than: str, pair: tuple[Point, Point], value: Decimal) -> Part:
    """A part without its bar and start."""
    own, other = pair
    return Part(
        group,
        value,
        period=(own.starts, own.ends),
        provisional=own.status != "actual" or other.status != "actual",
        hidden=group in case.hidden or than in case.hidden,
        than=than,
        due_on=case.target.due_on,
    )


def gap_subject(case: Case, part: Part, either_way: bool = False) -> str:
    """Mixed is 6.2 percentage points behind all Londoners,"""
    measure = case.measure
    own, other = wording.name(measure, part.group), wording.name(measure, part.than)
    if part.hidden:
        return f"{own} and {other}, {wording.TOO_FEW},"
    if part.figure == 0:
        return f"{own} is level with {other},"
    by = wording.difference(measure, part.figure, part.decimals)
    if either_way or measure.better is Better.RANGE:
        return f"{own} is {by} away from {other},"
    return f"{own} is {by} {'behind' if part.figure > 0 else 'ahead of'} {other},"


def gap_start(case: Case, group: str, than: str, period: tuple[date, date], either_way: bool) -> Start | None:
    """The gap in the baseline period."""
    found = pair_in(case, group, than, period)
    if found is None:
        return None
    own, other = found
    provisional = own.status != "actual" or other.status != "actual"
    return Start(gap(own, other, case.measure, either_way), own.ends, wording.period(*period), provisional)
