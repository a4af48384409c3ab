"""Small multiples: a plot for each group on the same axes, so that shapes and levels compare."""

import json
import math
from typing import Any

from . import labels, layers, notes, numbers, plot, trend
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
    height = rows * ROW + (rows - 1) * (above + BOTTOM)
    across, up = Scale(0, total - left - RIGHT), Scale(0, height)
    drawn = layers.words(
        [{"x": 0, "y": height, "text": title}],
        across,
        up,
        size=SIZE,
        align="left",
        dx=4 - left,
        dy=-above - 10 - LINE * (len(title) - 1),
    )
    panels = []
    for index in range(len(names)):
        row, column = divmod(index, columns)
        corner = column * (width + GUTTER + left), height - row * (ROW + above + BOTTOM) - ROW
        panels += [_moved(layer, x, y, corner, width, index) for layer in _panel(data, index, heads[index], x, y)]
    drawn += [layers.on(layer, across, up) for layer in _merged(panels)]
    if not names:
        drawn += layers.words([{"x": 0, "y": ROW / 2, "text": "No figures yet"}], across, up, size=SIZE, align="left")
    top = above + 16 + LINE * len(title)
    return plot.whole(plot.Frame(total, top + height + BOTTOM, left, RIGHT, top, BOTTOM, SIZE), drawn)


def _moved(layer: layers.Layer, x: Scale, y: Scale, corner: tuple[float, float], width: float, index: int):
    """A panel's layer with its rows in pixels of the whole picture."""
    place = {
        "x": lambda value: round(corner[0] + x.place(value, width), 2),
        "y": lambda value: round(corner[1] + y.place(value, ROW), 2),
    }
    rows = []
    for row in layer["data"]["values"]:
        moved = {key: place[key[0]](value) if key[0] in place else value for key, value in row.items()}
        rows.append(moved | ({"run": f"{index}.{row['run']}"} if "run" in row else {}))
    return layer | {"data": {"values": rows}}


def _merged(drawn: list[layers.Layer]) -> list[layers.Layer]:
    """Layers that look the same become one: the engine's time goes by layers, not by rows."""
    by_look: dict[str, layers.Layer] = {}
    for layer in drawn:
        look = json.dumps([layer["mark"], sorted(layer["encoding"])], sort_keys=True)
        rows = by_look[look]["data"]["values"] if look in by_look else []
        by_look[look] = layer | {"data": {"values": [*rows, *layer["data"]["values"]]}}
    return list(by_look.values())


def _title(data: TrendData) -> str:
    """What the axis counts, and what the dashed line is."""
    lines = [numbers.axis_title(data.unit_label)]
    for target in data.targets:
        by = f" by {numbers.day(target.by)}" if target.by else ""
        lines.append(f"dashed line: target {trend.target_words(target, data)}{by}")
    if data.baseline is not None:
        lines.append(f"dotted line: {data.baseline_label.lower()} {trend.figure(data.baseline, data)}")
    return "; ".join(lines)


def _columns(count: int, narrow: bool) -> int:
    if narrow or count < 2:
        return 1
    return 2 if count in (2, 4) else 3


def _panel(data: TrendData, index: int, head: list[str], x: Scale, y: Scale) -> list[layers.Layer]:
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
    last = data.of(name)[-1]
    latest = notes.SHORT[last.status] if last.value is None else trend.figure(last.value, data)
    row = {"x": x.high, "y": y.high, "text": latest}
    return drawn + layers.words([row], x, y, size=SIZE + 1, align="right", dy=-12, fontWeight=600)


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
