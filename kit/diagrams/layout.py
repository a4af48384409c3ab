"""Where everything goes. The `graphlay` package lays out in layers, and gives the same answer every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import graphlay

from .types import Edge

Point = tuple[float, float]
WIDEST = 1160  # of a page's container, in pixels
SPACING = {"layer_gap": 56.0, "node_gap": 28.0, "isolated_gap": 28.0, "isolated_max_columns": 5}


@dataclass(frozen=True)
class Layout:
    """Centres of the nodes, the line of each edge from source to target, and the size of it all, in pixels."""

    centres: Mapping[str, Point]
    lines: Sequence[Sequence[Point]]
    width: float
    height: float


def laid_out(sizes: Mapping[str, Point], edges: Sequence[Edge]) -> Layout:
    """From the top down when that fits a page's width, else whichever way is narrower."""
    if not sizes:
        return Layout({}, [], 0, 0)
    down = _laid_out(sizes, edges, "topbottom")
    if down.width <= WIDEST:
        return down
    across = _laid_out(sizes, edges, "leftright")
    return min(down, across, key=lambda layout: layout.width)


def _laid_out(sizes: Mapping[str, Point], edges: Sequence[Edge], direction: str) -> Layout:
    graph = graphlay.Graph()
    for key, (width, height) in sizes.items():
        graph.node(key, width=width, height=height)
    for edge in edges:
        graph.edge(edge.above, edge.below)
    found = graphlay.layout(graph, options={"direction": direction, "spacing": SPACING})
    centres = found.positions()
    lines = [
        _from_source(edge, [(point["x"], point["y"]) for point in line["points"]])
        for edge, line in zip(edges, found.edges, strict=True)
    ]
    return _at_origin(centres, lines, sizes)


def _from_source(edge: Edge, points: list[Point]) -> list[Point]:
    return points[::-1] if edge.up else points


def _at_origin(centres: Mapping[str, Point], lines: list[list[Point]], sizes: Mapping[str, Point]) -> Layout:
    half = {key: (width / 2, height / 2) for key, (width, height) in sizes.items()}
    corners = [
        (x + side * half[key][0], y + side * half[key][1]) for key, (x, y) in centres.items() for side in (-1, 1)
    ]
    everything = [*corners, *(point for line in lines for point in line)]
    left, top = min(x for x, _ in everything), min(y for _, y in everything)
    right, bottom = max(x for x, _ in everything), max(y for _, y in everything)
    moved = {key: (x - left, y - top) for key, (x, y) in centres.items()}
    return Layout(moved, [[(x - left, y - top) for x, y in line] for line in lines], right - left, bottom - top)
