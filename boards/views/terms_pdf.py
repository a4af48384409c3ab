"""A version of terms of reference as a document."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from boards.presenters.boards import relationships
from boards.presenters.facts import review_sentence
from boards.presenters.terms_document import document
from boards.queries.adoption import last_day_in_force
from boards.queries.boards import relationships_of
from boards.queries.seats import seats_on
from boards.queries.versions import state_of, terms_page, versions
from boards.views.loading import terms_for
from kit import pdf


@require_safe
def terms_pdf(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/boards/<board>/terms/<number>/terms.pdf`, with the members of today, or of the last day it was in force."""
    found = terms_for(request, slug, number)
    board, actor = found.board, request.actor
    page = terms_page(actor, found)
    state = state_of(found, versions(actor, board), actor.on)
    day = last_day_in_force(found, actor.on) if state == "superseded" else actor.on
    made = document(
        board,
        page,
        state,
        review=review_sentence(found, actor.on) if state == "in_force" else "",
        seats=seats_on([board.pk], day).get(board.pk, []),
        relationships=relationships(board, relationships_of(actor, board)),
        on=day,
    )
    return pdf.response(request, made, f"{board.slug}-terms-{found.number}")
