"""Charts with everything that stands beside them: headline, finding, notes, table and download."""

import functools
from collections.abc import Sequence

from django.utils.text import slugify

from . import alt, gap, groups, layers, notes, numbers, sparkline, trend
from .labels import clean
from .types import Chart, ChartPoint, GapData, TrendData

RECORD_HEADINGS = ("Period", "Starts", "Ends", "Group", "Value", "Unit", "Status")


def trend_chart(data: TrendData) -> Chart:
    """A measure over time, for up to four groups in one plot. Raises ValueError for more: they belong in `groups`."""
    if len(data.groups) > len(layers.COLOURS):
        raise ValueError("A trend holds four groups at most. Draw more as small multiples.")
    several = len(data.groups) > 1
    _, y = trend.axes(data)
    return _chart(
        "Line chart",
        data,
        data.points,
        headline=alt.groups_headline(data) if several else alt.trend_headline(data),
        finding=alt.groups_finding(data) if several else alt.trend_finding(data),
        notes=(*notes.about(data.points, data.breaks, y, _has_path(data)), *data.remarks),
        draw=trend.spec,
    )


def groups_chart(data: TrendData) -> Chart:
    """A small plot for each group."""
    _, y = trend.axes(data)
    return _chart(
        "Small line charts",
        data,
        data.points,
        headline=alt.groups_headline(data),
        finding=alt.groups_finding(data),
        notes=(*notes.about(data.points, data.breaks, y if data.alike else None, _has_path(data)), *data.remarks),
        draw=groups.spec,
        suffix="by group",
    )


def _has_path(data: TrendData) -> bool:
    return any(len(way.trajectory) > 1 for way in (data, *data.own))


def gap_chart(data: GapData) -> Chart:
    """The gap between two groups. The table holds both groups and the gap."""
    between = [_as_gap(point) for point in gap.gaps(data)]
    pair = [point for point in data.points if point.group in (data.group, data.reference)]
    return _chart(
        "Line chart",
        data,
        [*pair, *between],
        headline=alt.gap_headline(data),
        finding=alt.gap_finding(data),
        notes=notes.about(between, data.breaks, None, False),
        draw=gap.spec,
        suffix="gap" if "gap" not in data.title.lower() else "",
    )


def sparkline_chart(data: TrendData) -> Chart:
    """The shape of a measure, for a cell. Its own column says the figure."""
    return _chart(
        "Trend",
        data,
        data.points,
        headline=alt.trend_headline(data),
        finding=alt.trend_finding(data),
        notes=(),
        draw=sparkline.spec,
    )


def _chart(
    kind: str, data, points: Sequence[ChartPoint], *, headline: str, finding: str, notes, draw, suffix: str = ""
) -> Chart:
    headings, rows = _table(data, points)
    return Chart(
        kind=kind,
        name=slugify(f"{data.title} {suffix}") or "chart",
        headline=headline,
        subtitle=clean(data.subtitle),
        finding=finding,
        notes=notes,
        draw=functools.partial(draw, data),
        headings=headings,
        rows=rows,
        records=tuple(_record(point, data) for point in sorted(points, key=lambda p: p.place)),
        empty=all(point.value is None for point in points),
    )


def _table(data, points: Sequence[ChartPoint]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Periods down, groups across, as people read them."""
    names = list(dict.fromkeys(point.group for point in points))
    periods = dict.fromkeys(point.period for point in sorted(points, key=lambda p: p.place))
    by_place = {(point.period, point.group): point for point in points}
    span = getattr(data, "span", "").removeprefix("the ").strip() or "period"
    first = f"{span[:1].upper()}{span[1:]}"
    headings = (first, *(clean(name) or numbers.axis_title(data.unit_label) or "Value" for name in names))
    return headings, tuple((clean(p), *(_cell(by_place.get((p, name)), data) for name in names)) for p in periods)


def _cell(point: ChartPoint | None, data) -> str:
    if point is None or point.value is None:
        return notes.SHORT[point.status if point else "missing"]
    unit = data.unit_label if numbers.is_per_cent(data.unit_label) and point.group != GAP else ""
    figure = numbers.with_unit(point.value, unit, data.decimals)
    return f"{figure} {notes.SHORT[point.status]}" if point.status in notes.SHORT else figure


GAP = "Gap"


def _as_gap(point: ChartPoint) -> ChartPoint:
    return ChartPoint(point.period, point.starts, point.ends, point.value, point.status, GAP)


def _record(point: ChartPoint, data) -> tuple[object, ...]:
    """A row of the download: one figure, as it was published."""
    value = None if point.value is None else numbers.rounded(point.value, data.decimals)
    unit = gap.difference_unit(data) if point.group == GAP else data.unit_label
    dates = point.starts.isoformat(), point.ends.isoformat()
    return clean(point.period), *dates, clean(point.group), value, clean(unit), point.status
