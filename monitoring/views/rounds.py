"""Rounds: the list, who everything waits for, opening and closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from kit import clock
from kit.edit_pages import attempt, form_page, insist
from kit.tables import Table
from kit.verdict import Refusal
from monitoring import rules
from monitoring.choices import RoundState
from monitoring.forms.rounds import CloseForm, LineFilter
from monitoring.models import ReportingRound
from monitoring.presenters import lines as present_lines
from monitoring.presenters import rounds as present
from monitoring.presenters.days import many
from monitoring.queries import rounds as queries
from monitoring.queries.rounds import Line
from monitoring.services import rounds


def load_round(request: HttpRequest, pk: int) -> ReportingRound:
    """The round with its strategy and counts. Raises Http404 when it is out of reach."""
    reach = ReportingRound.objects.visible_to(request.actor).select_related("strategy")
    return get_object_or_404(queries.with_counts(reach, request.actor.on), pk=pk)


def lines_of(request: HttpRequest, round: ReportingRound) -> list[Line]:
    """The round's returns that the actor may see."""
    rows = round.returns.visible_to(request.actor).order_by("commitment__number")
    return queries.lines(queries.for_lists(rows), request.actor)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/rounds/`: the rounds of every strategy in reach."""
    reach = ReportingRound.objects.visible_to(request.actor).select_related("strategy")
    rows = queries.with_counts(reach, request.actor.on).order_by("-strategy__starts", "strategy", "-period_starts")
    tables = present.rounds_tables(request, rows)
    for table in tables:
        if table.wants_csv:
            return table.csv()
    may_plan = rules.may_run_rounds(request.actor)
    return render(request, "monitoring/round/list.html", {"tables": tables, "may_plan": may_plan})


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """`/rounds/<id>/`: every return, whom it waits with and for how long."""
    round, actor = load_round(request, pk), request.actor
    lines = lines_of(request, round)
    narrow = LineFilter(request.GET, choices=present_lines.choices(lines, "state", "waiting", "programme"))
    table = Table(
        request,
        caption="Returns",
        columns=present_lines.round_columns(lines, actor),
        rows=present_lines.narrowed(lines, narrow.asked),
        name=f"round-{round.pk}",
        sort="commitment",
        empty_text=_empty(round, bool(lines)),
    )
    if table.wants_csv:
        return table.csv()
    runs = rules.may_run_rounds(actor)
    context = {
        "round": round,
        "next_step": present.next_step(round, actor),
        "progress": present.progress(round),
        "facts": present.facts(round),
        "reach": present_lines.reach(lines, round.expected_count + round.exempt_count),
        "filter": narrow,
        "table": table,
        "entries": present_lines.entries(table, actor),
        "clashes": present_lines.clashes(lines),
        "vacancies": present_lines.vacancies(lines) if runs or actor.is_auditor else [],
        "runs": runs,
        "may_open": rules.may_open_round(actor, round),
        "may_close": rules.may_close_round(actor, round),
        "may_edit": rules.may_edit_round(actor, round),
        "may_chase": runs and any(present_lines.may_chase(line, actor) for line in lines),
        "timeline": present.timeline(round.acts.all()),
        "crumbs": present.crumbs((round.label, "")),
    }
    return render(request, "monitoring/round/detail.html", context)


@form_page
def open_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what opening does, then do it."""
    round, actor = load_round(request, pk), request.actor
    insist(rules.may_open_round(actor, round))
    if request.method == "POST":
        try:
            made = rounds.open_round(round=round, by=actor, at=clock.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, f"{round.label} is open: {many(len(made), 'return')} asked for.")
        return redirect(round)
    context = {
        "round": round,
        "opening": present.Opening(queries.opening(round, actor.on), round, actor),
        "crumbs": present.crumbs((round.label, round.get_absolute_url()), ("Open", "")),
    }
    return render(request, "monitoring/round/open.html", context)


@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what closing does, ask why when it is early, then do it."""
    round, actor = load_round(request, pk), request.actor
    insist(rules.may_close_round(actor, round))
    early = actor.on <= round.closes_on
    form = CloseForm(request.POST if request.method == "POST" else None, early=early, cancel=round.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        missing = attempt(form, lambda: rounds.close(round=round, by=actor, at=clock.now(), reason=reason))
        if missing is not None:
            messages.success(request, f"{round.label} is closed: {many(missing, 'return')} recorded as missing.")
            return redirect(round)
    not_in = [line for line in lines_of(request, round) if present_lines.would_be_missing(line)]
    context = {
        "round": round,
        "form": form,
        "early": present.early(round, actor) if early else "",
        "not_in": not_in,
        "crumbs": present.crumbs((round.label, round.get_absolute_url()), ("Close", "")),
    }
    return render(request, "monitoring/round/close.html", context, status=422 if form.errors else 200)


def _empty(round: ReportingRound, any_in_reach: bool) -> str:
    if round.state == RoundState.PLANNED:
        return "Nothing has been asked for yet. Opening the round creates the returns and writes to the leads."
    if any_in_reach:
        return "No return matches. Clear the filter to see them all."
    return "Nothing here has been signed off yet. Signed-off returns show here for everybody."
