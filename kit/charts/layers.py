"""The marks that our charts are made of, as Vega-Lite layers. Each holds its own rows."""

from collections.abc import Sequence
from typing import Any

from .numbers import number

INK = "#12191c"
QUIET = "#47525a"
GRID = "#dfe1e0"
BAND = "#e9eef0"
FAINT = "#b5b9b8"
COLOURS = ("#12436D", "#28A197", "#801650", "#F46A25")
DASHED = [6, 4]
DOTTED = [1.5, 3.5]

Layer = dict[str, Any]
Rows = Sequence[dict[str, Any]]


def frame(x, y, *, size: float) -> list[Layer]:
    """The grid, the axis's line at zero (or at the bottom when zero is not shown), and the values beside it."""
    floor = y.low if y.cut else 0
    grid = [{"y": tick, "x": x.low, "x2": x.high} for tick in y.ticks if tick != floor]
    names = [{"y": tick, "x": x.low, "text": number(tick, y.decimals)} for tick in y.ticks]
    return [
        *([rules(grid, x, y, GRID, 1)] if grid else []),
        rules([{"y": floor, "x": x.low, "x2": x.high}], x, y, INK, 1),
        *words(names, x, y, size=size, align="right", baseline="middle", dx=-7),
    ]


def line(rows: Rows, x, y, colour: str, width: float = 2.5) -> Layer:
    """Joins the rows of each `run`, and never two runs."""
    layer = _placed(rows, x, y, {"type": "line", "color": colour, "strokeWidth": width, "strokeJoin": "round"})
    layer["encoding"]["detail"] = {"field": "run", "type": "nominal"}
    return layer


def dots(rows: Rows, x, y, colour: str, *, hollow: bool = False, area: float = 46) -> Layer:
    fill = "#ffffff" if hollow else colour
    mark = {"type": "point", "shape": "circle", "size": area, "fill": fill, "stroke": colour, "strokeWidth": 2}
    return _placed(rows, x, y, mark | {"opacity": 1})


def diamonds(rows: Rows, x, y, colour: str) -> Layer:
    mark = {"type": "point", "shape": "diamond", "size": 55, "fill": colour, "stroke": colour, "opacity": 1}
    return _placed(rows, x, y, mark)


def rules(rows: Rows, x, y, colour: str, width: float, dash: Sequence[float] = ()) -> Layer:
    """Level lines from x to x2, or upright ones from y to y2."""
    mark = {"type": "rule", "color": colour, "strokeWidth": width, "opacity": 1}
    layer = _placed(rows, x, y, mark | ({"strokeDash": list(dash)} if dash else {}))
    for far in ("x2", "y2"):
        if rows and far in rows[0]:
            layer["encoding"][far] = {"field": far}
    return layer


def band(rows: Rows, x, y, colour: str = BAND) -> Layer:
    layer = _placed(rows, x, y, {"type": "rect", "color": colour, "opacity": 1})
    layer["encoding"] |= {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
    return layer


def words(rows: Rows, x, y, *, size: float, halo: bool = False, **mark: Any) -> list[Layer]:
    """Text at a place. A halo keeps it legible where it crosses a line."""
    style = {"type": "text", "fontSize": size, "lineHeight": round(size * 1.2, 1), "color": INK, "opacity": 1, **mark}
    text = {"text": {"field": "text"}}
    drawn = [_placed(rows, x, y, style)]
    if halo:
        drawn.insert(0, _placed(rows, x, y, style | {"stroke": "#ffffff", "strokeWidth": 4, "strokeJoin": "round"}))
    for layer in drawn:
        layer["encoding"] |= text
    return drawn


def swatches(rows: Rows, x, y, colour: str, offset: float) -> Layer:
    """A short piece of line beside a label, which says whose it is without colouring the words."""
    mark = {"type": "rule", "color": colour, "strokeWidth": 4, "xOffset": offset, "x2Offset": offset + 12, "opacity": 1}
    layer = _placed(rows, x, y, mark)
    layer["encoding"]["x2"] = {"field": "x"}
    return layer


def on(layer: Layer, x, y) -> Layer:
    """The layer on other scales."""
    places = {"x": _quantity("x", x), "y": _quantity("y", y)}
    return layer | {"encoding": layer["encoding"] | places}


def _placed(rows: Rows, x, y, mark: Layer) -> Layer:
    encoding = {"x": _quantity("x", x), "y": _quantity("y", y)}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}


def _quantity(field: str, scale) -> Layer:
    domain = {"domain": [scale.low, scale.high], "nice": False, "zero": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": domain}
