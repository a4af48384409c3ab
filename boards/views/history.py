"""How a board came to be as it is."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards.presenters.crumbs import board_crumbs
from boards.queries import history
from boards.views.loading import board_for
from kit.history_pages import history_page


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """What changed of a board, of who sits on it and of what it is to others; the steps of its terms."""
    found = board_for(request, slug)
    return history_page(
        request,
        sources=history.of_board(request.actor, found),
        reader=history.reader_for(request.actor),
        caption=found.title,
        crumbs=board_crumbs(found),
        name=found.slug,
    )
