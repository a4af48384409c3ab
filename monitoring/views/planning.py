"""Planning a round in three short pages, and moving its days."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.edit_pages import edit_page, form_page, insist
from monitoring import rules
from monitoring.choices import Cycle, RoundState
from monitoring.forms.rounds import PeriodForm, RoundForm, WhatForm, suggested
from monitoring.presenters import rounds as present
from monitoring.queries.rounds import unused_periods
from monitoring.services import rounds
from monitoring.views.rounds import load_round

TITLE = "Plan a reporting round"


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Strategy and cycle, then the period, then every day of it. What was chosen is in the address."""
    insist(rules.may_run_rounds(request.actor))
    cancel = reverse("monitoring:rounds")
    asked = request.GET if "strategy" in request.GET or request.method == "POST" else None
    what = WhatForm(asked, actor=request.actor, cancel=cancel)
    if not what.is_valid():
        return _page(request, what, "Which strategy, and how often?")
    strategy, cycle = what.cleaned_data["strategy"], what.cleaned_data["cycle"]
    periods = unused_periods(strategy, cycle, request.actor.on)
    caption = f"{strategy}, {Cycle(cycle).label.lower()}"
    asked = request.GET if "period" in request.GET or request.method == "POST" else None
    which = PeriodForm(
        asked,
        initial={"strategy": strategy.pk, "cycle": cycle},
        periods=periods,
        on=request.actor.on,
        cancel=cancel,
    )
    if not which.is_valid():
        return _page(request, which, "Which period does it cover?", caption=caption, used_up=not periods)
    period = next(each for each in periods if each.starts.isoformat() == which.cleaned_data["period"])
    form = RoundForm(request.POST or None, instance=suggested(strategy, cycle, period))
    return edit_page(
        request,
        form,
        title="Check the days",
        caption=caption,
        intro="These are suggestions: three weeks to file, a month until it closes, on working days in England. "
        "Nobody gets a mail until you open the round.",
        crumbs=present.crumbs(),
        act=lambda: rounds.plan(round=form.instance, by=request.actor, at=clock.now()),
        done="The round is planned. Open it when leads should start.",
        to=lambda round: round.get_absolute_url(),
        cancel=cancel,
        submit="Plan this round",
    )


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the days while the round is planned or open; what it is about only while it is planned."""
    round = load_round(request, pk)
    insist(rules.may_edit_round(request.actor, round))
    form = RoundForm(request.POST or None, instance=round)
    planned = round.state == RoundState.PLANNED
    return edit_page(
        request,
        form,
        title="Change this round" if planned else "Move the days",
        caption=str(round),
        intro="" if planned else "The round is open, so what it is about stays. STRIDE sends no mail about moved days.",
        crumbs=present.crumbs((round.label, round.get_absolute_url())),
        act=lambda: rounds.change(round=round, values=form.values, seen=form.seen, by=request.actor, at=clock.now()),
        done="The round was changed.",
        to=lambda saved: round.get_absolute_url(),
        cancel=round.get_absolute_url(),
    )


def _page(request: HttpRequest, form, title: str, caption: str = TITLE, used_up: bool = False) -> HttpResponse:
    context = {"form": form, "title": title, "caption": caption, "crumbs": present.crumbs((title, ""))}
    context["used_up"] = used_up
    return render(request, "monitoring/round/new.html", context, status=422 if form.errors else 200)
