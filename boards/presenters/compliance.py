"""How a board's record against its terms reads. Given judged records, asks nothing."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from boards.choices import Category
from boards.compliance import Figure, Record, Year
from boards.compliance.attendance import SeatRecord
from boards.compliance.figures import WORDS, per_cent
from boards.compliance.terms import DutyRecord
from boards.models import Board
from boards.presenters.deadlines import due_words
from boards.queries.compliance import Changed, Late
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from kit.working_days import moment_in_words


def share_text(figure: Figure) -> str:
    """ "83%"; empty without anything to count."""
    return per_cent(figure.good, figure.of) if figure.of and figure.good is not None else ""


def of_text(figure: Figure) -> str:
    """ "5 of 6"; empty without anything to count."""
    return f"{figure.good} of {figure.of}" if figure.of else ""


def figures_table(request: HttpRequest, board: Board, record: Record) -> Table:
    """Every figure; the page draws it as a list, the file is this."""
    columns = [
        Column("what", "What", lambda figure: Cell(figure.label)),
        Column("verdict", "Verdict", lambda figure: Cell(figure.word)),
        Column("count", "Count", lambda figure: Cell("", value=figure.good), plain=lambda figure: figure.good),
        Column("of", "Of", lambda figure: Cell("", value=figure.of), plain=lambda figure: figure.of),
        Column("share", "Per cent", lambda figure: Cell(share_text(figure)), plain=_share),
        Column("sentence", "In words", lambda figure: Cell(figure.sentence)),
    ]
    name = f"compliance-{board.slug}-{record.year.label}"
    return Table(request, caption="Compliance", columns=columns, rows=record.figures.values(), name=name)


def seats_table(request: HttpRequest, record: Record) -> Table:
    """Attendance by post, deputies apart."""

    def number(key: str, heading: str, value) -> Column:
        return Column(key, heading, lambda seat: Cell(str(value(seat)), kind="number", value=value(seat)), value, True)

    columns = [
        Column("seat", "Seat", lambda seat: Cell(seat.tally.label), lambda seat: seat.tally.label.casefold()),
        Column("as", "As", lambda seat: Cell(Category(seat.tally.category).label)),
        number("due", "Meetings due at", lambda seat: seat.due),
        number("came", "Came", lambda seat: seat.tally.came),
        Column("share", "Attendance", _attendance, lambda seat: seat.share, True, plain=_seat_share),
        number("deputy", "Deputy came", lambda seat: seat.tally.deputy),
        number("apologies", "Apologies", lambda seat: seat.tally.apologies),
        number("absent", "Absent", lambda seat: seat.tally.absent),
        number("vacant", "Vacant", lambda seat: seat.tally.vacant),
    ]
    return Table(
        request,
        caption=f"Attendance by post in {record.year.label}",
        columns=columns,
        rows=record.seats,
        name="attendance",
        sort_param="attendance_sort",
        empty_text=f"No meetings held in {record.year.label}." if not record.was_held else "None was recorded.",
    )


def late_table(request: HttpRequest, board: Board, late: Sequence[Late]) -> Table:
    """What came late or not at all, why, and what it was promised for."""
    columns = [
        Column("product", "What", lambda row: Cell(row.product), lambda row: row.product),
        Column("meeting", "For the meeting of", lambda row: _meeting(board, row), lambda row: row.day),
        Column("due", "Was due", lambda row: Cell(capfirst(due_words(row.due_at))), lambda row: row.due_at),
        Column("came", "Came", _came, lambda row: row.met_at),
        Column("why", "Why", lambda row: Cell(row.note or "No reason given"), lambda row: row.note),
    ]
    return Table(
        request,
        caption="Late or missing",
        columns=columns,
        rows=late,
        name="late",
        sort_param="late_sort",
        empty_text="Nothing was late or missing.",
    )


def changed_table(request: HttpRequest, board: Board, changed: Sequence[Changed]) -> Table:
    """Meetings moved and cancelled, with the reasons given."""
    columns = [
        Column("meeting", "Meeting of", lambda row: _meeting(board, row), lambda row: row.day),
        Column("what", "What", lambda row: Cell(row.verb.capitalize(), note=row.detail), lambda row: row.verb),
        Column("why", "Why", lambda row: Cell(row.reason or "No reason given"), lambda row: row.reason),
    ]
    return Table(
        request,
        caption="Moved or cancelled",
        columns=columns,
        rows=changed,
        name="changed",
        sort_param="changed_sort",
        empty_text="No meeting was moved or cancelled.",
    )


def duties_table(request: HttpRequest, record: Record) -> Table:
    """Each duty with what became of it."""

    def asked(row: DutyRecord) -> str:
        times = row.duty.times_a_year
        return f"{times} a year" if times else "As needed"

    columns = [
        Column("duty", "Duty", lambda row: Cell(row.duty.text), lambda row: row.duty.text.casefold()),
        Column("asked", "Asked", lambda row: Cell(asked(row)), lambda row: row.duty.times_a_year),
        Column("taken", "What became of it", lambda row: Cell(row.sentence), lambda row: row.meetings),
    ]
    return Table(
        request,
        caption=f"Duties in {record.year.label}",
        columns=columns,
        rows=record.duties,
        name="duties",
        sort_param="duties_sort",
        empty_text="The terms in force list no duties.",
    )


def years(board: Board, found: Sequence[Year], shown: Year) -> list[dict]:
    """The way from year to year."""
    here = reverse("boards:compliance", args=[board.slug])
    return [{"label": year.label, "url": f"{here}?year={year.label}", "current": year == shown} for year in found]


def lines(record: Record) -> list[dict]:
    """The list at the top of the page: what, verdict, sentence, count."""
    return [
        {"figure": figure, "state": figure.outcome.value, "word": WORDS[figure.outcome], "of": of_text(figure)}
        for figure in record.figures.values()
    ]


def _share(figure: Figure):
    return "" if figure.share is None else round(figure.share, 1)


def _seat_share(seat: SeatRecord):
    return "" if seat.share is None else round(seat.share, 1)


def _attendance(seat: SeatRecord) -> Cell:
    text = per_cent(seat.tally.came, seat.due) if seat.due else "None to count"
    return Cell(text, kind="number", value=seat.share)


def _meeting(board: Board, row: Late | Changed) -> Cell:
    return Cell(in_words(row.day), url=reverse("boards:meeting", args=[board.slug, row.meeting]), value=row.day)


def _came(row: Late) -> Cell:
    return Cell(f"Late, {moment_in_words(row.met_at)}" if row.met_at else "Not at all so far")
