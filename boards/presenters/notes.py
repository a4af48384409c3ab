"""How a quarterly note reads, as a page and as a document. Given its lines, asks nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from boards.models import Board, QuarterlyNote
from boards.presenters.crumbs import Crumbs, board_crumbs
from kit import clock, reports
from kit.fields import in_words
from kit.tables import Cell, Column, Table

NOTHING = "Nothing in this quarter."


def table(request: HttpRequest, board: Board, notes: Sequence[QuarterlyNote]) -> Table:
    """Notes from and to a board."""
    columns = [
        Column(
            "quarter",
            "Quarter",
            lambda note: Cell(note.body["label"], url=note.get_absolute_url()),
            lambda note: (note.starts, note.number),
        ),
        Column("from", "From", lambda note: Cell(note.from_board.title), lambda note: note.from_board.title),
        Column("to", "To", lambda note: Cell(note.to_board.title), lambda note: note.to_board.title),
        Column(
            "number",
            "Number",
            lambda note: Cell(str(note.number), kind="number", value=note.number),
            lambda note: note.number,
            numeric=True,
        ),
        Column(
            "issued",
            "Issued",
            lambda note: Cell(in_words(clock.local_date(note.issued_at)), kind="date", note=f"by {note.issued_by}"),
            lambda note: note.issued_at,
            plain=lambda note: clock.local_date(note.issued_at).isoformat(),
        ),
    ]
    return Table(
        request,
        caption="Quarterly notes",
        columns=columns,
        rows=notes,
        name=f"notes-{board.slug}",
        empty_text="No note has been issued. One is made of what was decided in a quarter.",
    )


def title_of(note: QuarterlyNote) -> str:
    """ "Note on Q3 2021-22", with its number from the second on."""
    again = f", number {note.number}" if note.number > 1 else ""
    return f"Note on {note.body['label']}{again}"


def parts(body: dict[str, Any], from_board: Board, to_board: Board) -> list[dict[str, Any]]:
    """The headings with their rows."""
    return [
        {"heading": f"What {from_board} decided", "rows": [_decided(line) for line in body["decisions"]]},
        {"heading": f"What {from_board} referred to {to_board}", "rows": [_referred(line) for line in body["sent"]]},
        {
            "heading": f"What {from_board} made of what {to_board} referred",
            "rows": [_referred(line) for line in body["received"]],
        },
    ]


def document(note: QuarterlyNote, body: dict[str, Any]) -> bytes:
    """The PDF."""
    found = [reports.prose(note.opening)] if note.opening else []
    for part in parts(body, note.from_board, note.to_board):
        found.append(reports.heading(part["heading"]))
        if not part["rows"]:
            found.append(reports.prose(NOTHING))
        for row in part["rows"]:
            found.append(reports.heading(row["title"], 2))
            found.append(reports.prose(row["text"]))
            if row["note"]:
                found.append(reports.prose(row["note"]))
    issued = f"{in_words(clock.local_date(note.issued_at))}, by {note.issued_by}"
    facts = [
        ("From", note.from_board.title),
        ("To", note.to_board.title),
        ("About", f"{in_words(note.starts)} to {in_words(note.ends)}"),
        ("Issued", issued),
    ]
    return reports.report(title_of(note), found, above=f"{note.from_board.title} ({note.from_board.code})", facts=facts)


def crumbs(board: Board) -> Crumbs:
    """To the notes of a board."""
    return board_crumbs(board, ("Quarterly notes", ""))


def _decided(line: dict[str, Any]) -> dict[str, str]:
    note = "Subject to ratification." if line["provisional"] else ""
    title = f"{line['reference']}: {line['kind']}, {_day(line['day'])}"
    return {"title": title, "text": line["text"], "note": note}


def _referred(line: dict[str, Any]) -> dict[str, str]:
    title = f"{line['reference']}: {line['title']}"
    answer = f"{line['answer']} on {_day(line['answered'])}. {line['summary']}" if line["answer"] else "No answer yet."
    return {"title": title, "text": line["text"], "note": f"Sent on {_day(line['sent'])}. {answer}"}


def _day(text: str) -> str:
    return in_words(dt.date.fromisoformat(text))
