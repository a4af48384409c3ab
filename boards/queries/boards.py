"""Boards as their list and their page show them."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from boards.choices import Category
from boards.models import Board, Meeting, Relationship, Terms
from boards.queries.seats import SeatLine, seats_on
from boards.queries.terms import Holding, holding_on
from boards.review import review_due
from kit import clock
from people.actor import Actor


@dataclass(frozen=True)
class BoardLine:
    """A board with what matters of it today. `chairs` may be several (joint chairs) or none."""

    board: Board
    chairs: list[SeatLine]
    holding: Holding | None
    next_meeting: Meeting | None
    last_held: Meeting | None

    @property
    def review_due(self) -> dt.date | None:
        """When its terms in force are to be reviewed."""
        return review_due(self.holding.terms) if self.holding else None


@dataclass(frozen=True)
class BoardPage:
    line: BoardLine
    seats: list[SeatLine]
    parent: Board | None
    children: list[Board]
    relationships: list[Relationship]
    draft: Terms | None


def boards(actor: Actor) -> list[BoardLine]:
    """Every board that the actor sees, by title. Six queries, and up to two for each step of adoption."""
    rows = list(Board.objects.visible_to(actor).select_related("parent"))
    chairs = seats_on([board.pk for board in rows], actor.on, Category.CHAIR)
    return _lines(rows, actor.on, chairs)


def board_page(actor: Actor, board: Board) -> BoardPage:
    """One board with everything its page shows. Other boards that the actor does not see are left out."""
    day = actor.on
    seats = seats_on([board.pk], day).get(board.pk, [])
    chairs = [seat for seat in seats if seat.membership.category == Category.CHAIR]
    seen = Board.objects.visible_to(actor)
    around = list(seen.filter(Q(parent=board) | Q(pk=board.parent_id)))
    return BoardPage(
        line=_lines([board], day, {board.pk: chairs})[0],
        seats=seats,
        parent=next((each for each in around if each.pk == board.parent_id), None),
        children=[each for each in around if each.parent_id == board.pk and each.pk != board.parent_id],
        relationships=relationships_of(actor, board),
        draft=Terms.objects.visible_to(actor).filter(board=board, state="draft").first(),
    )


def relationships_of(actor: Actor, board: Board) -> list[Relationship]:
    """What it is to others, then what others are to it; only with boards that the actor sees. One query."""
    seen = Board.objects.visible_to(actor).order_by().values("pk")
    rows = Relationship.objects.filter(Q(board=board, to__in=seen) | Q(to=board, board__in=seen))
    found = rows.select_related("board", "to").order_by("kind", "to__title", "board__title")
    return sorted(found, key=lambda each: each.board_id != board.pk)


def _lines(rows: list[Board], day: dt.date, chairs: dict[int, list[SeatLine]]) -> list[BoardLine]:
    holding = holding_on(rows, day)
    for board in rows:
        if board.pk in holding:
            holding[board.pk].terms.board = board
    meetings = Meeting.objects.filter(board__in=rows)
    coming = meetings.filter(state="planned", starts_at__gte=clock.now()).order_by("board_id", "starts_at")
    held = meetings.filter(state="held").order_by("board_id", "-starts_at")
    following = {each.board_id: each for each in coming.distinct("board_id")}
    last = {each.board_id: each for each in held.distinct("board_id")}
    return [
        BoardLine(board, chairs.get(board.pk, []), holding.get(board.pk), following.get(board.pk), last.get(board.pk))
        for board in rows
    ]


def with_records(records: QuerySet, actor: Actor, asked: str = "") -> QuerySet[Board]:
    """The boards to narrow a list by: those of the records, and the one asked for by its slug, if the actor sees it."""
    wanted = Q(slug=asked, pk__in=Board.objects.visible_to(actor).values("pk"))
    return Board.objects.filter(Q(pk__in=records.values("board")) | wanted)
