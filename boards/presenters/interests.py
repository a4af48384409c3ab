"""How the register of interests reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from boards.models import Board, Interest
from boards.queries.interests import PersonInterests
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from people.models import Person
from people.presenters import days_sentence


@dataclass(frozen=True)
class RegisterRow:
    """One interest of somebody on the board, or that they have none."""

    line: PersonInterests
    interest: Interest | None


def register_table(request: HttpRequest, board: Board, lines: Sequence[PersonInterests]) -> Table:
    """The register of a board. Whoever has declared nothing has a row that says so."""
    rows = [RegisterRow(line, each) for line in lines for each in (line.interests or (None,))]
    columns = [
        Column(
            "person",
            "Person",
            lambda row: Cell(row.line.person.name, url=reverse("boards:interests_of", args=[row.line.person.code])),
            lambda row: row.line.person.name.casefold(),
        ),
        Column("seat", "Sits as", lambda row: Cell("; ".join(row.line.seats)), lambda row: row.line.seats),
        Column("interest", "Interest", lambda row: Cell(row.interest.text if row.interest else "None declared")),
        Column(
            "since",
            "Since",
            lambda row: Cell(in_words(row.interest.starts), kind="date") if row.interest else Cell(""),
            lambda row: row.interest.starts if row.interest else None,
            plain=lambda row: row.interest.starts.isoformat() if row.interest else "",
        ),
    ]
    return Table(
        request,
        caption=f"Interests of those who sit on {board}",
        columns=columns,
        rows=rows,
        name=f"interests-{board.slug}",
        sort="person",
        empty_text="Nobody sits on this board today. Add its members first.",
    )


def person_rows(person: Person, interests: Sequence[Interest], may_edit: bool) -> list[dict]:
    """One person's register, for a summary list, with what was ended."""
    return [
        {
            "key": days_sentence(each.starts, each.ends),
            "value": each.text,
            "actions": [
                {
                    "label": "Change",
                    "hidden": f" {each.text[:60]}",
                    "url": reverse("boards:interest_edit", args=[person.code, each.pk]),
                }
            ]
            if may_edit
            else [],
        }
        for each in interests
    ]
