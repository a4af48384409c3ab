"""How a forward plan reads: what waits, what is placed, what the terms ask for and nobody has taken up."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from boards import filling
from boards import rules_meetings as rules
from boards.disclosure import Sight, seen
from boards.models import Board, Duty, ForwardPlanEntry
from boards.presenters.crumbs import Crumbs, board_crumbs
from boards.queries.forward_plan import Plan
from kit.fields import in_words
from kit.tables import Cell, Column, Table
from people.actor import Actor


@dataclass(frozen=True)
class Line:
    """An entry with the title that its reader sees, once it is an item that others may not see whole."""

    entry: ForwardPlanEntry
    title: str
    whole: bool = True


def lines(plan: Plan, actor: Actor) -> list[Line]:
    """What the reader may see: an entry that became an item is seen as the item is."""
    found = []
    for entry in plan.entries:
        item = entry.item
        sight = seen(item, actor) if item else Sight.WHOLE
        if sight is Sight.NOTHING:
            continue
        title = item.cover_title if sight is Sight.COVER_TITLE else entry.title
        found.append(Line(entry, title, sight is Sight.WHOLE))
    return found


def table(request: HttpRequest, board: Board, lines: Sequence[Line], may_edit: bool) -> Table:
    """The entries: those that wait can be changed."""

    def title_cell(line: Line) -> Cell:
        entry = line.entry
        may = may_edit and rules.may_change_entry(entry)
        url = reverse("boards:forward_plan_edit", args=[board.slug, entry.pk]) if may else ""
        return Cell(line.title, url=url)

    columns = [
        Column("title", "What", title_cell, lambda line: line.title.casefold()),
        Column("purpose", "For", lambda line: Cell(_for(line)), _for),
        Column(
            "presenter",
            "Presented by",
            lambda line: Cell(_presenter(line)),
            lambda line: _presenter(line).casefold(),
        ),
        Column(
            "minutes",
            "Minutes",
            lambda line: Cell(str(line.entry.minutes), kind="number", value=line.entry.minutes),
            lambda line: line.entry.minutes,
            numeric=True,
        ),
        _day("not_before", "Not before", lambda line: line.entry.not_before),
        _day("wanted_by", "Wanted by", lambda line: line.entry.wanted_by),
        Column("state", "Where it stands", _state, lambda line: _state(line).text),
    ]
    if may_edit and not request.GET.get("download"):
        columns.append(Column("drop", "Drop", lambda line: _drop(board, line)))
    return Table(
        request,
        caption="Forward plan",
        columns=columns,
        rows=lines,
        name=f"forward-plan-{board.slug}",
        empty_text="Nothing is planned ahead. Add the deep dives and duties that the board means to take up.",
    )


def untouched_rows(duties: Sequence[Duty]) -> list[dict]:
    """Duties that no agenda has touched, for a list."""
    return [{"text": duty.text, "times": _times(duty)} for duty in duties]


def placements(plan: Plan, filled: filling.Filling) -> list[dict]:
    """What goes where, meeting by meeting."""
    days = {meeting.pk: meeting for meeting in plan.meetings}
    found: dict[int, list[dict]] = {}
    for each in filled.placed:
        title = each.entry.title if each.entry else each.duty.text
        minutes = each.entry.minutes if each.entry else filling.DUTY_MINUTES
        found.setdefault(each.meeting, []).append({"title": title, "minutes": minutes, "why": each.why})
    return [{"meeting": days[key], "day": in_words(days[key].day), "rows": rows} for key, rows in found.items()]


def crumbs(board: Board) -> Crumbs:
    """To the board's forward plan."""
    return board_crumbs(board, ("Forward plan", ""))


def crumbs_to(board: Board) -> Crumbs:
    """From the board's forward plan to a page about it, which comes after it."""
    return board_crumbs(board, ("Forward plan", reverse("boards:forward_plan", args=[board.slug])))


def _drop(board: Board, line: Line) -> Cell:
    if not rules.may_change_entry(line.entry):
        return Cell("")
    return Cell("Drop", url=reverse("boards:forward_plan_drop", args=[board.slug, line.entry.pk]))


def _for(line: Line) -> str:
    kind = line.entry.get_purpose_display()
    return f"{kind}: {line.entry.stream}" if line.entry.stream and line.whole else kind


def _presenter(line: Line) -> str:
    return str(line.entry.presenter_post or "") if line.whole else ""


def _state(line: Line) -> Cell:
    entry = line.entry
    if entry.item:
        meeting = entry.item.meeting
        return Cell(f"On the agenda of {in_words(meeting.day)}", url=meeting.get_absolute_url())
    if entry.dropped_because:
        return Cell("Dropped", note=entry.dropped_because)
    return Cell("Waits")


def _day(key: str, heading: str, day) -> Column:
    return Column(
        key,
        heading,
        lambda line: Cell(in_words(day(line)), kind="date") if day(line) else Cell(""),
        day,
        plain=lambda line: day(line).isoformat() if day(line) else "",
    )


def _times(duty: Duty) -> str:
    if not duty.times_a_year:
        return ""
    return "Due once a year." if duty.times_a_year == 1 else f"Due {duty.times_a_year} times a year."
