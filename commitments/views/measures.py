"""The measures of a commitment. Each is reached through the commitment."""

from django.http import HttpRequest, HttpResponse

from commitments import presenters, queries, rules
from commitments.forms_measures import LinkMeasureForm, MeasureForm
from commitments.models import Commitment, CommitmentMeasure, Measure
from commitments.services import measures
from commitments.views.loading import commitment_for, link_for
from commitments.views.removing import remove_page
from kit.edit_pages import edit_page, form_page, insist, posted


@form_page
def new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add a new measure to a commitment."""
    commitment = commitment_for(request, slug, number)
    insist(rules.may_edit(request.actor, commitment.strategy))
    form = MeasureForm(posted(request), on=request.actor.on, asks_reason=rules.asks_reason(commitment.strategy))
    return _page(
        request,
        form,
        commitment,
        title="Add a measure",
        intro="Say what is counted. If another commitment has this measure already, use that one instead.",
        act=lambda: measures.add(measure=form.instance, commitment=commitment, by=request.actor, reason=form.why),
        done="The measure was added. Now add what was promised for it.",
    )


@form_page
def link(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Use a measure that another commitment has."""
    commitment = commitment_for(request, slug, number)
    insist(rules.may_edit(request.actor, commitment.strategy))
    form = LinkMeasureForm(
        posted(request),
        instance=CommitmentMeasure(commitment=commitment),
        asks_reason=rules.asks_reason(commitment.strategy),
    )
    return _page(
        request,
        form,
        commitment,
        title="Use a measure that exists",
        intro="Its targets count for this commitment too.",
        act=lambda: measures.link(
            measure=form.cleaned_data["measure"], commitment=commitment, by=request.actor, reason=form.why
        ),
        done="The measure was added.",
    )


@form_page
def edit(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """Change a measure, for every commitment it supports."""
    found = link_for(request, slug, number, code)
    asks = insist_measure(request, found.measure)
    form = MeasureForm(posted(request), instance=found.measure, on=request.actor.on, dated=asks, asks_reason=asks)
    return _page(
        request,
        form,
        found.commitment,
        title="Change this measure",
        act=lambda: measures.change(
            measure=found.measure,
            values=form.values,
            seen=form.seen,
            by=request.actor,
            reason=form.why,
            applies_from=form.since,
        ),
        done="The measure was saved.",
    )


@form_page
def remove(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """Take a measure from a commitment of a draft."""
    found = link_for(request, slug, number, code)
    return remove_page(
        request,
        found.commitment,
        word="measure",
        caption=found.measure.title,
        crumbs=presenters.commitment_crumbs(found.commitment),
        back=found.commitment.get_absolute_url(),
        to=found.commitment.get_absolute_url(),
        act=lambda: measures.remove(link=found, by=request.actor),
    )


def insist_measure(request: HttpRequest, measure: Measure) -> bool:
    """Ask whether the measure may be changed; whether a reason is asked."""
    strategies = queries.strategies_of(measure)
    insist(rules.may_edit_measure(request.actor, strategies))
    return any(rules.asks_reason(strategy) for strategy in strategies)


def _page(request: HttpRequest, form, commitment: Commitment, **words) -> HttpResponse:
    return edit_page(
        request,
        form,
        caption=str(commitment),
        extra={"strategy": commitment.strategy},
        crumbs=presenters.commitment_crumbs(commitment),
        to=lambda _: commitment.get_absolute_url(),
        cancel=commitment.get_absolute_url(),
        **words,
    )
