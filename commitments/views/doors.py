"""The doors of a strategy: each is a page that says what the step means and asks why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from commitments import presenters, rules
from commitments.models import Strategy
from commitments.services import strategies
from commitments.views.loading import strategy_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ReasonForm
from kit.verdict import Verdict

LOCKS = "This cannot be undone. Nothing in the strategy can be changed afterwards."


@form_page
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft to approved."""
    strategy = strategy_for(request, slug)
    return _door(
        request,
        strategy,
        rules.may_approve(request.actor, strategy, strategy.commitments.count()),
        strategies.approve,
        title="Approve this strategy",
        intro="Everybody who signs in will see it. From then on, changes to it need a reason.",
        submit="Approve this strategy",
        done=f"{strategy} is approved.",
    )


@form_page
def bring_into_force(request: HttpRequest, slug: str) -> HttpResponse:
    """Approved to in force."""
    strategy = strategy_for(request, slug)
    return _door(
        request,
        strategy,
        rules.may_bring_into_force(request.actor, strategy),
        strategies.bring_into_force,
        title="Bring this strategy into force",
        intro=f"It runs from {presenters.days(strategy)}.",
        submit="Bring into force",
        done=f"{strategy} is in force.",
    )


@form_page
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """In force to closed."""
    strategy = strategy_for(request, slug)
    return _door(
        request,
        strategy,
        rules.may_close(request.actor, strategy),
        strategies.close,
        title="Close this strategy",
        intro="Close it when its time is over and no other strategy takes its place.",
        warning=LOCKS,
        submit="Close this strategy",
        done=f"{strategy} is closed.",
        look="warning",
    )


@form_page
def supersede(request: HttpRequest, slug: str) -> HttpResponse:
    """In force to superseded."""
    strategy = strategy_for(request, slug)
    successors = list(strategy.successors.all())
    return _door(
        request,
        strategy,
        rules.may_supersede(request.actor, strategy, successors),
        strategies.supersede,
        title="Say that this strategy is superseded",
        intro="Another strategy, in force, has taken its place.",
        warning=LOCKS,
        submit="It is superseded",
        done=f"{strategy} is superseded.",
        look="warning",
    )


def _door(
    request: HttpRequest, strategy: Strategy, verdict: Verdict, service: Callable, *, title: str, **words: str
) -> HttpResponse:
    insist(verdict)
    form = ReasonForm(
        posted(request),
        label="Who decided, and why?",
        hint="For example: agreed by the Diversity Board on 14 January 2022, decision 3.",
    )
    return edit_page(
        request,
        form,
        title=title,
        caption=strategy.title,
        extra={"strategy": strategy},
        crumbs=presenters.strategy_crumbs(strategy),
        act=lambda: service(strategy=strategy, by=request.actor, at=clock.now(), reason=form.cleaned_data["reason"]),
        to=lambda saved: saved.get_absolute_url(),
        cancel=strategy.get_absolute_url(),
        **words,
    )
