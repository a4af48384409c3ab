"""A chart as a report keeps it: the pictures themselves, with their words and figures."""

import re
from typing import Any

from kit import charts
from kit.charts.notes import SHORT

TAG = re.compile(rb"<[a-z][^>]*>")
# Said of the parts of the picture, where the picture has one text of its own; and what only the web needs.
PART_WORDS = re.compile(rb' (?:class|role|aria-[a-z]+)="[^"]*"')
STYLE = re.compile(rb"<style>.*?</style>", re.DOTALL)


def drawn(chart: charts.Chart) -> dict[str, Any] | None:
    """The wide picture and the narrow one, alternative text, finding, notes and table; nothing of an empty chart."""
    if chart.empty:
        return None
    return {
        "title": chart.headline,
        "subtitle": chart.subtitle,
        "alt": chart.alt,
        "finding": chart.finding,
        "notes": list(chart.notes),
        "headings": list(chart.headings),
        "rows": [list(row) for row in chart.rows],
        "marks": _marks(chart),
        "svg": bare(charts.svg(chart.spec)),
        "narrow": bare(charts.svg(chart.narrow)),
    }


def _marks(chart: charts.Chart) -> str:
    """What the marks in the table's cells mean, of those that occur."""
    cells = [cell for row in chart.rows for cell in row]
    return ", ".join(f"{mark} {status}" for status, mark in SHORT.items() if any(each.endswith(mark) for each in cells))


def bare(svg: bytes) -> str:
    """The picture with presentation attributes only, so that it can stand in a page whose policy allows no styles.

    Its typeface is the page's and the document's own.
    """
    return TAG.sub(lambda tag: PART_WORDS.sub(b"", tag[0]), STYLE.sub(b"", svg)).decode()
