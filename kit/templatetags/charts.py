"""{% load charts %}: a chart with its words, table and download; a sparkline for a cell."""

from django import template

from kit.charts.sparkline import HEIGHT, WIDTH
from kit.charts.types import Chart

register = template.Library()


@register.inclusion_tag("kit/chart.html")
def chart(chart: Chart, level: int = 3):
    """The figure. `level` is its heading's level. Its addresses come from `chart.at(src, csv_url)`."""
    return {
        "chart": chart,
        "level": level,
        "narrow_src": f"{chart.src}{'&' if '?' in chart.src else '?'}width=narrow" if chart.src else "",
        "size": _size(chart.spec),
        "narrow_size": _size(chart.narrow),
        "rows": [(row[0], [_split(cell) for cell in row[1:]]) for row in chart.rows],
        "codes": _codes(chart),
    }


@register.inclusion_tag("kit/sparkline.html")
def sparkline(chart: Chart):
    return {"chart": chart, "width": WIDTH, "height": HEIGHT}


def _size(spec: dict) -> dict[str, int]:
    """The picture's size, so that the page keeps its place free."""
    padding = spec["padding"]
    return {
        "width": round(spec["width"] + padding["left"] + padding["right"]),
        "height": round(spec["height"] + padding["top"] + padding["bottom"]),
    }


def _split(cell: str) -> tuple[str, str]:
    """A cell's figure and its mark, which stands in a column of its own so that the figures line up."""
    figure, _, mark = cell.rpartition(" ") if cell.endswith("]") else (cell, "", "")
    return figure, mark


def _codes(chart: Chart) -> list[str]:
    """What the marks in the table's cells mean, of those that occur."""
    meanings = {"[p]": "provisional", "[e]": "estimated", "[c]": "hidden, small numbers", "[x]": "no figure"}
    cells = [cell for row in chart.rows for cell in row[1:]]
    return [f"{code} {meaning}" for code, meaning in meanings.items() if any(cell.endswith(code) for cell in cells)]
