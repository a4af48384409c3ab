"""The picture: SVG with presentation attributes only, so that a strict content security policy lets it be."""

import math
from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import slugify

from kit.charts.labels import clean, wrap
from kit.charts.layers import COLOURS, INK

from .layout import Layout, Point, laid_out
from .legend import legend
from .listing import said
from .styles import Styles, styles_of
from .types import Edge, Node, known

TITLE, SMALL, LINE = 16, 14, 20
BOX, PADDING, BAND = 196, 12, 8
MARGIN, GAP, CORNER = 16, 28, 6
HEAD = 9
MOST_LINES = 6
NARROW = 256  # what a phone has beside the margins
SAID = 24


def diagram(nodes: Sequence[Node], edges: Sequence[Edge], title: str) -> SafeString:
    """The SVG, as wide as it needs to be (at most a page's container where that can be), with its text alternative.

    Edges to nodes that are not there are left out. Every text is escaped.
    """
    edges = known(nodes, edges)
    words = {node.key: wrap(node.title, TITLE, BOX - 2 * PADDING - BAND, MOST_LINES) for node in nodes}
    sizes = {node.key: (BOX, _height(words[node.key], node)) for node in nodes}
    layout = laid_out(sizes, edges)
    styles = styles_of(nodes, edges)
    drawn = [
        '<g aria-hidden="true">',
        *_lines(layout, edges, styles, {node.key: node for node in nodes}),
        "</g>",
        *(_box(node, layout.centres[node.key], sizes[node.key], words[node.key], styles) for node in nodes),
    ]
    key, key_width, key_height = legend(styles, max(layout.width, NARROW))
    across = max(layout.width, key_width)
    inner = f'<g transform="translate({MARGIN} {MARGIN})">{"".join(drawn)}</g>'
    inner += f'<g transform="translate({MARGIN} {_n(MARGIN + layout.height + GAP)})">{key}</g>' if key else ""
    return SafeString(
        _around(inner, across + 2 * MARGIN, layout.height + key_height + 2 * MARGIN + GAP, title, _about(nodes, edges))
    )


def _around(inner: str, wide: float, high: float, title: str, about: str) -> str:
    name = f"diagram-{slugify(title) or 'of'}"
    size = f'width="{math.ceil(wide)}" height="{math.ceil(high)}" viewBox="0 0 {math.ceil(wide)} {math.ceil(high)}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="stride-diagram" {size} role="group" '
        f'aria-labelledby="{name}-title" aria-describedby="{name}-about" '
        f'font-family="Atkinson Hyperlegible Next, Arial, sans-serif" font-size="{TITLE}" fill="{INK}">'
        f'<title id="{name}-title">{_text(title)}</title><desc id="{name}-about">{_text(about)}</desc>{inner}</svg>'
    )


def _about(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """Every relation as a clause while they are few; a count when a list beside the picture serves better."""
    if not nodes:
        return "There is nothing to show yet."
    by_key = {node.key: node for node in nodes}
    if len(edges) <= SAID:
        relations = "; ".join(said(edge, by_key) for edge in edges)
        return f"{', '.join(node.title for node in nodes)}. {relations}{'.' if relations else ''}"
    return f"{len(nodes)} boxes and {len(edges)} lines between them."


def _height(lines: Sequence[str], node: Node) -> float:
    return 2 * PADDING + len(lines) * LINE + (LINE if node.kind else 0)


def _box(node: Node, centre: Point, size: Point, lines: Sequence[str], styles: Styles) -> str:
    left, top = centre[0] - size[0] / 2, centre[1] - size[1] / 2
    x, y = left + BAND + PADDING, top + PADDING + TITLE - 1
    ink = COLOURS[0] if node.href else INK
    underline = ' text-decoration="underline"' if node.href else ""
    spans = "".join(f'<tspan x="{_n(x)}" y="{_n(y + n * LINE)}">{_text(line)}</tspan>' for n, line in enumerate(lines))
    kind = ""
    if node.kind:
        kind = f'<text x="{_n(x)}" y="{_n(y + len(lines) * LINE)}" font-size="{SMALL}">{_text(node.kind)}</text>'
    drawn = (
        f"<title>{_text(f'{node.title}, {node.kind}' if node.kind else node.title)}</title>"
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{_n(size[0])}" height="{_n(size[1])}" fill="#ffffff" '
        f'stroke="{INK}" stroke-width="1.5"/>'
        f'<rect x="{_n(left)}" y="{_n(top)}" width="{BAND}" height="{_n(size[1])}" fill="{styles.band(node.kind)}"/>'
        f'<text font-weight="600" fill="{ink}"{underline}>{spans}</text>{kind}'
    )
    if node.href:
        return f'<a href="{escape(node.href)}" class="stride-diagram__link">{drawn}</a>'
    return f"<g>{drawn}</g>"


def _lines(layout: Layout, edges: Sequence[Edge], styles: Styles, by_key: dict[str, Node]) -> list[str]:
    """Each line lies on a wider white one, so that a crossing shows which passes over which."""
    out = []
    for edge, points in zip(edges, layout.lines, strict=True):
        path = _rounded(points)
        out.append(
            f"<g><title>{_text(said(edge, by_key))}</title>"
            f'<path d="{path}" fill="none" stroke="#ffffff" stroke-width="7"/>'
            f'<path d="{path}" fill="none" {styles.line(edge.kind)}/>'
            f'<path d="{_head(points)}" fill="{styles.colour(edge.kind)}"/></g>'
        )
    return out


def _rounded(points: Sequence[Point]) -> str:
    """A path along the points whose corners are rounded; it stops short of its end, where the head is."""
    end = _along(points[-1], points[-2], HEAD - 1)
    points = [*points[:-1], end]
    parts = [f"M{_xy(points[0])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = min(CORNER, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        parts.append(f"L{_xy(_along(corner, before, room))}Q{_xy(corner)} {_xy(_along(corner, after, room))}")
    return "".join([*parts, f"L{_xy(points[-1])}"])


def _head(points: Sequence[Point]) -> str:
    (x, y), back = points[-1], _along(points[-1], points[-2], HEAD)
    dx, dy = (x - back[0]) / 2, (y - back[1]) / 2
    return f"M{_xy((x, y))}L{_xy((back[0] - dy, back[1] + dx))}L{_xy((back[0] + dy, back[1] - dx))}Z"


def _along(start: Point, to: Point, distance: float) -> Point:
    """The point so far from the start on the way to the other."""
    whole = math.dist(start, to) or 1
    return (start[0] + (to[0] - start[0]) * distance / whole, start[1] + (to[1] - start[1]) * distance / whole)


def _text(words: str) -> str:
    return str(escape(clean(words)))


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
