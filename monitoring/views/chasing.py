"""Chasing: remind those whom returns wait with, after looking at who they are."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit import clock
from kit.edit_pages import form_page, insist
from kit.verdict import Refusal
from monitoring import rules
from monitoring.forms.rounds import ChaseForm
from monitoring.presenters import chasing as present
from monitoring.presenters.rounds import crumbs
from monitoring.services import rounds
from monitoring.views.rounds import lines_of, load_round


@form_page
def chase(request: HttpRequest, pk: int) -> HttpResponse:
    """`?which=selected&returns=…` or all that are outstanding: who gets a mail and who cannot, then the mail."""
    round, actor = load_round(request, pk), request.actor
    insist(rules.may_run_rounds(actor))
    lines = lines_of(request, round)
    if request.method == "POST" or request.GET.get("which") == "selected":
        asked = request.POST if request.method == "POST" else request.GET
        form = ChaseForm(asked, returns=[line.row.pk for line in lines])
        if not form.is_valid():
            messages.error(request, "Select at least one return to chase.")
            return redirect(round)
        lines = [line for line in lines if line.row.pk in form.cleaned_data["returns"]]
    if request.method == "POST":
        try:
            chased = rounds.chase(returns=[line.row for line in lines], by=actor, at=clock.now())
        except Refusal as refusal:
            messages.error(request, refusal.sentence)
        else:
            tell = messages.success if chased.written else messages.warning
            tell(request, present.outcome(chased))
        return redirect(round)
    plan = present.plan(lines, actor)
    table = present.table(request, plan, name=f"reminders-{round.pk}")
    if table.wants_csv:
        return table.csv()
    context = {
        "round": round,
        "plan": plan,
        "table": table,
        "crumbs": crumbs((round.label, round.get_absolute_url()), ("Chase", "")),
    }
    return render(request, "monitoring/round/chase.html", context)
