"""The governance map as nodes and edges: who stands above whom, and in which words."""

from boards.choices import RelationshipKind
from boards.models import Board, Relationship
from boards.queries.map import Governance
from kit.diagrams import Edge, Nests, Node
from kit.fields import lower_first

# Where the second board stands above the first. Whoever directs, or meets before, stands above itself.
UP = {
    RelationshipKind.REPORTS_TO,
    RelationshipKind.ADVISES,
    RelationshipKind.ESCALATES_TO,
    RelationshipKind.DEPENDS_ON,
}
PART_OF = "is part of"
# What the list is nested by. To depend on a board, or to meet before it, is not to stand under it.
NESTS = {
    RelationshipKind.REPORTS_TO: Nests.FIRST,
    RelationshipKind.DEPENDS_ON: Nests.NEVER,
    RelationshipKind.MEETS_BEFORE: Nests.NEVER,
}


def nodes(found: Governance) -> list[Node]:
    """A box for each board, coloured by what it is there to do."""
    return [
        Node(str(board.pk), _title(board), board.get_kind_display(), board.get_absolute_url()) for board in found.boards
    ]


def edges(found: Governance) -> list[Edge]:
    """A line for each board that is part of another, and for each relationship."""
    parts = [
        Edge(str(each.pk), str(each.parent_id), PART_OF, up=True, nests=Nests.FIRST)
        for each in found.boards
        if each.parent_id
    ]
    return [*parts, *(_edge(row) for row in found.relationships)]


def _edge(row: Relationship) -> Edge:
    nests = NESTS.get(row.kind, Nests.ELSE)
    return Edge(str(row.board_id), str(row.to_id), lower_first(row.get_kind_display()), up=row.kind in UP, nests=nests)


def _title(board: Board) -> str:
    return f"{board.title} (outside)" if board.is_outside else board.title
