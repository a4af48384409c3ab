"""Giving figures of measures: one on a form, many by sheet. Nothing is overwritten; what changes is a revision."""

import csv
import io
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from commitments.models import Measure
from kit import clock
from kit.crispy import helper
from kit.edit_pages import attempt, form_page, insist
from kit.periods import Period, add_months, period_holding
from kit.verdict import ALLOWED, Verdict, refused
from monitoring.forms.measures import RecordForm, SheetForm, seen_text
from monitoring.models import Observation
from monitoring.presenters import measures as present
from monitoring.queries import measure_pages as queries
from monitoring.queries.disclosure import group_of
from monitoring.rules_doubts import doubts
from monitoring.rules_observations import faults, may_enter, periods_due, repeats, worked_out
from monitoring.services import observation_sheet as sheets
from monitoring.services import observations
from monitoring.services.observation_sheet import ACCEPTED, Change, ObservationSheet, Outcome
from monitoring.services.observations import cell_of
from people.actor import Actor

YEARS_BEFORE = 4  # figures from before the strategy are there to be its baselines
MOST = 100


@form_page
def record(request: HttpRequest, code: str) -> HttpResponse:
    """`/measures/<code>/record/`: one figure, new or revised. `period` and `group` in the address choose it."""
    line = queries.line_of(request.actor, code, request.actor.on)
    if line is None:
        raise Http404
    insist(may_enter(request.actor, line.measure))
    asked = {name: request.GET.get(name, "") for name in ("period", "group")}
    before = _recorded(line, **asked)
    form = RecordForm(
        request.POST if request.method == "POST" else None,
        measure=line.book.measure,
        periods=_periods(line, request.actor),
        whole=present.group_name(line.book, None),
        initial=asked | {"seen": seen_text(**asked, row=before)} | (_initial(line, before) if before else {}),
    )
    title = "Revise a figure" if before else "Record a figure"
    form.helper = helper(
        form, *form.layout(), submit="Save the figure", secondary=[("Cancel", present.url_of(line.measure))]
    )
    if request.method == "POST" and form.is_valid() and request.POST.get("then") != "change":
        if request.POST.get("sure") != form.typed and (asked_about := _doubts(line, form, request.actor)):
            return _check(request, line, form, asked_about)
        recorded = attempt(form, lambda: _record(form, request.actor))
        if recorded is not None:
            messages.success(request, _said(recorded))
            return redirect("monitoring:measure", code)
        if form.conflict:
            # It may have come after the page was read, and may hide.
            line = queries.line_of(request.actor, code, request.actor.on) or line
            before = next((row for row in line.book.observations if row.pk == form.conflict.pk), None)
    context = {
        "form": form,
        "title": title,
        "measure": line.measure,
        "notice": present.notice([line]),
        "before": present.shown_before(line.book, before) if before else "",
    }
    return render(request, "monitoring/measure/record.html", context, status=422 if form.errors else 200)


def _record(form: RecordForm, by: Actor) -> Observation | None:
    figure = form.figure()
    seen = {figure.cell: form.seen_revision}
    try:
        return observations.record_many(figures=[figure], by=by, at=clock.now(), seen=seen)[0]
    except observations.NotAFigure as refusal:
        form.tell(refusal.faults)
        return None


def _doubts(line: queries.Line, form: RecordForm, by: Actor) -> list[str]:
    """What to ask about a figure that can be recorded; nothing of one that is refused anyway."""
    figure, book = form.figure(), line.book
    before = next((row for row in book.observations if cell_of(row) == figure.cell), None)
    hides = before is not None and book.disclosure.hides(before)
    if before is not None and before.revision != form.seen_revision:
        return []
    if repeats(figure, before, hides) or faults(figure, before, by.on, hides=hides):
        return []
    return doubts(figure, book.observations, book.disclosure.hides)


def _check(request: HttpRequest, line: queries.Line, form: RecordForm, asked_about: list[str]) -> HttpResponse:
    """Asked once: everything that was typed goes along, and back."""
    context = {
        "form": form,
        "measure": line.measure,
        "doubts": asked_about,
        "notice": present.notice([line]),
        "figure": present.value_words(line.book, worked_out(line.measure, *form.figure().numbers)),
        "period": form.figure().period.label,
    }
    return render(request, "monitoring/measure/record_check.html", context)


def _said(row: Observation) -> str:
    period = period_holding(row.period_starts, row.measure.cadence).label
    return f"{period} is {'revised. The earlier figure stays in the record' if row.revision > 1 else 'recorded'}."


def _recorded(line: queries.Line, period: str, group: str) -> Observation | None:
    rows = (row for row in line.book.observations if row.period_starts.isoformat() == period and group_of(row) == group)
    return next(rows, None)


def _initial(line: queries.Line, row: Observation) -> dict:
    """What is recorded, to start from; nothing of a figure that hides."""
    if line.book.disclosure.hides(row):
        return {"status": row.status}
    numbers = {name: getattr(row, name) for name in ("value", "numerator", "denominator")}
    if row.numerator is not None and row.unit_kind == "share":
        numbers["value"] = None  # it follows from the other two
    typed = {name: f"{number.normalize():f}" for name, number in numbers.items() if number is not None}
    return {**typed, "status": row.status, "source_note": row.source_note}


def _periods(line: queries.Line, actor: Actor) -> list[Period]:
    """Periods that are over, the newest first, from some years before the first strategy of the measure."""
    starts = [commitment.strategy.starts for commitment in line.commitments] or [actor.on]
    found = periods_due(line.measure.cadence, add_months(min(starts), -12 * YEARS_BEFORE), actor.on)
    return found[::-1]


# By sheet


def may_enter_some(actor: Actor, measures: Sequence[Measure]) -> Verdict:
    """Give figures by sheet: whoever may give those of one measure at least."""
    verdicts = [may_enter(actor, measure) for measure in measures]
    if any(verdicts):
        return ALLOWED
    return verdicts[0] if verdicts else refused("There is no measure yet whose figures you could give.")


@form_page
def sheet(request: HttpRequest) -> HttpResponse:
    """`/measures/sheet/`: figures pasted or in a file; what they would change; then, confirmed, all or nothing."""
    actor = request.actor
    lines = queries.lines(actor, actor.on)
    mine = [line for line in lines if may_enter(actor, line.measure)]
    insist(may_enter_some(actor, [line.measure for line in lines]))
    cancel = reverse("monitoring:measures")
    if request.method != "POST":
        return _sheet_page(request, SheetForm(cancel=cancel, initial={"figures": _template(request, mine)}), mine)
    form = SheetForm(request.POST, request.FILES, cancel=cancel)
    if not form.is_valid():
        return _sheet_page(request, form, mine)
    if request.POST.get("then") == "back":
        return _sheet_page(request, form, mine)
    source = _source(form)
    if request.POST.get("then") == "save":
        outcome = sheets.apply(
            source=source, by=actor, at=clock.now(), expected=request.POST.get("expected", ""), only=_codes(lines)
        )
        if outcome.applied:
            messages.success(
                request,
                f"{len(outcome.added)} recorded, {len(outcome.revised)} revised, {outcome.unchanged} as before.",
            )
            return redirect("monitoring:measures")
        if outcome.refusal:
            messages.error(request, outcome.refusal)
    else:
        outcome = sheets.check(source=source, by=actor, only=_codes(lines))
    if source.sheet is not None and form.files:
        # What was in the file can be put right here, and is not lost.
        form = SheetForm({"figures": _text(source)}, cancel=cancel)
        form.is_valid()
    if outcome.problems:
        return _sheet_page(request, form, mine, outcome)
    if not outcome.changes:
        messages.info(request, "STRIDE has all of these figures already. Nothing was changed.")
        return redirect("monitoring:measures_sheet")
    return _review(request, outcome, form.cleaned_data["figures"], lines)


def _codes(lines: list[queries.Line]) -> set[str]:
    """Of measures in reach: a code of any other is told as if it were not there."""
    return {line.measure.code for line in lines}


def _source(form: SheetForm) -> ObservationSheet:
    file = form.cleaned_data.get("file")
    if not file:
        return sheets.read_text(form.cleaned_data["figures"])
    if file.size > sheets.LIMITS.file_bytes:
        return sheets.read_file(b"\0" * (sheets.LIMITS.file_bytes + 1), file.name)
    return sheets.read_file(file.read(), file.name)


def _text(source: ObservationSheet) -> str:
    """A sheet as text that reads the same again, each row on its number."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(source.sheet.headings)
    for row in source.sheet.rows:
        writer.writerow([cell or "" for cell in row.cells])
    return buffer.getvalue()


def _template(request: HttpRequest, mine: list[queries.Line]) -> str:
    """The headings, and a row for each figure that is due from the actor, when that is asked for."""
    if "due" not in request.GET:
        return ""
    rows = [
        (line.measure.code, period.starts, period.ends, group.code if group else "")
        for line in mine
        for period, group in line.due
        if request.actor.speaks_for & {post.pk for post in line.posts}
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(sheets.COLUMNS)
    writer.writerows(rows)
    return buffer.getvalue()


def _sheet_page(
    request: HttpRequest, form: SheetForm, mine: list[queries.Line], outcome: Outcome | None = None
) -> HttpResponse:
    problems = outcome.problems if outcome else None
    context = {
        "form": form,
        "outcome": outcome,
        "problems": problems.shown if problems else [],
        "more": problems.total - len(problems.shown) if problems else 0,
        "columns": ACCEPTED.items(),
        "mine": mine,
        "notice": present.notice(mine),
    }
    return render(request, "monitoring/measure/sheet.html", context, status=422 if problems or form.errors else 200)


def _review(request: HttpRequest, outcome: Outcome, text: str, lines: list[queries.Line]) -> HttpResponse:
    codes = {change.figure.measure.code for change in outcome.changes}
    changed = [line for line in lines if line.measure.code in codes]
    books = {line.measure.code: line.book for line in changed}
    changes = [_told(change, books[change.figure.measure.code]) for change in outcome.changes[:MOST]]
    context = {
        "outcome": outcome,
        "changes": changes,
        "more": len(outcome.changes) - len(changes),
        "figures": text,
        "notice": present.notice(changed),
    }
    return render(request, "monitoring/measure/sheet_review.html", context)


def _told(change: Change, book) -> dict:
    figure, before = change.figure, change.before
    mine = next((row for row in book.history if before is not None and row.pk == before.pk), None)
    return {
        "row": change.row,
        "measure": figure.measure.title,
        "period": figure.period.label,
        "group": present.group_name(book, figure.group),
        "was": present.shown_before(book, mine) if mine else "",
        "now": present.value_words(book, change.value),
        "status": figure.status,
        "reason": figure.reason,
    }
