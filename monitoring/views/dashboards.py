"""What moved, for a whole strategy: `/dashboard/`."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from commitments.choices import StrategyState
from commitments.models import Strategy
from kit.tables import Table
from monitoring import rules
from monitoring.filters import CommitmentFilter
from monitoring.models import ReportingRound
from monitoring.presenters import attention, ratings
from monitoring.presenters import dashboard as present
from monitoring.presenters.matrix import Matrix
from monitoring.queries import dashboard as queries
from monitoring.queries.history import SIGNED, SUBMITTED, may_see_submitted
from people.actor import Actor


@require_safe
def dashboards(request: HttpRequest) -> HttpResponse:
    """`/dashboard/`: the strategies in reach; straight on to the only one in force, unless all were asked for."""
    strategies = list(Strategy.objects.visible_to(request.actor))
    in_force = [strategy for strategy in strategies if strategy.state == StrategyState.IN_FORCE]
    if len(in_force) == 1 and "all" not in request.GET:
        return redirect("monitoring:dashboard", in_force[0].slug)
    table = present.strategies_table(request, strategies, list(queries.opened_rounds(request.actor)))
    return table.csv() if table.wants_csv else render(request, "monitoring/dashboard/list.html", {"table": table})


@require_safe
def dashboard(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dashboard/<strategy>/`, with `round`, `basis` and the matrix's filters in the address."""
    actor = request.actor
    rounds = list(queries.opened_rounds(actor).filter(strategy__slug=slug))
    # A strategy without opened rounds is asked for by itself.
    strategy = rounds[0].strategy if rounds else get_object_or_404(Strategy.objects.visible_to(actor), slug=slug)
    shown = _chosen(rounds, request.GET.get("round"))
    context = {
        "strategy": strategy,
        "may_run": bool(rules.may_run_rounds(actor)),
        "crumbs": [("Dashboards", reverse("monitoring:dashboards") + "?all=yes"), (strategy.title, "")],
    }
    if shown is None:
        return render(request, "monitoring/dashboard/empty.html", context)
    basis = SUBMITTED if request.GET.get("basis") == SUBMITTED and may_see_submitted(actor) else SIGNED
    board = queries.load(strategy, rounds, shown, actor, basis)
    narrowed = CommitmentFilter(request.GET, board)
    tables = {
        "movement": present.movement_table(request, board),
        "counts": present.counts_table(request, board),
        "matrix": Matrix(request, board, narrowed.lines),
        "late": attention.late_table(request, board, actor),
        "differing": attention.differing_table(request, board),
        "optimism": ratings.optimism_table(request, board),
        "by_lead": ratings.by_lead_table(request, board),
        "by_programme": ratings.by_programme_table(request, board),
    }
    for table in tables.values():
        if table.wants_csv:
            return _file(table, board)
    groups = present.groups(board)
    return render(
        request,
        "monitoring/dashboard/dashboard.html",
        context
        | tables
        | {
            "board": board,
            "round": shown,
            "pairs": [groups[place : place + 2] for place in range(0, len(groups), 2)],
            "figures": present.figures(groups),
            "rounds": [(each, present.said_of(each)) for each in rounds],
            "state": present.said_of(shown),
            "gap_first": _checks(actor, board),
            "basis_said": present.basis_said(board),
            "is_submitted": basis == SUBMITTED,
            "may_switch": may_see_submitted(actor),
            "newer": present.newer(board),
            "filter": narrowed,
            "kept": _kept(request, "round", "basis"),
            "carried": _kept(request, "basis", *narrowed.filters),
            "unfiltered": _without(request, *narrowed.filters),
            "clearing": [(f"{label}: {choice}", _without(request, name)) for name, label, choice in narrowed.active],
            "on_signed": _without(request, "basis", anchor=""),
            "on_submitted": _without(request, "basis", anchor="", basis=SUBMITTED),
        },
    )


def _checks(actor: Actor, board: queries.Dashboard) -> bool:
    """Whether the reader is here to hold words against numbers: an auditor, or an overseer of one of these."""
    return actor.is_auditor or any(line.commitment.overseer_post_id in actor.holds for line in board.lines)


def _chosen(rounds: list[ReportingRound], label: str | None) -> ReportingRound | None:
    """The round of the label in the address, else the one to show. Raises Http404 for a label that is none."""
    if not label:
        return queries.round_to_show(rounds)
    for round in rounds:
        if round.label == label:
            return round
    raise Http404


def _kept(request: HttpRequest, *names: str) -> QueryDict:
    """The named parts of the query string that are there."""
    query = request.GET.copy()
    for name in list(query):
        if name not in names:
            del query[name]
    return query


def _without(request: HttpRequest, *names: str, anchor: str = "#matrix", **added: str) -> str:
    """The address of this page without some parts of its query string, and with others."""
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    query.update(added)
    return f"?{query.urlencode()}{anchor}"


def _file(table: Table, board: queries.Dashboard) -> HttpResponse:
    response = table.csv()
    name = slugify(f"{board.strategy.slug} {board.shown.label} {board.basis} {table.name}")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
