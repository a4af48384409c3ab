"""A board's record against its terms in a year, as a document. Given judged records, asks nothing."""

from collections.abc import Sequence

from django.utils.text import capfirst

from boards.choices import Category
from boards.compliance import Record
from boards.compliance.figures import WORDS, per_cent
from boards.models import Board
from boards.presenters.compliance import of_text
from boards.presenters.deadlines import due_words
from boards.queries.compliance import Changed, Late
from kit import charts, reports
from kit.fields import in_words
from kit.working_days import moment_in_words


def document(
    board: Board, record: Record, late: Sequence[Late], changed: Sequence[Changed], chart: charts.Chart
) -> bytes:
    """The PDF, with the same figures, sentences and reasons as the page."""
    parts = [reports.note(record.sentence), reports.heading("Promises and figures"), _figures(record)]
    if not chart.empty:
        parts.append(reports.heading("Over the years"))
        parts.append(reports.picture(charts.svg(chart.spec), chart.alt, chart.finding))
    parts += [reports.heading("Late or missing"), *_late(late)]
    parts += [reports.heading("Moved or cancelled"), *_changed(changed)]
    parts += [reports.heading("Duties"), *_duties(record)]
    parts += [reports.heading("Attendance by post"), *_attendance(record)]
    facts = [("Year", record.year.label), ("Verdict", _verdict(record)), ("Terms kept", _kept(record))]
    return reports.report(title_of(board, record), parts, above=f"{board.title} ({board.code})", facts=facts)


def title_of(board: Board, record: Record) -> str:
    """What the document is called."""
    return f"How {board.title} kept to its terms in {record.year.label}"


def _verdict(record: Record) -> str:
    return WORDS[record.outcome]


def _kept(record: Record) -> str:
    return f"{len(record.kept)} of {len(record.judged)}" if record.judged else "Nothing to judge yet"


def _figures(record: Record) -> reports.Part:
    rows = [(each.label, each.word or "Counted", of_text(each), each.sentence) for each in record.figures.values()]
    return reports.table(("What", "Verdict", "Count", "In words"), rows, widths=(5, 3, 2, 10))


def _attendance(record: Record) -> list[reports.Part]:
    if not record.seats:
        return [reports.prose("None was recorded." if record.was_held else f"No meetings held in {record.year.label}.")]
    rows = [
        (
            seat.tally.label,
            Category(seat.tally.category).label,
            f"{seat.tally.came} of {seat.due} ({per_cent(seat.tally.came, seat.due)})" if seat.due else "None to count",
            seat.tally.deputy,
            seat.tally.apologies,
            seat.tally.absent,
            seat.tally.vacant,
        )
        for seat in record.seats
    ]
    headings = ("Seat", "As", "Came", "Deputy", "Apologies", "Absent", "Vacant")
    return [reports.table(headings, rows, widths=(8, 6, 6, 3, 4, 3, 3))]


def _late(late: Sequence[Late]) -> list[reports.Part]:
    if not late:
        return [reports.prose("Nothing was late or missing.")]
    rows = [
        (
            each.product,
            in_words(each.day),
            capfirst(due_words(each.due_at)),
            capfirst(moment_in_words(each.met_at)) if each.met_at else "Not at all so far",
            each.note or "No reason given",
        )
        for each in late
    ]
    return [reports.table(("What", "Meeting", "Was due", "Came", "Why"), rows, widths=(3, 3, 4, 4, 4))]


def _changed(changed: Sequence[Changed]) -> list[reports.Part]:
    if not changed:
        return [reports.prose("No meeting was moved or cancelled.")]
    rows = [
        (in_words(each.day), f"{each.verb.capitalize()} {each.detail}", each.reason or "No reason given")
        for each in changed
    ]
    return [reports.table(("Meeting", "What", "Why"), rows, widths=(3, 5, 5))]


def _duties(record: Record) -> list[reports.Part]:
    if not record.duties:
        return [reports.prose("The terms in force list no duties.")]
    return [
        reports.table(("Duty", "What became of it"), [(e.duty.text, e.sentence) for e in record.duties], widths=(3, 2))
    ]
