"""How a plan came to say what it says."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from commitments import presenters, queries_history
from commitments.models import Strategy
from commitments.views.loading import commitment_for, link_for, strategy_for
from kit.history import Source
from kit.history_pages import history_page


@require_safe
def strategy(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed of a strategy, its steps and its main parts."""
    found = strategy_for(request, slug)
    crumbs = presenters.strategy_crumbs(found)
    return _page(request, found, queries_history.of_strategy(found), found.title, crumbs, slug)


@require_safe
def commitment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What changed of a commitment, and which measures it was given."""
    found = commitment_for(request, slug, number)
    crumbs = presenters.commitment_crumbs(found)
    sources = queries_history.of_commitment(found)
    return _page(request, found.strategy, sources, str(found), crumbs, f"{slug}-{number}")


@require_safe
def measure(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """What changed of a measure and its targets."""
    link = link_for(request, slug, number, code)
    crumbs = presenters.commitment_crumbs(link.commitment)
    sources = queries_history.of_measure(link.measure)
    return _page(request, link.commitment.strategy, sources, link.measure.title, crumbs, code)


def _page(
    request: HttpRequest, strategy: Strategy, sources: list[Source], caption: str, crumbs: list, name: str
) -> HttpResponse:
    return history_page(
        request,
        sources=sources,
        reader=queries_history.reader_for(request.actor),
        caption=caption,
        crumbs=crumbs,
        name=name,
        extra={"strategy": strategy},
    )
