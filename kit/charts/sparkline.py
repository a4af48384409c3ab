"""A line the size of a word, for a cell of a table. Its last point is marked; hollow when it is not final."""

from typing import Any

from . import layers, plot
from .numbers import written
from .scales import Scale
from .types import TrendData

WIDTH, HEIGHT, MARGIN = 80, 24, 5


def spec(data: TrendData, *, narrow: bool = False) -> dict[str, Any]:
    """The Vega-Lite spec of the first group's line. It has no axis, so it uses its height for the shape alone."""
    points = data.of(data.groups[0]) if data.groups else []
    rows = plot.runs(points, data.cuts, written(data))
    x, y = _scales(rows)
    drawn = []
    if rows:
        line = [{key: row[key] for key in ("x", "y", "run")} for row in rows]
        last = rows[-1]
        drawn = [
            layers.line(line, x, y, layers.COLOURS[0], 1.5),
            layers.dots(
                [{"x": last["x"], "y": last["y"]}], x, y, layers.COLOURS[0], hollow=not last["settled"], area=16
            ),
        ]
    frame = plot.Frame(WIDTH, HEIGHT, left=MARGIN, right=MARGIN, top=MARGIN, bottom=MARGIN)
    blank = layers.rules([{"x": x.low, "x2": x.high, "y": (y.low + y.high) / 2}], x, y, layers.FAINT, 1, layers.DOTTED)
    return plot.whole(frame, drawn or [blank]) | {"background": None}


def _scales(rows: list[dict[str, Any]]) -> tuple[Scale, Scale]:
    days = [row["x"] for row in rows] or [0, 1]
    values = [row["y"] for row in rows] or [0, 1]
    x = Scale(days[0] - (days[0] == days[-1]), days[-1])
    low, high = min(values), max(values)
    return x, Scale(low, high) if low != high else Scale(low - 1, high + 1)
