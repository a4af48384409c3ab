"""A diagram as a nested list: each thing once with what hangs below it, each relation exactly once."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from .types import Edge, Nests, Node, known


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

    A node hangs by the first relation that nests first, else by the first that nests; by the others it is only named.
    `words` is a clause that names who does what to whom: "Advisory Board advises IDE Board".
    """
    by_key = {node.key: node for node in nodes}
    below: dict[str, list[Edge]] = defaultdict(list)
    home: dict[str, Edge] = {}
    for edge in sorted(known(nodes, edges), key=lambda edge: edge.nests):
        below[edge.source if edge.nests is Nests.NEVER else edge.above].append(edge)
        if edge.nests is not Nests.NEVER and edge.below != edge.above:
            home.setdefault(edge.below, edge)
    seen: set[str] = set()

    def branch(node: Node, words: str) -> Branch:
        seen.add(node.key)
        return Branch(node, words, tuple(hanging(node.key, edge) for edge in below.get(node.key, ())))

    def hanging(key: str, edge: Edge) -> Branch:
        other = by_key[edge.target if edge.source == key else edge.source]
        words = said(edge, by_key)
        is_home = home.get(other.key) == edge and other.key not in seen
        return branch(other, words) if is_home else Branch(other, words, again=True)

    above = {edge.above for edge in home.values()}
    tops = [node for node in nodes if node.key not in home]
    tops.sort(key=lambda node: node.key not in above)  # what stands above something comes before what stands alone
    rest = (node for node in nodes if node.key in home)
    # What no top reaches lies on a circle; it begins at the first of it.
    return [branch(node, "") for node in (*tops, *rest) if node.key not in seen]


def said(edge: Edge, by_key: dict[str, Node]) -> str:
    """The relation as a clause: "Advisory Board advises IDE Board"."""
    return f"{by_key[edge.source].title} {edge.kind} {by_key[edge.target].title}"
