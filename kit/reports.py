"""A typeset report as data: parts that follow one another, for kit.pdf and templates/kit/pdf/report.typ."""

from collections.abc import Iterable, Sequence
from typing import Any

from kit import pdf

Part = dict[str, Any]
TEMPLATE = "kit/pdf/report.typ"


def report(title: str, parts: Iterable[Part], *, above: str = "", facts: Sequence[tuple[str, str]] = ()) -> bytes:
    """The PDF. `above` stands over the title; `facts` are the few that a reader looks for first."""
    body = {"above": above, "facts": _pairs(facts), "parts": list(parts)}
    return pdf.render(TEMPLATE, body, title=title)


def heading(text: str, level: int = 1) -> Part:
    """A heading, which is also a bookmark. Levels go down one at a time."""
    return {"kind": "heading", "text": text, "level": level}


def prose(text: str) -> Part:
    """Paragraphs as somebody wrote them."""
    return {"kind": "prose", "text": text}


def note(text: str) -> Part:
    """A few words set apart, for what must not be missed."""
    return {"kind": "note", "text": text}


def facts(rows: Sequence[tuple[str, str]]) -> Part:
    """Names with what they are, one below the other."""
    return {"kind": "facts", "rows": _pairs(rows)}


def listing(items: Sequence[str]) -> Part:
    """A list, each with its mark."""
    return {"kind": "list", "items": list(items)}


def numbered(items: Sequence[str]) -> Part:
    """A list, each with its number."""
    return {"kind": "numbered", "items": list(items)}


def table(
    headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", widths: Sequence[int] = ()
) -> Part:
    """A table of texts; its heading row comes again on each page. `widths` are shares of the line."""
    lines = [["" if cell is None else str(cell) for cell in row] for row in rows]
    return {
        "kind": "table",
        "caption": caption,
        "headings": list(headings),
        "rows": lines,
        "widths": list(widths or [1] * len(headings)),
    }


def picture(svg: bytes, alt: str, finding: str) -> Part:
    """A chart with what it says for whoever does not see it, and the finding in words."""
    return {"kind": "picture", "svg": svg.decode(), "alt": alt, "finding": finding}


def _pairs(rows: Sequence[tuple[str, str]]) -> list[Part]:
    return [{"key": key, "value": value} for key, value in rows]
