"""Loading through what the actor sees. What they do not see is not found."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from boards.models import Board, Membership, Terms


def board_for(request: HttpRequest, slug: str) -> Board:
    """Raises Http404."""
    return get_object_or_404(Board.objects.visible_to(request.actor).select_related("parent", "unit"), slug=slug)


def terms_for(request: HttpRequest, slug: str, number: int) -> Terms:
    """Raises Http404."""
    seen = Terms.objects.visible_to(request.actor).select_related("board", "adopts", "pinned")
    return get_object_or_404(seen, board__slug=slug, number=number)


def draft_for(request: HttpRequest, slug: str) -> Terms:
    """The draft of a board. Raises Http404."""
    seen = Terms.objects.visible_to(request.actor).select_related("board", "adopts", "pinned")
    return get_object_or_404(seen, board__slug=slug, state="draft")


def seat_for(request: HttpRequest, slug: str, pk: int) -> Membership:
    """Raises Http404."""
    seats = Membership.objects.select_related("board", "post", "person", "deputy_post", "deputy_person")
    return get_object_or_404(seats, board=board_for(request, slug), pk=pk)
