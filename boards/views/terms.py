"""Terms of reference to read and to print: those in force today, and each version."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_terms
from boards.models import Board, Terms
from boards.presenters import terms as presenters
from boards.presenters.boards import by_category
from boards.presenters.crumbs import board_crumbs, terms_crumbs
from boards.presenters.facts import review_sentence
from boards.queries.checks import problems
from boards.queries.seats import seats_on
from boards.queries.versions import in_force, state_of, terms_page, versions
from boards.rules import may_run_boards
from boards.views.loading import board_for, terms_for


@require_safe
def terms(request: HttpRequest, slug: str) -> HttpResponse:
    """The version in force today; what to do when there is none."""
    board = board_for(request, slug)
    found = versions(request.actor, board)
    current = in_force(found, request.actor.on)
    if current:
        current.board = board
        return _page(request, board, current, found, board_crumbs(board, ("Terms of reference", "")))
    context = {
        "board": board,
        "versions": presenters.versions(found, request.actor.on),
        "may_draft": _may_draft(request, board, found),
        "may_run": may_run_boards(request.actor),
        "crumbs": board_crumbs(board, ("Terms of reference", "")),
    }
    return render(request, "boards/terms/none.html", context)


@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, whatever its state."""
    found = terms_for(request, slug, number)
    others = versions(request.actor, found.board)
    return _page(request, found.board, found, others, terms_crumbs(found.board, (f"Version {number}", "")))


def _page(request: HttpRequest, board: Board, found: Terms, others: list[Terms], crumbs: list) -> HttpResponse:
    on = request.actor.on
    page = terms_page(request.actor, found)
    state = state_of(found, others, on)
    may_run = may_run_boards(request.actor)
    wrong = problems(found, on) if state == "draft" and may_run else []
    context = {
        "page": page,
        "terms": found,
        "board": board,
        "state": state,
        "state_word": presenters.state_word(state),
        "review": review_sentence(found, on) if state == "in_force" else "",
        "next_step": presenters.next_step(found, state, wrong),
        "problems": wrong,
        "adoption": presenters.adoption_sentence(page),
        "parts": presenters.parts(page.said),
        "seats": by_category(seats_on([board.pk], on).get(board.pk, [])),
        "on": on,
        "versions": presenters.versions(others, on),
        "history": presenters.history(page),
        "pdf": reverse("boards:terms_pdf", args=[board.slug, found.number]),
        "may_run": may_run,
        "may_edit": rules_terms.may_edit(request.actor, found),
        "may_draft": _may_draft(request, board, others),
        "crumbs": crumbs,
    }
    return render(request, "boards/terms/terms.html", context)


def _may_draft(request: HttpRequest, board: Board, found: list[Terms]):
    return rules_terms.may_draft(request.actor, board, any(each.state == "draft" for each in found))
