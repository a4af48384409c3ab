"""What the axes span. Decided here and not by the drawing engine, so that every label's place is known."""

import datetime as dt
import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .types import ChartPoint

FAR_FROM_ZERO = 5  # an axis may leave out zero only when the lowest value is over five times the spread of all values
LEAST_SPAN = 0.1  # and then it spans at least a tenth of the highest, so that small changes do not look like cliffs


@dataclass(frozen=True)
class Scale:
    """A straight scale from data to pixels. `ticks` are the values that get a grid line."""

    low: float
    high: float
    ticks: tuple[float, ...] = ()

    def place(self, value: float, pixels: float) -> float:
        """Pixels from the low end."""
        return (value - self.low) / (self.high - self.low) * pixels

    def value(self, place: float, pixels: float) -> float:
        return self.low + place / pixels * (self.high - self.low)

    @property
    def cut(self) -> bool:
        """The axis does not show zero."""
        return self.low > 0 or self.high < 0

    @property
    def decimals(self) -> int:
        step = self.ticks[1] - self.ticks[0] if len(self.ticks) > 1 else 1
        return max(0, min(4, next(d for d in range(5) if d == 4 or math.isclose(round(step, d), step, rel_tol=1e-9))))


def of_values(values: Iterable[float | None], *, per_cent: bool = False, decimals: int = 0, lines: int = 5) -> Scale:
    """The vertical axis. It starts at zero unless all values are far from zero (see FAR_FROM_ZERO)."""
    known = [value for value in values if value is not None and math.isfinite(value)]
    if not known:
        return Scale(0, 1, (0, 1))
    low, high = min(known), max(known)
    spread = high - low
    if low >= 0 and spread and low > FAR_FROM_ZERO * spread:
        middle, least = (low + high) / 2, high * LEAST_SPAN
        low, high = min(low - spread / 10, middle - least / 2), max(high + spread / 10, middle + least / 2)
    else:
        low, high = min(low, 0), max(high, 0)
    if low == high:
        high = low + 1
    step = max(_step((high - low) / lines), 10.0**-decimals)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if per_cent and max(known) <= 100:
        top = min(top, 100)
    count = math.floor((top - bottom) / step + 1e-9)
    return Scale(bottom, top, tuple(round(bottom + step * n, 10) for n in range(count + 1)))


def of_dates(points: Sequence[ChartPoint], others: Iterable[dt.date] = ()) -> Scale:
    """The horizontal axis in days: half a step beyond the first and the last figure, which stand at the ends of theirs.

    What is promised for later makes it longer, to twice the length of the figures at most; a line that goes further
    runs off the edge.
    """
    later = sorted(day.toordinal() for day in others)
    if not points:
        start, end = (later[0], later[-1]) if later else (0, 1)
        return Scale(start - 90 if start == end else start, end)
    ends = sorted({point.ends.toordinal() for point in points})
    steps = [right - left for left, right in itertools.pairwise(ends)]
    aside = min(steps, default=points[0].ends.toordinal() - points[0].starts.toordinal() + 1) / 2
    start, end = ends[0] - aside, ends[-1] + aside
    return Scale(start, max([end, *(min(day, end + (end - start)) for day in later)]))


def _step(rough: float) -> float:
    power = 10 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
