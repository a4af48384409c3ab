"""Two versions of a board's terms of reference, field by field."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.compare import differences, unchanged
from boards.forms.compare import CompareForm
from boards.models import Terms
from boards.presenters.crumbs import terms_crumbs
from boards.presenters.terms import adoption_sentence
from boards.queries.versions import TermsPage, terms_page, versions
from boards.views.loading import board_for


@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """The two newest versions, or those that were asked for. Of adopted terms, what held."""
    board = board_for(request, slug)
    found = versions(request.actor, board)
    form = CompareForm(request.GET, versions=found)
    older, newer = form.asked()
    context = {
        "board": board,
        "compare_form": form,
        "older": older,
        "newer": newer,
        "crumbs": terms_crumbs(board, ("Compare versions", "")),
    }
    if older and newer:
        pages = [_loaded(request, board, each) for each in (older, newer)]
        context |= {
            "differences": differences(pages[0].said, pages[1].said),
            "unchanged": unchanged(pages[0].said, pages[1].said),
            "adoptions": [(page.terms.number, adoption_sentence(page)) for page in pages if page.is_adopted],
        }
    return render(request, "boards/terms/compare.html", context)


def _loaded(request: HttpRequest, board, terms: Terms) -> TermsPage:
    terms.board = board
    return terms_page(request.actor, terms)
