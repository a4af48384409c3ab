"""Colours and lines for kinds, in the order in which the kinds appear. Every kind is also said in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from kit.charts.layers import COLOURS, INK

from .types import Edge, Node

DASHES = ("", "9 5", "2 4", "12 4 2 4", "16 6", "5 3", "1 3 6 3", "20 4 4 4")


@dataclass(frozen=True)
class Styles:
    """The kinds of boxes and of lines that a diagram has."""

    boxes: tuple[str, ...]
    lines: tuple[str, ...]

    def band(self, kind: str) -> str:
        """The colour at a box's side."""
        return COLOURS[self.boxes.index(kind) % len(COLOURS)] if kind in self.boxes else INK

    def colour(self, kind: str) -> str:
        """The colour of a line."""
        return COLOURS[self.lines.index(kind) % len(COLOURS)]

    def line(self, kind: str) -> str:
        """The attributes of a line: colour, width and dashes."""
        dashes = DASHES[self.lines.index(kind) % len(DASHES)]
        return f'stroke="{self.colour(kind)}" stroke-width="2"' + (f' stroke-dasharray="{dashes}"' if dashes else "")


def styles_of(nodes: Sequence[Node], edges: Sequence[Edge]) -> Styles:
    """The kinds of a diagram, each once."""
    boxes = tuple(dict.fromkeys(node.kind for node in nodes if node.kind))
    return Styles(boxes, tuple(dict.fromkeys(edge.kind for edge in edges)))
