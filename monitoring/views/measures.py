"""Reading measures: all of them, what is due of them, one of them on a day, its charts."""

import datetime as dt

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from kit.charts import chart_response, csv_response
from kit.fields import in_words
from monitoring import rules_observations as rules
from monitoring.forms.measures import MeasureFilter, OnForm
from monitoring.presenters import measure_charts
from monitoring.presenters import measures as present
from monitoring.queries import measure_pages as queries
from monitoring.queries.measures import status_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/measures/`."""
    lines = queries.lines(request.actor, request.actor.on)
    narrow = MeasureFilter(request.GET, choices=present.choices(lines))
    table = present.measures_table(request, present.narrowed(lines, narrow.asked))
    if table.wants_csv:
        return table.csv()
    context = {
        "table": table,
        "filter": narrow,
        "any": bool(lines),
        "all": len(lines),
        "due": sum(len(line.due) for line in lines),
        "may_enter": any(rules.may_enter(request.actor, line.measure) for line in lines),
        "notice": present.notice(lines),
    }
    return render(request, "monitoring/measure/list.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """`/measures/due/`: which figures are due, from whom, for how long."""
    lines = queries.lines(request.actor, request.actor.on)
    choices = {name: found for name, found in present.choices(lines).items() if name in {"programme", "post"}}
    narrow = MeasureFilter(request.GET, choices=choices)
    rows = queries.due(present.narrowed(lines, narrow.asked))
    if post := narrow.asked.get("post"):
        rows = [row for row in rows if row.post.code == post]
    table, file = present.due_table(request, rows), present.due_file(request, rows)
    if file.wants_csv:
        return file.csv()
    context = {"table": table, "filter": narrow, "notice": present.notice(lines)}
    return render(request, "monitoring/measure/due.html", context)


@require_safe
def measure(request: HttpRequest, code: str) -> HttpResponse:
    """`/measures/<code>/`; with `on` as it was known at the end of a day."""
    actor = request.actor
    form = OnForm(request.GET if "on_day" in request.GET else None, initial={"on": _asked(request)})
    if form.is_bound and form.is_valid():
        day = form.cleaned_data["on"]
        here = request.path
        return redirect(f"{here}?on={day.isoformat()}" if day else here)
    line = _load(request, code)
    _say_which_day(request)
    on = _day(request)
    book = line.book if on == actor.on else line.book.as_known(on)
    judged = book.judged(on)
    query = f"on={on.isoformat()}" if on != actor.on else ""
    charts = measure_charts.named(book, on, query)
    if (kind := request.GET.get("download")) in charts:
        return csv_response(charts[kind])
    tables = {
        "figures": present.figures_table(request, line, book),
        "revisions": present.revisions_table(request, book, present.revisions(book, on)),
    }
    file = present.figures_file(request, book)
    if file.wants_csv:
        return file.csv()
    if tables["revisions"].wants_csv:
        return tables["revisions"].csv()
    text, when = present.latest(book, on)
    return render(
        request,
        "monitoring/measure/measure.html",
        tables
        | {
            "measure": line.measure,
            "notice": present.notice([line]),
            "line": line,
            "on": on,
            "is_past": on != actor.on,
            "on_form": form,
            "verdict": status_of(judged).verdict,
            "latest": text,
            "latest_when": when,
            "posts": [(post, line.holders.get(post.pk)) for post in line.posts],
            "next_step": present.next_step(line),
            "facts": present.facts(line),
            "versions": present.versions(book.measure),
            "targets": present.targets(book, judged),
            "charts": list(charts.values()),
            "hidden": book.disclosure.text if _some_hidden(book) else "",
            "may_enter": rules.may_enter(actor, line.measure),
            "any": any(not row.withdrawn for row in line.book.observations),
            "expected": present.expected(line),
        },
    )


@require_safe
def chart(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """`/measures/<code>/chart/<kind>.svg`: one picture, known by its ETag."""
    if kind not in measure_charts.KINDS:
        raise Http404
    line, on = _load(request, code), _day(request)
    book = line.book if on == request.actor.on else line.book.as_known(on)
    found = measure_charts.one(book, kind, on)
    if found is None:
        raise Http404
    return chart_response(request, found)


def _load(request: HttpRequest, code: str) -> queries.Line:
    line = queries.line_of(request.actor, code, request.actor.on)
    if line is None:
        raise Http404
    return line


def _asked(request: HttpRequest) -> dt.date | None:
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _day(request: HttpRequest) -> dt.date:
    """The day in the address; today where it has none that is over or can be read."""
    asked = _asked(request)
    return min(asked, request.actor.on) if asked else request.actor.on


def _say_which_day(request: HttpRequest) -> None:
    """A reader who asked for a day that cannot be shown is told that this is today's page."""
    asked = _asked(request)
    if asked is None and request.GET.get("on"):
        messages.warning(request, "The day in the address is not one that can be read, so this is today’s page.")
    elif asked is not None and asked > request.actor.on:
        messages.warning(request, f"{in_words(asked)} is still to come, so this is today’s page.")


def _some_hidden(book) -> bool:
    return bool(book.disclosure.wholes) or any(book.disclosure.hides(row) for row in book.observations)
