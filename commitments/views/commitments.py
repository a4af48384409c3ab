"""Adding, changing and removing commitments. Reading one is a page of the monitoring app."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from commitments import presenters, rules
from commitments.forms import CommitmentForm
from commitments.models import Commitment
from commitments.services import plans
from commitments.views.loading import commitment_for, strategy_for
from commitments.views.removing import remove_page
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.fields import lower_first


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a commitment to a strategy; `?programme=2` chooses its programme."""
    strategy = strategy_for(request, slug)
    insist(rules.may_edit(request.actor, strategy))
    word = lower_first(strategy.commitment_label)
    chosen = request.GET.get("programme", "")
    programmes = list(strategy.programmes.all())
    form = CommitmentForm(
        posted(request),
        instance=Commitment(strategy=strategy),
        initial={"programme": next((each.pk for each in programmes if str(each.number) == chosen), None)},
        on=request.actor.on,
        asks_reason=rules.asks_reason(strategy),
    )
    return edit_page(
        request,
        form,
        title=f"Add a {word}",
        caption=strategy.title,
        extra={"strategy": strategy},
        intro="" if programmes else f"Add a {lower_first(strategy.programme_label)} first: each {word} stands in one.",
        crumbs=presenters.strategy_crumbs(strategy),
        act=lambda: plans.add(part=form.instance, strategy=strategy, by=request.actor, reason=form.why),
        done=f"The {word} was added.",
        to=lambda saved: reverse("monitoring:commitment", args=[slug, saved.number]),
        cancel=strategy.get_absolute_url(),
    )


@form_page
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a commitment."""
    found = commitment_for(request, slug, number)
    strategy = found.strategy
    insist(rules.may_edit(request.actor, strategy))
    word = lower_first(strategy.commitment_label)
    form = CommitmentForm(posted(request), instance=found, on=request.actor.on, asks_reason=rules.asks_reason(strategy))
    return edit_page(
        request,
        form,
        title=f"Change this {word}",
        caption=str(found),
        extra={"strategy": strategy},
        crumbs=presenters.commitment_crumbs(found),
        act=lambda: plans.change(
            part=found, strategy=strategy, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done=f"The {word} was saved.",
        to=lambda saved: reverse("monitoring:commitment", args=[slug, saved.number]),
        cancel=found.get_absolute_url(),
    )


@form_page
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a commitment out of a draft."""
    found = commitment_for(request, slug, number)
    return remove_page(
        request,
        found,
        word=lower_first(found.strategy.commitment_label),
        crumbs=presenters.commitment_crumbs(found),
        back=found.get_absolute_url(),
    )
