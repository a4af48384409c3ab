"""How boards, seats and relationships read. Given loaded objects, asks nothing."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from boards.choices import BoardKind, Category, RelationshipKind
from boards.models import Board, Meeting, Relationship
from boards.queries.boards import BoardLine
from boards.queries.seats import ORDER, SeatLine
from kit.fields import in_words
from kit.tables import Cell, Column, Table

# What the second board is to the first.
REVERSED = {
    RelationshipKind.REPORTS_TO: "Receives reports from",
    RelationshipKind.ADVISES: "Is advised by",
    RelationshipKind.DIRECTS: "Is directed by",
    RelationshipKind.ESCALATES_TO: "Receives escalations from",
    RelationshipKind.DEPENDS_ON: "Is depended on by",
    RelationshipKind.MEETS_BEFORE: "Meets in sequence after",
}


def boards_table(request: HttpRequest, lines: Sequence[BoardLine], on: dt.date) -> Table:
    """The boards whose meetings are run here."""
    columns = [
        Column("title", "Board", _title_cell, lambda line: line.board.title.casefold()),
        Column("kind", "What it does", _kind_cell, lambda line: BoardKind.values.index(line.board.kind)),
        Column("chair", "Chair", _chair_cell, _chair_text, plain=lambda line: _chair_text(line) or "No chair"),
        Column(
            "terms",
            "Terms in force",
            _terms_cell,
            lambda line: line.holding.terms.in_force_from if line.holding else None,
        ),
        Column(
            "review",
            "Review due",
            lambda line: _due_cell(line.review_due, on),
            lambda line: line.review_due,
            plain=lambda line: _iso(line.review_due),
        ),
        _meeting_column("next", "Next meeting", lambda line: line.next_meeting, "None planned"),
        _meeting_column("last", "Last held", lambda line: line.last_held, "None yet"),
    ]
    return Table(
        request,
        caption="Boards",
        columns=columns,
        rows=lines,
        name="boards",
        sort="title",
        empty_text="No board fits. Change what you filter by.",
    )


def outside_table(request: HttpRequest, lines: Sequence[BoardLine]) -> Table:
    """Boards of which only the name and the relationships are kept here."""
    columns = [
        Column("title", "Board", _title_cell, lambda line: line.board.title.casefold()),
        Column("kind", "What it does", _kind_cell, lambda line: BoardKind.values.index(line.board.kind)),
        Column("summary", "What it is", lambda line: Cell(line.board.summary)),
    ]
    return Table(
        request,
        caption="Meetings not run in STRIDE",
        columns=columns,
        rows=lines,
        name="outside",
        sort="title",
        sort_param="outside_sort",
    )


def seats_table(request: HttpRequest, board: Board, lines: Sequence[SeatLine]) -> Table:
    """Every seat there ever was."""
    columns = [
        Column(
            "seat",
            "Seat",
            lambda line: Cell(line.membership.label, url=line.url),
            lambda line: line.membership.label.casefold(),
        ),
        Column(
            "category",
            "As",
            lambda line: Cell(line.membership.get_category_display()),
            lambda line: ORDER[line.membership.category],
        ),
        Column("holder", "Holder today", _holder_cell, lambda line: line.holder.casefold()),
        Column("deputy", "Named deputy", lambda line: Cell(line.deputy), lambda line: line.deputy.casefold()),
        _day_column("starts", "First day", lambda line: line.membership.starts),
        _day_column("ends", "Last day", lambda line: line.membership.ends),
    ]
    return Table(
        request,
        caption=f"Every seat on {board}",
        columns=columns,
        rows=lines,
        name="members",
        sort="-starts",
        empty_text="Nobody sits on this board yet. Add the chair first.",
    )


def by_category(lines: Sequence[SeatLine]) -> list[tuple[str, list[SeatLine]]]:
    """The seats of a day under their categories; joint chairs are called so."""
    found = []
    for category in Category:
        here = [line for line in lines if line.membership.category == category]
        if here:
            found.append((_heading(category, len(here)), here))
    return found


def relationships(board: Board, rows: Sequence[Relationship]) -> list[dict[str, Any]]:
    """What the board is to others and others to it, one row for each kind and direction."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        ours = row.board_id == board.pk
        kind = RelationshipKind(row.kind)
        says = kind.label if ours else REVERSED[kind]
        other = row.to if ours else row.board
        end = reverse("boards:relationship_end", args=[board.slug, row.pk])
        grouped.setdefault(says, []).append({"other": other, "note": _note(row), "end": end})
    return [{"says": says, "boards": others} for says, others in grouped.items()]


def _note(row: Relationship) -> str:
    days = row.days_between
    apart = f"at least {days} working day{'' if days == 1 else 's'} apart" if days else ""
    return ", ".join(filter(None, (row.note, apart)))


def _heading(category: Category, count: int) -> str:
    if count == 1 or category == Category.SECRETARIAT:
        return category.label
    if category == Category.CHAIR:
        return "Joint chairs"
    return f"{category.label}s"


def _title_cell(line: BoardLine) -> Cell:
    board = line.board
    note = f"ended {in_words(board.ends)}" if board.ends else ""
    return Cell(board.title, url=board.get_absolute_url(), note=note)


def _kind_cell(line: BoardLine) -> Cell:
    return Cell(line.board.get_kind_display())


def _chair_cell(line: BoardLine) -> Cell:
    if not line.chairs:
        return Cell("No chair")
    if len(line.chairs) == 1 and not line.chairs[0].holder:
        return Cell(line.chairs[0].membership.label, kind="vacant")
    return Cell("; ".join(_chair_words(seat) for seat in line.chairs))


def _chair_words(seat: SeatLine) -> str:
    label = seat.membership.label
    return label if seat.holder == label else f"{label} ({seat.holder or 'Vacant'})"


def _chair_text(line: BoardLine) -> str:
    return "; ".join(_chair_words(seat) for seat in line.chairs)


def _terms_cell(line: BoardLine) -> Cell:
    if line.holding is None:
        return Cell("None")
    terms = line.holding.terms
    note = "adopted" if line.holding.is_adopted else ""
    return Cell(f"Version {terms.number}", url=terms.get_absolute_url(), note=note)


def _due_cell(due: dt.date | None, on: dt.date) -> Cell:
    if due is None:
        return Cell("")
    return Cell(in_words(due), kind="date", value=due, note="overdue" if due < on else "")


def _meeting_column(key: str, heading: str, of: Callable[[BoardLine], Meeting | None], none: str) -> Column:
    def cell(line: BoardLine) -> Cell:
        meeting = of(line)
        return (
            Cell(in_words(meeting.day), url=reverse("boards:meeting", args=[line.board.slug, meeting.pk]))
            if meeting
            else Cell(none)
        )

    def moment(line: BoardLine) -> dt.datetime | None:
        return of(line).starts_at if of(line) else None

    return Column(key, heading, cell, moment, plain=lambda line: _iso(of(line).day if of(line) else None))


def _holder_cell(line: SeatLine) -> Cell:
    if line.membership.person:
        return Cell("In person")
    return Cell(line.holder) if line.holder else Cell("", kind="vacant")


def _day_column(key: str, heading: str, day: Callable[[Any], dt.date | None]) -> Column:
    def cell(row: Any) -> Cell:
        return Cell(in_words(day(row)), kind="date", value=day(row)) if day(row) else Cell("No last day")

    return Column(key, heading, cell, day, plain=lambda row: _iso(day(row)))


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
