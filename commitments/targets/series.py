"""The points of a measure by group and time, and the only ways in which they are combined.

A share is combined by the ratio of sums, or its latest value is taken. Never an average of percentages.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from operator import attrgetter

from kit.periods import FIRST_MONTH, add_months

from .types import MeasureFacts, Point

ONE_DAY = timedelta(days=1)
HUNDRED = Decimal(100)
NEWEST = "newest"
YEAR_TO_DATE = "year_to_date"
Window = str | int  # newest, year_to_date, or a number of months

_ends = attrgetter("ends")
_order = attrgetter("ends", "starts")


@dataclass(slots=True)
class Series:
    """One measure's points, indexed once, to be asked for any group on any date.

    Of two points for one group and period the later one given counts. Where the whole has no points of its own it is
    combined from the groups by the measure's rule, for the periods in which every group has a point: record the whole
    itself when a measure has several breakdowns.
    """

    measure: MeasureFacts
    _by_group: dict[str, list[Point]]
    _sorted: set[str]

    def __init__(self, measure: MeasureFacts, points: Sequence[Point]) -> None:
        self.measure = measure
        self._sorted = set()
        self._by_group = by_group = {}
        for point in points:
            group = point.group
            if group in by_group:
                by_group[group].append(point)
            else:
                by_group[group] = [point]

    def groups(self) -> list[str]:
        """The codes of the groups, in the measure's order; those that have points when the measure names none."""
        named = [code for code in self.measure.groups if code]
        return named or sorted(code for code in self._by_group if code)

    def newest(self, group: str, on: date, since: date | None = None) -> Point | None:
        """The point that ended last, on the day at the latest. Its period must reach to `since`."""
        points = self._of(group)
        place = bisect_right(points, on, key=_ends)
        if not place:
            return None
        point = points[place - 1]
        return None if since is not None and point.ends < since else point

    def first(self, group: str, on: date) -> Point | None:
        points = self._of(group)
        return points[0] if points and points[0].ends <= on else None

    def ends(self, group: str, on: date, count: int) -> list[date]:
        """The days on which the newest periods ended, newest first, at most count."""
        points = self._of(group)
        found: list[date] = []
        for place in range(bisect_right(points, on, key=_ends) - 1, -1, -1):
            if not found or points[place].ends != found[-1]:
                found.append(points[place].ends)
            if len(found) == count:
                break
        return found

    def read(self, group: str, window: Window, on: date, since: date | None = None) -> Point | None:
        """The newest figure over a window that ends with the newest point; None unless points fill the window."""
        point = self.newest(group, on, since)
        if point is None:
            return None
        if window == NEWEST:
            return unrounded(self.measure, point)
        return self.over(group, window_start(window, point.ends), point.ends)

    def over(self, group: str, starts: date, ends: date) -> Point | None:
        """The figure for a period: the latest in it, or all its points combined; None unless they fill it."""
        points = self._of(group)
        if self.measure.over_time == "latest":
            point = self.newest(group, ends)
            return unrounded(self.measure, point) if point is not None and point.ends >= starts else None
        tiles, filled = _tiles(points, starts, ends)
        return self.combined(tiles, group, self.measure.over_time) if filled else None

    def so_far(self, group: str, starts: date, ends: date) -> Point | None:
        """Like over, but of whatever points the period has by now."""
        if self.measure.over_time == "latest":
            return self.over(group, starts, ends)
        tiles, _ = _tiles(self._of(group), starts, ends)
        return self.combined(tiles, group, self.measure.over_time)

    def combined(self, points: Sequence[Point], group: str, how: str) -> Point | None:
        """Several points as one: sum, average or ratio_of_sums. None when it cannot be done."""
        if not points:
            return None
        if len(points) == 1:
            return unrounded(self.measure, points[0])
        status = next((point.status for point in points if point.status != "actual"), "actual")
        starts, ends = min(point.starts for point in points), max(point.ends for point in points)
        counted = all(point.numerator is not None and point.denominator is not None for point in points)
        numerator = sum(point.numerator for point in points) if counted else None
        denominator = sum(point.denominator for point in points) if counted else None
        if how == "sum":
            value = sum((point.value for point in points), Decimal(0))
        elif how == "average":
            value = sum((point.value for point in points), Decimal(0)) / len(points)
        elif how == "ratio_of_sums" and denominator:
            value = numerator * _scale(self.measure, points) / denominator
        else:
            return None
        return Point(starts, ends, value, group, numerator, denominator, status)

    def _of(self, group: str) -> list[Point]:
        points = self._by_group.get(group)
        if points is None:
            points = self._by_group[group] = self._whole() if group == "" else []
        if group not in self._sorted:
            points.sort(key=_order)
            self._sorted.add(group)
        return points

    def _whole(self) -> list[Point]:
        how, groups = self.measure.over_groups, self.groups()
        if how == "latest" or not groups:
            return []
        by_period: dict[tuple[date, date], dict[str, Point]] = {}
        for code in groups:
            for point in self._of(code):
                by_period.setdefault((point.starts, point.ends), {})[code] = point
        full = [list(found.values()) for found in by_period.values() if len(found) == len(groups)]
        return [point for points in full if (point := self.combined(points, "", how)) is not None]


def unrounded(measure: MeasureFacts, point: Point) -> Point:
    """A share whose value is only its numerator over its denominator, rounded, as it is before rounding.

    A value that is not that ratio (a weighted survey result, say) stays as given.
    """
    if measure.unit != "share" or point.numerator is None or not point.denominator:
        return point
    ratio = HUNDRED * point.numerator / point.denominator
    decimals = max(measure.decimals, -point.value.normalize().as_tuple().exponent)
    if abs(ratio - point.value) * 2 > Decimal(1).scaleb(-decimals):
        return point
    return Point(point.starts, point.ends, ratio, point.group, point.numerator, point.denominator, point.status)


def window_start(window: Window, ends: date) -> date:
    """The first day of the window that ends on the day. Months are whole months; the year is the financial year."""
    if window == YEAR_TO_DATE:
        return year_start(ends)
    return add_months(ends + ONE_DAY, -int(window))


def year_start(day: date) -> date:
    """1 April of the financial year that holds the day."""
    return date(day.year if day.month >= FIRST_MONTH else day.year - 1, FIRST_MONTH, 1)


def months_in(starts: date, ends: date) -> int:
    """How many months a period has, to the nearest."""
    after = ends + ONE_DAY
    return (after.year - starts.year) * 12 + after.month - starts.month


def _tiles(points: list[Point], starts: date, ends: date) -> tuple[list[Point], bool]:
    """Points inside the period that do not overlap, the longest first where several end together; do they fill it?"""
    tiles: list[Point] = []
    filled, wanted = True, ends
    place = bisect_right(points, ends, key=_ends) - 1
    while place >= 0 and points[place].ends >= starts:
        end, chosen = points[place].ends, None
        while place >= 0 and points[place].ends == end:
            point = points[place]
            if starts <= point.starts and end <= wanted and (chosen is None or point.starts < chosen.starts):
                chosen = point
            place -= 1
        if chosen is not None:
            filled = filled and chosen.ends == wanted
            wanted = chosen.starts - ONE_DAY
            tiles.append(chosen)
    tiles.reverse()
    return tiles, filled and bool(tiles) and wanted == starts - ONE_DAY


def _scale(measure: MeasureFacts, points: Sequence[Point]) -> Decimal:
    """What a ratio is multiplied by to be the measure's value: 100 for a share, 1,000 for a rate per 1,000."""
    if measure.unit == "share":
        return HUNDRED
    telling = next((point for point in points if point.numerator and point.value), None)
    if measure.unit != "rate" or telling is None:
        return Decimal(1)
    return Decimal(10) ** round(abs(telling.value * telling.denominator / telling.numerator).log10())
