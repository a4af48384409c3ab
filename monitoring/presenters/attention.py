"""What asks for attention: returns that are overdue or missing, and where lead and overseer differ."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from kit.clock import local_date
from kit.tables import Cell, Column, Table
from monitoring.presenters.standings import order, word
from monitoring.queries.dashboard import Dashboard, Late, Line
from monitoring.queries.history import Standing, may_see_submitted
from monitoring.rules import say
from people.actor import Actor


def late_table(request: HttpRequest, board: Dashboard, actor: Actor) -> Table:
    """Overdue and missing returns: with whom they wait for those who run or check, else that they are missing."""
    tells = may_see_submitted(actor)
    columns = [
        _commitment(lambda late: late.line),
        Column("state", "State", _late_state, lambda late: late.is_missing, plain=_late_state_plain),
    ]
    if tells:
        columns += [
            Column("post", "Waits with", _late_post, lambda late: late.wait.post.title if late.wait else None),
            Column("holder", "Holder today", _late_holder, plain=_late_holder_plain),
            Column("since", "Since", _late_since, lambda late: late.wait.since if late.wait else None),
            Column("days", "Days", _late_days, lambda late: late.wait.days if late.wait else None, True),
            Column("missed_by", "Lead at the close", lambda late: Cell(late.row.missed_by)),
        ]
    return Table(
        request,
        caption="Overdue and missing" if tells else "Missing",
        columns=columns,
        rows=board.late,
        name="overdue-and-missing" if tells else "missing",
        sort="commitment",
        sort_param="late-sort",
        empty_text=f"No return is {'overdue or ' if tells else ''}missing in {board.shown.label}.",
    )


def differing_table(request: HttpRequest, board: Dashboard) -> Table:
    """Where the lead's rating and the overseer's differ, the rosiest leads first."""
    signed = (
        Column("signed", "Signed off by", _signed_by, plain=_signer_of),
        Column("signed_on", "Signed off on", _signed_by, plain=lambda line: _signed_day(line).isoformat()),
    )
    columns = [
        _commitment(lambda line: line),
        Column("lead", "Lead", lambda line: _rating(line.now.kind), lambda line: order(line.now)),
        Column("overseer", "Overseer", lambda line: _rating(line.now.overseer), lambda line: line.now.overseer),
        Column("gap", "The lead is", lambda line: Cell(_gap(line.now)), lambda line: -line.now.gap),
        Column("comment", "Overseer’s comment", lambda line: Cell(line.row.shown_versions[0].overseer_comment)),
        Column(
            "signed", "Signed off by", _signed_by, lambda line: line.row.shown_versions[0].signed_off_at, file=signed
        ),
    ]
    return Table(
        request,
        caption="Lead and overseer differ",
        columns=columns,
        rows=board.differing,
        name="lead-and-overseer-differ",
        sort="gap",
        sort_param="differ-sort",
        empty_text=f"No overseer has given another rating than the lead in {board.shown.label}.",
    )


def _commitment(line_of: Callable[[Any], Line]) -> Column:
    def cell(row: Any) -> Cell:
        commitment = line_of(row).commitment
        return Cell(str(commitment), url=commitment.get_absolute_url())

    return Column("commitment", "Commitment", cell, lambda row: line_of(row).commitment.number)


def _late_state(late: Late) -> Cell:
    if not late.is_missing:
        return Cell("Overdue", kind="state", value="overdue", note=f"Due by {say(late.row.round.due_on)}")
    now = late.line.now
    if now and now.signed:
        note = "Came in late, signed off"
    elif late.wait and late.row.first_submitted_at:
        note = "Came in late, not signed off"
    elif late.wait:
        note = f"Let in late until {say(late.row.late_until)}"
    else:
        note = ""
    return Cell("Missing", kind="state", value="missing", note=note)


def _late_state_plain(late: Late) -> str:
    cell = _late_state(late)
    return f"{cell.text}: {cell.note}" if cell.note else cell.text


def _late_post(late: Late) -> Cell:
    if late.wait is None:
        return Cell("Nobody")
    return Cell(late.wait.post.title, url=late.wait.post.get_absolute_url())


def _late_holder(late: Late) -> Cell:
    if late.wait is None:
        return Cell("")
    return Cell(late.wait.person.name) if late.wait.person else Cell("", kind="vacant")


def _late_holder_plain(late: Late) -> str:
    return "Vacant" if late.wait and late.wait.person is None else _late_holder(late).text


def _late_since(late: Late) -> Cell:
    return Cell(say(late.wait.since), kind="date") if late.wait else Cell("")


def _late_days(late: Late) -> Cell:
    return Cell(str(late.wait.days), kind="number", value=late.wait.days) if late.wait else Cell("", kind="number")


def _rating(kind: str) -> Cell:
    return Cell(word(kind), kind="rating", value=kind)


def _gap(standing: Standing) -> str:
    steps = abs(standing.gap)
    return f"{steps} step{'s' if steps > 1 else ''} {'rosier' if standing.gap > 0 else 'more cautious'}"


def _signed_by(line: Line) -> Cell:
    return Cell(_signer_of(line), note=say(_signed_day(line)))


def _signer_of(line: Line) -> str:
    version = line.row.shown_versions[0]
    return f"{version.overseer_name}, {version.overseer_post_title}"


def _signed_day(line: Line) -> dt.date:
    return local_date(line.row.shown_versions[0].signed_off_at)
