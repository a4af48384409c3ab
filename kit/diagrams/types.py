"""What a diagram is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

SAFE = ("/", "#", "https://", "http://")


@dataclass(frozen=True)
class Node:
    """A thing. `kind` is a word that is shown in its box and has a colour; with `href` the box is a link.

    Raises ValueError for an address that a browser would run.
    """

    key: str
    title: str
    kind: str = ""
    href: str = ""

    def __post_init__(self) -> None:
        if self.href and not self.href.startswith(SAFE):
            raise ValueError(f"“{self.href}” is no address of a page.")


class Nests(IntEnum):
    """Whether one end of a relation is listed below the other: before other relations would, else, or never."""

    FIRST = 0
    ELSE = 1
    NEVER = 2


@dataclass(frozen=True)
class Edge:
    """A relation, said from source to target: "reports to". Each kind has its own line, explained in the legend.

    Where the target stands above (one reports up, and directs down) say `up`, and it is drawn and listed above.
    One that never nests is listed with its source.
    """

    source: str
    target: str
    kind: str
    up: bool = False
    nests: Nests = Nests.ELSE

    @property
    def above(self) -> str:
        """The key of the end that is drawn nearer the top."""
        return self.target if self.up else self.source

    @property
    def below(self) -> str:
        """The key of the other end."""
        return self.source if self.up else self.target


def known(nodes: Sequence[Node], edges: Sequence[Edge]) -> list[Edge]:
    """The edges whose both ends are among the nodes, each once. A filter may have taken the others away."""
    keys = {node.key for node in nodes}
    return list(dict.fromkeys(edge for edge in edges if edge.source in keys and edge.target in keys))
