"""Strategies: the list, making and editing them. Reading one is a page of the monitoring app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from commitments import presenters, queries, rules
from commitments.forms import StrategyForm
from commitments.services import strategies as services
from commitments.views.loading import strategy_for
from kit.edit_pages import edit_page, form_page, insist, posted


@require_safe
def strategies(request: HttpRequest) -> HttpResponse:
    """All strategies that the actor sees."""
    table = presenters.strategies_table(request, queries.strategies(request.actor))
    if table.wants_csv:
        return table.csv()
    page = {"table": table, "may_keep": rules.may_keep_plans(request.actor)}
    return render(request, "commitments/strategy/list.html", page)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Start a strategy, as a draft."""
    insist(rules.may_keep_plans(request.actor))
    form = StrategyForm(posted(request))
    return edit_page(
        request,
        form,
        title="Start a strategy",
        intro="It starts as a draft, which only the strategy team, administrators and auditors see.",
        crumbs=presenters.crumbs(),
        act=lambda: services.add(strategy=form.instance, by=request.actor),
        done="The draft was saved. Now add its parts.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=reverse("commitments:strategies"),
    )


@form_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a strategy says of itself."""
    found = strategy_for(request, slug)
    insist(rules.may_edit(request.actor, found))
    form = StrategyForm(posted(request), instance=found, asks_reason=rules.asks_reason(found))
    return edit_page(
        request,
        form,
        title="Change this strategy",
        caption=found.title,
        extra={"strategy": found},
        crumbs=presenters.strategy_crumbs(found),
        act=lambda: services.change(
            strategy=found, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done="The strategy was saved.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=found.get_absolute_url(),
    )
