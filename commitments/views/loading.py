"""Loading through what the actor sees. What they do not see is not found."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from commitments.models import Commitment, CommitmentMeasure, Programme, Strategy


def strategy_for(request: HttpRequest, slug: str) -> Strategy:
    """Raises Http404."""
    return get_object_or_404(Strategy.objects.visible_to(request.actor), slug=slug)


def programme_for(request: HttpRequest, slug: str, number: int) -> Programme:
    """Raises Http404."""
    return get_object_or_404(Programme, strategy=strategy_for(request, slug), number=number)


def commitment_for(request: HttpRequest, slug: str, number: int) -> Commitment:
    """Raises Http404."""
    seen = Commitment.objects.visible_to(request.actor).select_related("strategy", "programme", "strand")
    return get_object_or_404(seen, strategy__slug=slug, number=number)


def link_for(request: HttpRequest, slug: str, number: int, code: str) -> CommitmentMeasure:
    """A measure, reached through a commitment that it supports. Raises Http404."""
    commitment = commitment_for(request, slug, number)
    links = commitment.commitment_measures.select_related("measure")
    link = get_object_or_404(links, measure__code=code)
    link.commitment = commitment
    return link
