"""Adding, changing and removing programmes and strands. Reading one is a page of the monitoring app."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from commitments import presenters, rules
from commitments.forms import ProgrammeForm, StrandForm
from commitments.models import Programme, Strand
from commitments.services import plans
from commitments.views.loading import programme_for, strategy_for
from commitments.views.removing import remove_page
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.fields import lower_first


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a programme to a strategy."""
    strategy = strategy_for(request, slug)
    insist(rules.may_edit(request.actor, strategy))
    form = ProgrammeForm(
        posted(request), instance=Programme(strategy=strategy), asks_reason=rules.asks_reason(strategy)
    )
    return edit_page(
        request,
        form,
        title=f"Add a {lower_first(strategy.programme_label)}",
        caption=strategy.title,
        extra={"strategy": strategy},
        crumbs=presenters.strategy_crumbs(strategy),
        act=lambda: plans.add(part=form.instance, strategy=strategy, by=request.actor, reason=form.why),
        done=f"The {lower_first(strategy.programme_label)} was added.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=strategy.get_absolute_url(),
    )


@form_page
def edit(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change a programme."""
    found = programme_for(request, slug, number)
    strategy = found.strategy
    insist(rules.may_edit(request.actor, strategy))
    form = ProgrammeForm(posted(request), instance=found, asks_reason=rules.asks_reason(strategy))
    return edit_page(
        request,
        form,
        title=f"Change this {lower_first(strategy.programme_label)}",
        caption=found.title,
        extra={"strategy": strategy},
        crumbs=presenters.strategy_crumbs(strategy, (found.title, found.get_absolute_url())),
        act=lambda: plans.change(
            part=found, strategy=strategy, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done=f"The {lower_first(strategy.programme_label)} was saved.",
        to=lambda saved: reverse("monitoring:programme", args=[slug, saved.number]),
        cancel=found.get_absolute_url(),
    )


@form_page
def remove(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take an empty programme out of a draft."""
    found = programme_for(request, slug, number)
    return remove_page(
        request,
        found,
        word=lower_first(found.strategy.programme_label),
        crumbs=presenters.strategy_crumbs(found.strategy, (found.title, found.get_absolute_url())),
        back=found.get_absolute_url(),
    )


@form_page
def new_strand(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Add a strand to a programme."""
    found = programme_for(request, slug, number)
    strategy = found.strategy
    insist(rules.may_edit(request.actor, strategy))
    form = StrandForm(posted(request), instance=Strand(programme=found), asks_reason=rules.asks_reason(strategy))
    return edit_page(
        request,
        form,
        title=f"Add a {lower_first(strategy.strand_label)}",
        caption=found.title,
        extra={"strategy": strategy},
        crumbs=presenters.strategy_crumbs(strategy, (found.title, found.get_absolute_url())),
        act=lambda: plans.add(part=form.instance, strategy=strategy, by=request.actor, reason=form.why),
        done=f"The {lower_first(strategy.strand_label)} was added.",
        to=lambda saved: found.get_absolute_url(),
        cancel=found.get_absolute_url(),
    )


@form_page
def edit_strand(request: HttpRequest, slug: str, number: int, strand_number: int) -> HttpResponse:
    """Change a strand."""
    found = programme_for(request, slug, number)
    strategy = found.strategy
    strand = get_object_or_404(found.strands, number=strand_number)
    strand.programme = found
    insist(rules.may_edit(request.actor, strategy))
    form = StrandForm(posted(request), instance=strand, asks_reason=rules.asks_reason(strategy))
    return edit_page(
        request,
        form,
        title=f"Change this {lower_first(strategy.strand_label)}",
        caption=strand.title,
        extra={"strategy": strategy},
        crumbs=presenters.strategy_crumbs(strategy, (found.title, found.get_absolute_url())),
        act=lambda: plans.change(
            part=strand, strategy=strategy, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done=f"The {lower_first(strategy.strand_label)} was saved.",
        to=lambda saved: found.get_absolute_url(),
        cancel=found.get_absolute_url(),
    )


@form_page
def remove_strand(request: HttpRequest, slug: str, number: int, strand_number: int) -> HttpResponse:
    """Take an empty strand out of a draft."""
    found = programme_for(request, slug, number)
    strand = get_object_or_404(found.strands, number=strand_number)
    strand.programme = found
    return remove_page(
        request,
        strand,
        word=lower_first(found.strategy.strand_label),
        crumbs=presenters.strategy_crumbs(found.strategy, (found.title, found.get_absolute_url())),
        back=found.get_absolute_url(),
        to=found.get_absolute_url(),
    )
