"""Boards and how they relate, for the governance map."""

from dataclasses import dataclass

from boards.models import Board, Relationship
from people.actor import Actor


@dataclass(frozen=True)
class Governance:
    """The boards of the day that a reader may see, and the relationships among them."""

    boards: list[Board]
    relationships: list[Relationship]

    def around(self, board: Board) -> "Governance":
        """One board with those it relates to directly, and how these relate among themselves."""
        near = {board.pk, board.parent_id, *(each.pk for each in self.boards if each.parent_id == board.pk)}
        for row in self.relationships:
            if board.pk in (row.board_id, row.to_id):
                near |= {row.board_id, row.to_id}
        return Governance(
            [each for each in self.boards if each.pk in near],
            [row for row in self.relationships if row.board_id in near and row.to_id in near],
        )


def governance(actor: Actor) -> Governance:
    """What the actor sees today, in two queries. A relationship to a board out of reach is not shown either."""
    boards = list(Board.objects.visible_to(actor).existing_on(actor.on).order_by("title"))
    keys = [board.pk for board in boards]
    rows = Relationship.objects.filter(board__in=keys, to__in=keys).order_by("board__title", "kind", "to__title")
    return Governance(boards, list(rows))
