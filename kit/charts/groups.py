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
WIDE_VALUES = 70  # values beside the axis that leave several plots in a row too narrow


def spec(data: TrendData, *, narrow: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec. Four groups or fewer keep the colours that they have in a trend."""
    names = data.groups
    total = 320 if narrow else 640
    parts = [data.only(name) for name in names]
    x, shared = trend.axes(data)
    ups = [shared if data.alike else trend.axes(part)[1] for part in parts]
    ticks = [(tick, y.decimals) for y in ups or [shared] for tick in y.ticks]
    left = max(LEFT, round(max(labels.width(numbers.number(*tick), SIZE) for tick in ticks) + 14))
    columns = 1 if left > WIDE_VALUES else _columns(len(names), narrow)
    width = (total - left - RIGHT - (columns - 1) * (GUTTER + left)) / columns
    rows = max(1, math.ceil(len(names) / columns))
    heads = [labels.wrap(part.groups[0] or "Everybody", SIZE + 1, width - _beside(part), lines=3) for part in parts]
    subs = [_promised(part, data, width) for part in parts]
    above = 14 + LINE * max((len(head) + len(sub) for head, sub in zip(heads, subs, strict=True)), default=1)
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
        panel = _panel(data, parts[index], index, heads[index], subs[index], x, ups[index])
        panels += [_moved(layer, x, ups[index], corner, width, index) for layer in panel]
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
    lines = [numbers.axis_title(data.unit_label)] if data.alike else ["Each plot has its own scale"]
    for target in data.targets:
        lines.append(f"dashed line: target {trend.target_words(target, data)} {trend.dates(target)}".rstrip())
    if any(own.targets for own in data.own):
        lines.append("dashed line: target")
    if data.baseline is not None:
        lines.append(f"dotted line: {data.baseline_label.lower()} {trend.figure(data.baseline, data)}")
    elif any(own.baseline is not None for own in data.own):
        lines.append(f"dotted line: {data.baseline_label.lower()}")
    return "; ".join(lines)


def _columns(count: int, narrow: bool) -> int:
    if narrow or count < 2:
        return 1
    return 2 if count in (2, 4) else 3


def _beside(part: TrendData) -> float:
    """The room that a panel's latest figure takes beside its name."""
    return max(60, labels.width(_latest(part), SIZE + 1) + 14)


def _latest(part: TrendData) -> str:
    last = part.of(part.groups[0])[-1]
    return notes.SHORT[last.status] if last.value is None else trend.figure(last.value, part)


def _promised(part: TrendData, data: TrendData, width: float) -> list[str]:
    """What was promised of this group alone, and what it counts where no two groups count the same."""
    said = [] if data.alike or part.unit_label in part.groups[0].lower() else [numbers.axis_title(part.unit_label)]
    for target in part.targets[len(data.targets) :]:
        said.append(f"target {trend.target_words(target, part)} {trend.dates(target)}".rstrip())
    return [line for text in said if text for line in labels.wrap(text, SIZE, width, lines=3)]


def _panel(
    data: TrendData, part: TrendData, index: int, head: list[str], sub: list[str], x: Scale, y: Scale
) -> list[layers.Layer]:
    """One group's plot. part: the data of this group alone."""
    name = data.groups[index]
    drawn = layers.frame(x, y, size=SIZE)
    row = {"x": x.low, "y": y.high, "text": head}
    under = -12 - LINE * len(sub)
    up = under - LINE * (len(head) - 1)
    drawn += layers.words([row], x, y, size=SIZE + 1, lineHeight=LINE, align="left", dy=up, fontWeight=600)
    if sub:
        row = {"x": x.low, "y": y.high, "text": sub}
        drawn += layers.words([row], x, y, size=SIZE, lineHeight=LINE, align="left", dy=-12 - LINE * (len(sub) - 1))
    drawn += _ends(data, x, y)
    drawn += trend.promised(part, x, y)
    for cut in data.breaks:
        at = plot.between(cut, data.points)
        if x.low < at < x.high:
            drawn.append(layers.rules([{"x": at, "y": y.low, "y2": y.high}], x, y, layers.QUIET, 1.25))
    drawn += _others(data, name, x, y) if data.alike else []
    rows = plot.runs(part.points, data.cuts, numbers.written(data))
    colour = layers.COLOURS[index] if len(data.groups) <= len(layers.COLOURS) else layers.COLOURS[0]
    drawn += plot.series(rows, x, y, colour, area=26)
    row = {"x": x.high, "y": y.high, "text": _latest(part)}
    return drawn + layers.words([row], x, y, size=SIZE + 1, align="right", dy=under, fontWeight=600)


def _others(data: TrendData, name: str, x: Scale, y: Scale) -> list[layers.Layer]:
    """The other groups in grey behind, to compare with."""
    rows = []
    for index, other in enumerate(data.groups):
        if other != name:
            found = plot.runs(data.of(other), data.cuts, numbers.written(data))
            rows += [{"x": row["x"], "y": row["y"], "run": f"{index}.{row['run']}"} for row in found]
    return [layers.line(rows, x, y, layers.FAINT, 1.25)] if rows else []


def _ends(data: TrendData, x: Scale, y: Scale) -> list[layers.Layer]:
    """The first and the last period's name under the axis."""
    periods = sorted(data.points, key=lambda point: point.place)
    if periods[0].period == periods[-1].period:
        return _end(periods[0], periods[0].place, "center", x, y)
    last = periods[-1].place + periods[0].place - x.low
    return _end(periods[0], x.low, "left", x, y) + _end(periods[-1], last, "right", x, y)


def _end(point: ChartPoint, at: float, align: str, x: Scale, y: Scale) -> list[layers.Layer]:
    row = {"x": at, "y": y.low, "text": [part for part in labels.parts_of(point.period) if part]}
    return layers.words([row], x, y, size=SIZE, align=align, baseline="top", dy=8)
