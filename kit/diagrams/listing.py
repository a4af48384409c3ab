"""A diagram as a nested list: each thing once with what hangs below it, each relation exactly once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .types import Edge, Node, known


@dataclass(frozen=True)
class Branch:
    """A node, how it relates to the one that it hangs below ("" at the top), and what hangs below it.

    `again` is true where the node has its own branches elsewhere in the list; there it is only named.
    """

    node: Node
    words: str
    branches: tuple["Branch", ...] = ()
    again: bool = False


def as_list(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Branch]:
    """The trees of the diagram, from the top. Circles are cut where they would begin again.

    `words` is a clause that names who does what to whom: "Advisory Board advises IDE Board".
    """
    by_key = {node.key: node for node in nodes}
    below: dict[str, list[Edge]] = defaultdict(list)
    hung = set()
    for edge in known(nodes, edges):
        below[edge.above].append(edge)
        if edge.below != edge.above:
            hung.add(edge.below)
    seen: set[str] = set()
    tops = [node for node in nodes if node.key not in hung]
    rest = (node for node in nodes if node.key in hung)
    # What no top reaches lies on a circle; it begins at the first of it.
    return [_branch(node, "", by_key, below, seen) for node in (*tops, *rest) if node.key not in seen]


def _branch(node: Node, words: str, by_key: dict[str, Node], below: dict[str, list[Edge]], seen: set[str]) -> Branch:
    if node.key in seen:
        return Branch(node, words, again=True)
    seen.add(node.key)
    branches = tuple(
        _branch(by_key[edge.below], said(edge, by_key), by_key, below, seen) for edge in below.get(node.key, ())
    )
    return Branch(node, words, branches)


def said(edge: Edge, by_key: dict[str, Node]) -> str:
    """The relation as a clause: "Advisory Board advises IDE Board"."""
    return f"{by_key[edge.source].title} {edge.kind} {by_key[edge.target].title}"
