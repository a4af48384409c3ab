"""A measure over time against what was promised: baseline, target, trajectory, provisional points, breaks."""

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from . import layers, numbers, plot, scales
from .plot import SideLabel
from .scales import Scale
from .types import ChartPoint, TargetLine, TrendData

LINE_OF_A_LATER_TARGET = dt.timedelta(days=60)


def spec(data: TrendData, *, narrow: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec."""
    x, y = axes(data)
    title = numbers.axis_title(data.unit_label)
    frame = plot.fitted(plot.NARROW if narrow else plot.WIDE, y, title, data.breaks)
    drawn = layers.frame(x, y, size=frame.size)
    drawn += plot.heading(title, x, y, frame) + plot.periods(data.points, x, y, frame)
    drawn += promised(data, x, y)
    for group, colour in zip(data.groups, layers.COLOURS, strict=False):
        drawn += plot.series(plot.runs(data.of(group), data.cuts, numbers.written(data)), x, y, colour)
    drawn += plot.breaks(data.breaks, data.points, x, y, frame)
    drawn += plot.direct(_direct(data, x), paths(data, x), x, y, frame)
    if not any(point.value is not None for point in data.points):
        drawn += plot.nothing(x, y, frame)
    return plot.whole(frame, drawn + plot.side(_side(data, narrow), x, y, frame))


def axes(data: TrendData) -> tuple[Scale, Scale]:
    """Both scales, wide enough for what was promised too."""
    ways = [data, *data.own]
    targets = [target for way in ways for target in way.targets]
    values = [point.value for point in data.points] + [target.value for target in targets]
    values += [way.baseline for way in ways] + [value for way in ways for _, value in way.trajectory]
    days = [day for way in ways for day, _ in way.trajectory]
    for target in targets:
        # A target that applies later needs room for its line, not for its first day alone.
        days += [target.by] if target.by else [target.starts + LINE_OF_A_LATER_TARGET] if target.starts else []
    per_cent = numbers.is_per_cent(data.unit_label)
    x = scales.of_dates(data.points, days)
    return x, scales.of_values(values, per_cent=per_cent, decimals=max(data.decimals, 0))


def promised(data: TrendData, x: Scale, y: Scale) -> list[layers.Layer]:
    """Baseline dotted, trajectory thin, targets dashed up to a diamond on the day they fall due."""
    drawn = []
    if data.baseline is not None:
        row = {"x": x.low, "x2": x.high, "y": data.baseline}
        drawn.append(layers.rules([row], x, y, layers.QUIET, 1.75, layers.DOTTED))
    path = clipped(data.trajectory, x)
    if len(path) > 1:
        drawn.append(layers.line([{"x": day, "y": value, "run": 0} for day, value in path], x, y, layers.QUIET, 1.25))
    for target in data.targets:
        drawn += _target(target, x, y)
    return drawn


def _target(target: TargetLine, x: Scale, y: Scale) -> list[layers.Layer]:
    start = max(x.low, target.starts.toordinal()) if target.starts else x.low
    due = target.by.toordinal() if target.by else x.high
    drawn = []
    if start < min(due, x.high):
        row = {"x": start, "x2": min(due, x.high), "y": target.value}
        drawn.append(layers.rules([row], x, y, layers.INK, 1.75, layers.DASHED))
    if target.by and x.low <= due <= x.high:
        drawn.append(layers.diamonds([{"x": due, "y": target.value}], x, y, layers.INK))
    return drawn


def clipped(path: Sequence[tuple[dt.date, float]], x: Scale) -> list[tuple[float, float]]:
    """The path between the ends of the axis; where it crosses an end it is cut there."""
    days = sorted((float(day.toordinal()), float(value)) for day, value in path)
    out: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in itertools.pairwise(days):
        if x1 == x2 or x2 < x.low or x1 > x.high:
            continue
        for at in (max(x1, x.low), min(x2, x.high)):
            place = (at, y1 + (y2 - y1) * (at - x1) / (x2 - x1))
            if not out or out[-1] != place:
                out.append(place)
    return out


def target_words(target: TargetLine, data: TrendData) -> str:
    """The level in words, as given or from the better direction: at least 15%."""
    level = _level(target.value, data)
    sense = {"up": "at least ", "down": "at most "}.get(data.better, "")
    return target.label or f"{sense}{level}"


def dates(target: TargetLine) -> str:
    """by 31 March 2022 · from 1 April 2022"""
    if target.by:
        return f"by {numbers.day(target.by)}"
    return f"from {numbers.day(target.starts)}" if target.starts else ""


def figure(value: float, data: TrendData) -> str:
    """A figure as short as may be: the axis says what it counts."""
    unit = data.unit_label if numbers.is_per_cent(data.unit_label) or data.unit_label == "£" else ""
    return numbers.with_unit(value, unit, data.decimals)


def _side(data: TrendData, narrow: bool) -> list[SideLabel]:
    """What was promised, and each group's name and latest figure."""
    out = []
    for target in data.targets:
        text = f"Target {_level(target.value, data)}"
        if not narrow:
            text = "\n".join([f"Target: {target_words(target, data)}", *filter(None, [dates(target)])])
        out.append(SideLabel(target.value, text))
    if data.baseline is not None:
        name = "Baseline" if narrow else data.baseline_label
        out.append(SideLabel(data.baseline, f"{name} {_level(data.baseline, data)}"))
    if len(data.groups) > 1:
        newest = max(point.ends for point in data.points)
        for group, colour in zip(data.groups, layers.COLOURS, strict=False):
            for last in _known(data, group)[-1:]:
                when = "" if last.ends >= newest else f" in {last.period}"
                out.append(SideLabel(last.value, f"{group} {figure(last.value, data)}{when}", colour, bold=True))
    return out


def _direct(data: TrendData, x: Scale) -> list[plot.Direct]:
    """The latest figure beside its point, and the expected path's name beside the path."""
    out = []
    if len(data.groups) == 1:
        known = _known(data, data.groups[0])
        out = [plot.Direct(figure(p.value, data), ((p.place, p.value),), bold=True) for p in known[-1:]]
    path = clipped(data.trajectory, x)
    if len(path) > 1:
        at = [x.low + (x.high - x.low) * share for share in (0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2)]
        places = tuple((day, _on(path, day)) for day in at if path[0][0] <= day <= path[-1][0])
        out.append(plot.Direct("Expected path", places, optional=True))
    return [label for label in out if label.places]


def paths(data: TrendData, x: Scale) -> list[list[tuple[float, float]]]:
    """Every line of the plot, which words keep clear of."""
    level = [target.value for target in data.targets] + ([] if data.baseline is None else [data.baseline])
    lines = [[(x.low, value), (x.high, value)] for value in level]
    lines += [[(p.place, p.value) for p in _known(data, group)] for group in data.groups]
    return [*lines, clipped(data.trajectory, x)]


def _known(data: TrendData, group: str) -> list[ChartPoint]:
    return [point for point in data.of(group) if point.value is not None]


def _on(path: Sequence[tuple[float, float]], day: float) -> float:
    """The path's value on a day."""
    for (x1, y1), (x2, y2) in itertools.pairwise(path):
        if x1 <= day <= x2:
            return y1 + (y2 - y1) * (day - x1) / (x2 - x1)
    return path[-1][1]


def _level(value: float, data: TrendData) -> str:
    """A level as it was stated; one with many decimals was computed, and is written like a figure."""
    if round(value, 2) != value:
        return figure(value, data)
    unit = data.unit_label if numbers.is_per_cent(data.unit_label) or data.unit_label == "£" else ""
    return numbers.level(value, unit, data.decimals)
