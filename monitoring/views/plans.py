"""Reading the plan: a strategy, one programme of it. What the measures say stands beside what was promised."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments import presenters, queries, rules
from commitments.models import Commitment
from kit.fields import lower_first
from monitoring.presenters import plans as present
from monitoring.queries.books import books_on, with_books
from monitoring.queries.measures import Status, commitment_status


@require_safe
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """`/strategies/<strategy>/`: one strategy with everything in it."""
    page = queries.strategy_page(request.actor, slug, request.actor.on, with_books(Commitment.objects.all()))
    found = page.strategy
    statuses = _statuses(page.lines, request.actor.on)
    table = presenters.commitments_table(
        request,
        found,
        page.lines,
        caption=f"Commitments of {found}",
        name="commitments",
        more=[present.says_column(statuses)],
    )
    if table.wants_csv:
        return table.csv()
    presenters.in_order(page.parts, table)
    for part in page.parts:
        part.says = present.programme_says(part.lines, statuses, lower_first(found.commitment_label))
    context = {
        "page": page,
        "table": table,
        "heads": [column for column in table.columns if column.key in ("number", "lead", "overseer", "lifecycle")],
        "strategy": found,
        "days": presenters.days(found),
        "next_step": presenters.next_step(page),
        "doors": presenters.doors(request.actor, page),
        "history": presenters.history(page.acts),
        "may_keep": rules.may_keep_plans(request.actor),
        "may_edit": rules.may_edit(request.actor, found),
        "crumbs": presenters.crumbs((found.title, "")),
    }
    return render(request, "monitoring/plan/strategy.html", context)


@require_safe
def programme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/strategies/<strategy>/programmes/<number>/`: one programme with its strands and commitments."""
    part = queries.programme_part(request.actor, slug, number, request.actor.on, with_books(Commitment.objects.all()))
    found = part.programme.strategy
    statuses = _statuses(part.lines, request.actor.on)
    table = presenters.commitments_table(
        request,
        found,
        part.lines,
        caption=f"In this {lower_first(found.programme_label)}",
        name=f"{found.programme_label.lower()}-{number}".replace(" ", "-"),
        more=[present.says_column(statuses)],
    )
    if table.wants_csv:
        return table.csv()
    page = {
        "programme": part.programme,
        "strategy": found,
        "caption": f"{found.programme_label} {number}",
        "says": present.programme_says(part.lines, statuses, lower_first(found.commitment_label)),
        "strands": [group.strand for group in part.groups if group.strand],
        "table": table,
        "may_edit": rules.may_edit(request.actor, found),
        "may_remove": rules.may_remove(request.actor, found),
        "crumbs": presenters.strategy_crumbs(found, (part.programme.title, "")),
    }
    return render(request, "monitoring/plan/programme.html", page)


def _statuses(lines: list[queries.CommitmentLine], on: dt.date) -> dict[int, Status]:
    """What the measures say of each commitment today. No query: the commitments brought their measures along."""
    return {line.commitment.pk: commitment_status(line.commitment, books_on(line.commitment), on) for line in lines}
