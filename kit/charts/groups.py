"""Small multiples: a plot for each group on the same axes, so that shapes and levels compare."""

import math
from typing import Any

from . import labels, layers, numbers, plot, trend
from .scales import Scale
from .types import ChartPoint, TrendData

GUTTER = 26
ROW = 150
SIZE = 13
LINE = 16
LEFT, RIGHT, BOTTOM = 46, 10, 44


def spec(data: TrendData, *, narrow: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec. Four groups or fewer keep the colours that they have in a trend."""
    names = data.groups
    columns = _columns(len(names), narrow)
    total = 320 if narrow else 640
    x, y = trend.axes(data)
    left = max(LEFT, round(max(labels.width(numbers.number(tick, y.decimals), SIZE) for tick in y.ticks) + 14))
    width = (total - left - RIGHT - (columns - 1) * (GUTTER + left)) / columns
    rows = max(1, math.ceil(len(names) / columns))
    heads = [labels.wrap(name or "Everybody", SIZE + 1, width - 60, lines=3) for name in names]
    above = 14 + LINE * max((len(head) for head in heads), default=1)
    title = labels.wrap(_title(data), SIZE, total - 8, lines=3)
    panels = [_panel(data, index, heads[index], x, y, width) for index in range(len(names))]
    if panels:
        row = {"x": x.low, "y": y.high, "text": title}
        at = {"dx": 4 - left, "dy": -above - 4 - LINE * (len(title) - 1)}
        panels[0]["layer"] += layers.words([row], x, y, size=SIZE, align="left", **at)
    # A concatenation has no size of its own: its signals are set, so that the picture's size is known.
    params = [
        {"name": "width", "value": total - left - RIGHT},
        {"name": "height", "value": rows * ROW + (rows - 1) * (above + BOTTOM)},
    ]
    return plot.base() | {
        "autosize": {"type": "none"},
        "padding": {"left": left, "right": RIGHT, "top": above + 10 + LINE * len(title), "bottom": BOTTOM},
        "params": params,
        "columns": columns,
        "spacing": {"row": above + BOTTOM, "column": GUTTER + left},
        "bounds": "flush",
        "concat": panels or [{"width": total - left - RIGHT, "height": ROW, **_blank(x, y)}],
    }


def _title(data: TrendData) -> str:
    """What the axis counts, and what the dashed line is."""
    lines = [numbers.axis_title(data.unit_label)]
    for target in data.targets:
        by = f" by {numbers.day(target.by)}" if target.by else ""
        lines.append(f"dashed line: target {trend.target_words(target, data)}{by}")
    if data.baseline is not None:
        lines.append(f"dotted line: {data.baseline_label.lower()} {trend.figure(data.baseline, data)}")
    return "; ".join(lines)


def _blank(x: Scale, y: Scale) -> dict[str, Any]:
    row = {"x": (x.low + x.high) / 2, "y": (y.low + y.high) / 2, "text": "No figures yet"}
    return {"layer": layers.words([row], x, y, size=SIZE, align="center")}


def _columns(count: int, narrow: bool) -> int:
    if narrow or count < 2:
        return 1
    return 2 if count in (2, 4) else 3


def _panel(data: TrendData, index: int, head: list[str], x: Scale, y: Scale, width: float) -> dict[str, Any]:
    name = data.groups[index]
    drawn = layers.frame(x, y, size=SIZE)
    row = {"x": x.low, "y": y.high, "text": head}
    up = -12 - LINE * (len(head) - 1)
    drawn += layers.words([row], x, y, size=SIZE + 1, lineHeight=LINE, align="left", dy=up, fontWeight=600)
    drawn += _ends(data, x, y)
    drawn += trend.promised(data, x, y)
    for cut in data.breaks:
        if x.low < cut.on.toordinal() < x.high:
            rule = {"x": cut.on.toordinal(), "y": y.low, "y2": y.high}
            drawn.append(layers.rules([rule], x, y, layers.QUIET, 1.25))
    drawn += _others(data, name, x, y)
    rows = plot.runs(data.of(name), data.breaks)
    colour = layers.COLOURS[index] if len(data.groups) <= len(layers.COLOURS) else layers.COLOURS[0]
    drawn += plot.series(rows, x, y, colour, area=26)
    latest = trend.figure(rows[-1]["y"], data) if rows else "No figures"
    row = {"x": x.high, "y": y.high, "text": latest}
    drawn += layers.words([row], x, y, size=SIZE + 1, align="right", dy=-12, fontWeight=600 if rows else 400)
    return {"width": width, "height": ROW, "layer": drawn}


def _others(data: TrendData, name: str, x: Scale, y: Scale) -> list[layers.Layer]:
    """The other groups in grey behind, to compare with."""
    rows = []
    for index, other in enumerate(data.groups):
        if other != name:
            found = plot.runs(data.of(other), data.breaks)
            rows += [{"x": row["x"], "y": row["y"], "run": f"{index}.{row['run']}"} for row in found]
    return [layers.line(rows, x, y, layers.FAINT, 1.25)] if rows else []


def _ends(data: TrendData, x: Scale, y: Scale) -> list[layers.Layer]:
    """The first and the last period's name under the axis."""
    periods = sorted(data.points, key=lambda point: point.middle)
    last = periods[-1].ends.toordinal() + 1
    drawn = _end(periods[0], x.low, "left", x, y)
    return drawn + (_end(periods[-1], last, "right", x, y) if periods[0].period != periods[-1].period else [])


def _end(point: ChartPoint, at: float, align: str, x: Scale, y: Scale) -> list[layers.Layer]:
    row = {"x": at, "y": y.low, "text": [part for part in labels.parts_of(point.period) if part]}
    return layers.words([row], x, y, size=SIZE, align=align, baseline="top", dy=8)
