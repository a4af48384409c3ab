"""Loading a meeting and its items through what the actor sees. What they do not see is not found."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from boards.forms.agenda import version_of
from boards.models import AgendaItem, Meeting


def meeting_for(request: HttpRequest, slug: str, pk: int) -> Meeting:
    """Raises Http404."""
    seen = Meeting.objects.visible_to(request.actor).select_related("board")
    return get_object_or_404(seen, board__slug=slug, pk=pk)


def item_for(request: HttpRequest, slug: str, pk: int, item: int) -> AgendaItem:
    """Raises Http404."""
    seen = AgendaItem.objects.visible_to(request.actor).select_related("meeting__board")
    return get_object_or_404(seen, meeting__board__slug=slug, meeting=pk, pk=item)


def seen_version(request: HttpRequest) -> int:
    """The version of the agenda that a button was pressed on."""
    return version_of(request.POST.get("version", ""))
