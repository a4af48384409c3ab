"""The gap between two groups over time, against the most that it may be."""

from typing import Any

from . import layers, numbers, plot, scales
from .labels import clean
from .plot import SideLabel
from .types import ChartPoint, GapData


def gaps(data: GapData) -> list[ChartPoint]:
    """The group's value minus the reference's, period by period. Where either is hidden so is the gap."""
    pairs: dict[str, dict[str, ChartPoint]] = {}
    for point in sorted(data.points, key=lambda p: p.place):
        pairs.setdefault(point.period, {})[point.group] = point
    return [_gap(pair.get(data.group), pair.get(data.reference), data) for pair in pairs.values()]


def _gap(own: ChartPoint | None, other: ChartPoint | None, data: GapData) -> ChartPoint:
    known = own or other
    both = [point for point in (own, other) if point]
    statuses = {point.status for point in both} | ({"missing"} if len(both) < 2 else set())
    status = next((s for s in ("suppressed", "missing", "estimated", "provisional") if s in statuses), "actual")
    value = own.value - other.value if status not in ("suppressed", "missing") else None
    value = round(value, 9) if value is not None else None
    return ChartPoint(known.period, known.starts, known.ends, value, status, "")


def difference_unit(data: GapData) -> str:
    """Percentages and scores differ by points."""
    return "points" if numbers.is_per_cent(data.unit_label) or data.unit_label == "score" else data.unit_label


def spec(data: GapData, *, narrow: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec. Zero is always shown; what lies within the limit is shaded."""
    points = gaps(data)
    bounds = _bounds(points, data.limit)
    x = scales.of_dates(points, [data.by] if data.by else [])
    y = scales.of_values([0.0, *bounds, *(p.value for p in points)], decimals=data.decimals)
    frame = plot.fitted(plot.NARROW if narrow else plot.WIDE, y, _heading(data), data.breaks)
    drawn = []
    if bounds:
        low, high = min(0.0, *bounds), max(0.0, *bounds)
        drawn.append(layers.band([{"x": x.low, "x2": x.high, "y": low, "y2": high}], x, y))
    drawn += layers.frame(x, y, size=frame.size)
    drawn += plot.heading(_heading(data), x, y, frame) + plot.periods(points, x, y, frame)
    for bound in bounds:
        rule = {"x": x.low, "x2": x.high, "y": bound}
        drawn.append(layers.rules([rule], x, y, layers.INK, 1.75, layers.DASHED))
    rows = plot.runs(points, data.cuts, numbers.written(data))
    drawn += plot.series(rows, x, y, layers.COLOURS[0])
    drawn += plot.breaks(data.breaks, points, x, y, frame)
    lines = [[(x.low, bound), (x.high, bound)] for bound in (0, *bounds)] + [[(row["x"], row["y"]) for row in rows]]
    last = [plot.Direct(numbers.number(row["y"], data.decimals), ((row["x"], row["y"]),), bold=True) for row in rows]
    drawn += plot.direct(last[-1:], lines, x, y, frame)
    if not rows:
        drawn += plot.nothing(x, y, frame)
    return plot.whole(frame, drawn + plot.side(_side(data, bounds, narrow), x, y, frame))


def _bounds(points: list[ChartPoint], limit: float | None) -> list[float]:
    """The limit on the side, or sides, of zero where the gap has been."""
    if limit is None:
        return []
    values = [point.value for point in points if point.value is not None]
    above = [limit] if not values or max(values) > 0 else []
    below = [-limit] if values and min(values) < 0 else []
    return above + below or [limit]


def _heading(data: GapData) -> str:
    unit = "Percentage points" if numbers.is_per_cent(data.unit_label) else numbers.axis_title(data.unit_label)
    return f"{unit}, {clean(data.group)} minus {clean(data.reference)}"


def _side(data: GapData, bounds: list[float], narrow: bool) -> list[SideLabel]:
    unit = difference_unit(data)
    out = []
    for bound in bounds:
        text = f"Limit {numbers.level(abs(bound), '' if narrow else unit, data.decimals)}"
        out.append(SideLabel(bound, text + (f"\nby {numbers.day(data.by)}" if data.by and not narrow else "")))
    if bounds and not narrow:
        out.append(SideLabel(0, "No gap"))
    return out
