"""All boards at a glance: one row a board, a verdict word and a count a promise."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.urls import reverse

from boards.compliance import Figure, Record, Year
from boards.compliance.figures import WORDS
from boards.presenters.compliance import of_text, share_text
from kit.tables import Cell, Column, Table

HEADINGS = {
    "frequency": "Met as often as asked",
    "meetings": "Meetings held",
    "quorate_meetings": "Quorate",
    "attendance": "Attendance",
    "papers": "Papers in time",
    "actions": "Actions in time",
    "minutes": "Minutes in time",
    "review": "Terms reviewed",
    "duties": "Duties",
}


def table(request: HttpRequest, year: Year, records: Sequence[Record]) -> Table:
    """Sorted by board; each column by its share."""
    columns = [
        Column("board", "Board", _board, lambda record: record.board.title.casefold()),
        Column("verdict", "Terms kept", _verdict, _kept_share, plain=lambda record: record.sentence),
        *(_column(key, heading) for key, heading in HEADINGS.items()),
    ]
    return Table(
        request,
        caption=f"How boards kept to their terms in {year.label}",
        columns=columns,
        rows=records,
        name=f"boards-{year.label}",
        sort="board",
        empty_text=f"No board was at work in {year.label}.",
    )


def years(found: Sequence[Year], shown: Year) -> list[dict]:
    """The way from year to year."""
    here = reverse("boards:compliance_all")
    return [{"label": year.label, "url": f"{here}?year={year.label}", "current": year == shown} for year in found]


def _column(key: str, heading: str) -> Column:
    def figure(record: Record) -> Figure:
        return _papers(record) if key == "papers" else record.figures[key]

    def cell(record: Record) -> Cell:
        found = figure(record)
        if key == "meetings" and not record.was_held:
            return Cell("No meetings held", note=of_text(found))
        if key == "attendance" and found.of:
            return Cell(share_text(found), note=of_text(found))
        if not found.is_judged and not found.of:
            return Cell("No data")
        return Cell(found.word or of_text(found), note=of_text(found) if found.word else "")

    def order(record: Record) -> float | None:
        share = figure(record).share
        return share if share is not None or not figure(record).is_judged else float(figure(record).word == "Kept")

    file = (
        Column(key, heading, cell, plain=lambda record: figure(record).word or "Counted"),
        Column(f"{key}_count", f"{heading}: count", cell, plain=lambda record: figure(record).good),
        Column(f"{key}_of", f"{heading}: of", cell, plain=lambda record: figure(record).of),
    )
    return Column(key, heading, cell, order, file=file)


def _papers(record: Record) -> Figure:
    """Of papers, or of what the terms promise in their place."""
    found = [record.figures[key] for key in ("papers", "pack", "briefing") if key in record.figures]
    return next((figure for figure in found if figure.of), found[0])


def _board(record: Record) -> Cell:
    url = reverse("boards:compliance", args=[record.board.slug])
    return Cell(record.board.title, url=f"{url}?year={record.year.label}")


def _verdict(record: Record) -> Cell:
    return Cell(WORDS[record.outcome], kind="state", value=record.outcome.value, note=_count(record))


def _count(record: Record) -> str:
    return f"{len(record.kept)} of {len(record.judged)}" if record.judged else ""


def _kept_share(record: Record) -> float | None:
    return len(record.kept) / len(record.judged) if record.judged else None
