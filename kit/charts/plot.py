"""One plot: a frame with lines, promised levels and labels, each at a place that is worked out here."""

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import labels, layers
from .numbers import number, rounded
from .scales import Scale
from .types import Break, ChartPoint

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
FONT = "Atkinson Hyperlegible Next"


@dataclass(frozen=True)
class Frame:
    """The picture's size in pixels, its margins, and the size of its words."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    size: float = 14

    @property
    def inner(self) -> tuple[float, float]:
        return self.width - self.left - self.right, self.height - self.top - self.bottom


WIDE = Frame(640, 340, left=52, right=168, top=34, bottom=44)
NARROW = Frame(320, 300, left=42, right=88, top=32, bottom=42, size=13)


@dataclass(frozen=True)
class SideLabel:
    """Words at the right-hand edge, beside the level that they name. `colour` draws a swatch before them."""

    y: float
    text: str
    colour: str = ""
    bold: bool = False


def whole(frame: Frame, drawn: list[layers.Layer]) -> dict[str, Any]:
    """The finished spec of one plot. Its size is exactly the frame's."""
    width, height = frame.inner
    padding = {"left": frame.left, "right": frame.right, "top": frame.top, "bottom": frame.bottom}
    return base() | {"autosize": {"type": "none"}, "padding": padding, "width": width, "height": height, "layer": drawn}


def base() -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "background": "white",
        "config": {"aria": False, "font": FONT, "view": {"stroke": None}},
    }


def runs(points: Sequence[ChartPoint], cuts: Sequence[dt.date], decimals: int | None = None) -> list[dict[str, Any]]:
    """The known points as rows, to these decimals. The run goes up where a figure is missing and at each cut."""
    rows, run, previous = [], 0, None
    for point in points:
        if point.value is None:
            run += 1
            continue
        if previous and any(previous.ends < cut <= point.ends for cut in cuts):
            run += 1
        value = point.value if decimals is None else float(rounded(point.value, decimals))
        rows.append({"x": point.place, "y": value, "run": run, "settled": point.settled})
        previous = point
    return rows


def series(rows: list[dict[str, Any]], x: Scale, y: Scale, colour: str, area: float = 46) -> list[layers.Layer]:
    """A line with its points; those that are not final are hollow."""
    bare = [{key: row[key] for key in ("x", "y", "run")} for row in rows]
    drawn = [layers.line(bare, x, y, colour)] if any(_pairs(bare)) else []
    for hollow in (False, True):
        dots = [{"x": row["x"], "y": row["y"]} for row in rows if row["settled"] is not hollow]
        if dots:
            drawn.append(layers.dots(dots, x, y, colour, hollow=hollow, area=area))
    return drawn


def _pairs(rows: list[dict[str, Any]]) -> list[bool]:
    return [left["run"] == right["run"] for left, right in itertools.pairwise(rows)]


def periods(points: Sequence[ChartPoint], x: Scale, y: Scale, frame: Frame) -> list[layers.Layer]:
    """The periods' names under the axis."""
    width, _ = frame.inner
    ticks = labels.ticks(points, lambda day: x.place(day, width), frame.size)
    rows = [{"x": tick.x, "y": y.low, "text": list(tick.lines) if tick.lines[1] else [tick.lines[0]]} for tick in ticks]
    return layers.words(rows, x, y, size=frame.size, align="center", baseline="top", dy=9)


def fitted(frame: Frame, y: Scale, title: str, cuts: Sequence[Break]) -> Frame:
    """The frame with margins that hold its values, its heading's lines and a row for each break's label."""
    values = max(labels.width(number(tick, y.decimals), frame.size) for tick in y.ticks)
    line = frame.size * 1.2
    extra = (len(_heading(title, frame)) - 1) * line + sum(line * len(lines) + 4 for _, lines in _cut_rows(cuts, frame))
    return replace(
        frame,
        left=max(frame.left, round(values + 14)),
        top=frame.top + round(extra),
        height=frame.height + round(extra),
    )


def _heading(title: str, frame: Frame) -> list[str]:
    return labels.wrap(title, frame.size, frame.width - 8, lines=2)


def _cut_rows(cuts: Sequence[Break], frame: Frame) -> list[tuple[Break, list[str]]]:
    """Each break with its label's lines, in the order of time."""
    room = frame.width * 0.62
    named = [(cut, cut.label or "Definition changed") for cut in sorted(cuts, key=lambda cut: cut.on)]
    return [(cut, labels.wrap(label, frame.size, room, lines=2)) for cut, label in named]


def heading(title: str, x: Scale, y: Scale, frame: Frame) -> list[layers.Layer]:
    """What the vertical axis counts, level and above it."""
    words = _heading(title, frame)
    row = {"x": x.low, "y": y.high, "text": words}
    return layers.words([row], x, y, size=frame.size, align="left", dx=4 - frame.left, dy=14 - frame.top)


def between(cut: Break, points: Sequence[ChartPoint]) -> float:
    """Where a break is drawn: half way from the last figure before it to the first one after, on the day if none is."""
    places = {point.place for point in points}
    day = cut.on.toordinal()
    before, after = [at for at in places if at < day], [at for at in places if at >= day]
    return (max(before) + min(after)) / 2 if before and after else day


def breaks(cuts: Sequence[Break], points: Sequence[ChartPoint], x: Scale, y: Scale, frame: Frame) -> list[layers.Layer]:
    """An upright rule where a definition changed, its label level above the plot."""
    width, height = frame.inner
    drawn: list[layers.Layer] = []
    above = 6.0
    for cut, lines in reversed(_cut_rows(cuts, frame)):
        day = between(cut, points)
        above += len(lines) * frame.size * 1.2
        if x.low < day < x.high:
            at = x.place(day, width)
            left = at + frame.left > frame.width / 2
            top = y.value(height + above, height)
            row = {"x": day, "y": top, "text": lines}
            look = {"align": "right" if left else "left", "dx": -6 if left else 6}
            drawn.append(layers.rules([{"x": day, "y": y.low, "y2": top}], x, y, layers.QUIET, 1.25))
            drawn += layers.words([row], x, y, size=frame.size, baseline="top", **look)
        above += 4
    return drawn


def side(wanted: Sequence[SideLabel], x: Scale, y: Scale, frame: Frame) -> list[layers.Layer]:
    """The labels at the right, moved apart where they would overlap."""
    _, height = frame.inner
    shift = 28 if any(label.colour for label in wanted) else 10
    size = frame.size
    lines = [labels.wrap(label.text, size * (1.04 if label.bold else 1), frame.right - shift - 2) for label in wanted]
    line_height = round(size * 1.2, 1)
    heights = [len(text) * line_height + 5 for text in lines]
    places = [height - y.place(label.y, height) for label in wanted]
    placed = labels.spread(places, heights, -16, height + 8)
    drawn: list[layers.Layer] = []
    for label, text, place in zip(wanted, lines, placed, strict=True):
        first = place - (len(text) - 1) * line_height / 2
        row = {"x": x.high, "y": y.value(height - first, height), "text": text}
        weight = 600 if label.bold else 400
        drawn += layers.words([row], x, y, size=size, align="left", baseline="middle", dx=shift, fontWeight=weight)
        if label.colour:
            drawn.append(layers.swatches([{"x": x.high, "y": row["y"]}], x, y, label.colour, 10))
    return drawn


@dataclass(frozen=True)
class Direct:
    """Words beside something in the plot. `places` are where it could be pointed at, the one we like best first.

    An optional label is left out where it would cross something; the notes beside the chart say it too.
    """

    text: str
    places: tuple[tuple[float, float], ...]
    bold: bool = False
    optional: bool = False


def _around(place: tuple[float, float], half: tuple[float, float]) -> list[tuple[float, float]]:
    """Above, below, to the right, aslant to either side, then a little farther off."""
    (px, py), near = place, half[1] + 8
    right, aside, back = (px + half[0] + 10, py), px + half[0] * 0.7, px - half[0] * 0.7
    close = [(px, py - near), (px, py + near), right]
    close += [(x, y) for x in (aside, back) for y in (py - near, py + near)]
    return [*close, (px, py - near - 9), (px, py + near + 9)]


def direct(
    wanted: Sequence[Direct], lines: Sequence[Sequence[tuple[float, float]]], x: Scale, y: Scale, frame: Frame
) -> list[layers.Layer]:
    """Labels above or below what they name, wherever they are clearest of every line and of each other."""
    width, height = frame.inner

    def pixels(place: tuple[float, float]) -> tuple[float, float]:
        return x.place(place[0], width), height - y.place(place[1], height)

    taken = [point for line in lines for point in labels.along([pixels(place) for place in line])]
    drawn: list[layers.Layer] = []
    for label in wanted:
        half = labels.width(label.text, frame.size) / 2, frame.size * 0.55
        spots = [spot for place in map(pixels, label.places) for spot in _around(place, half)]
        inside = [s for s in spots if half[0] <= s[0] <= width + 6 - half[0] and half[1] <= s[1] <= height - half[1]]
        spot = labels.clearest(inside or spots, half, taken)
        if label.optional and not labels.is_clear(spot, half, taken):
            continue
        taken += labels.along([(spot[0] - half[0], spot[1]), (spot[0] + half[0], spot[1])])
        row = {"x": x.value(spot[0], width), "y": y.value(height - spot[1], height), "text": [label.text]}
        weight = 600 if label.bold else 400
        drawn += layers.words(
            [row], x, y, size=frame.size, halo=True, align="center", baseline="middle", fontWeight=weight
        )
    return drawn


def nothing(x: Scale, y: Scale, frame: Frame) -> list[layers.Layer]:
    """Says that the plot is empty on purpose."""
    row = {"x": (x.low + x.high) / 2, "y": (y.low + y.high) / 2, "text": "No figures yet"}
    return layers.words([row], x, y, size=frame.size, halo=True, align="center", baseline="middle")
