"""What is expected on the way from a baseline to a target.

straight: a straight line, by days. stepped: the stated steps, or else the straight line at the last end of a financial
year (31 March), level in between. none: nothing but to be better than the baseline.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .verdicts import Bar

SHAPES = ("straight", "stepped", "none")
Steps = tuple[tuple[date, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Start:
    """The baseline: its value, and the day it stands for. provisional: it rests on figures that may change."""

    value: Decimal
    on: date | None = None
    label: str = ""
    provisional: bool = False


def bar_at(
    day: date, bar: Bar, shape: str, start: Start | None, due_on: date | None, steps: Steps = ()
) -> tuple[Bar | None, int]:
    """The bar to reach on the day, multiplied by a whole number that is given too. None: nothing is expected.

    The multiplication keeps the line exact where a division by days would round it.
    """
    if due_on is None:
        return bar, 1
    if shape == "stepped" and steps:
        return _stated(day, bar, start, steps), 1
    if start is None:
        return None, 1
    if shape == "none" or start.on is None:
        return _better_than(start.value, bar), 1
    if shape == "stepped":
        day = max(_last_year_end(day), start.on)
    total = (due_on - start.on).days
    if total <= 0:
        return bar, 1
    passed = min(max((day - start.on).days, 0), total)
    value = start.value

    def along(goal: Decimal) -> Decimal:
        return value * total + (goal - value) * passed

    low = None if bar.low is None else along(bar.low) if value < bar.low else bar.low * total
    high = None if bar.high is None else along(bar.high) if value > bar.high else bar.high * total
    return Bar(low, high), total


def _stated(day: date, bar: Bar, start: Start | None, steps: Steps) -> Bar | None:
    """Before the first step, no worse than the baseline."""
    reached = [level for step, level in steps if step <= day]
    if not reached and start is None:
        return None
    level = reached[-1] if reached else start.value
    return Bar(low=min(level, bar.low)) if bar.low is not None else Bar(high=max(level, bar.high))


def _better_than(value: Decimal, bar: Bar) -> Bar:
    low = None if bar.low is None else min(value, bar.low)
    high = None if bar.high is None else max(value, bar.high)
    if low is not None and high is not None:
        # A range: only the side on which the baseline is outside asks for a change.
        return Bar(low, high, strict=value in (low, high) and not bar.holds(value))
    return Bar(low, high, strict=not bar.holds(value))


def _last_year_end(day: date) -> date:
    this_year = date(day.year, 3, 31)
    return this_year if day >= this_year else date(day.year - 1, 3, 31)
