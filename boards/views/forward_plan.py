"""The forward plan of a board, and filling the coming agendas from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_meetings as rules
from boards.forms.forward_plan import DropForm, EntryForm
from boards.models import Board, ForwardPlanEntry
from boards.presenters import forward_plan as present
from boards.queries.forward_plan import filled, plan_of, untouched
from boards.queries.terms import holding_on
from boards.services import forward_plan as services
from boards.views.loading import board_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.periods import financial_year
from kit.verdict import Refusal


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """What the board means to take up, and the duties nobody has touched this year."""
    board = board_for(request, slug)
    found = plan_of(board, request.actor.on)
    may_edit = rules.may_plan_ahead(request.actor, board)
    table = present.table(request, board, present.lines(found, request.actor), bool(may_edit))
    if table.wants_csv:
        return table.csv()
    page = {
        "board": board,
        "table": table,
        "has_terms": found.terms is not None,
        "has_duties": bool(found.duties),
        "untouched": present.untouched_rows(untouched(found, request.actor.on)),
        "year": financial_year(request.actor.on),
        "may_edit": may_edit,
        "crumbs": present.crumbs(board),
    }
    return render(request, "boards/forward_plan/plan.html", page)


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add an entry."""
    board = board_for(request, slug)
    insist(rules.may_plan_ahead(request.actor, board))
    form = _form(request, ForwardPlanEntry(board=board))
    return edit_page(
        request,
        form,
        title="Add to the forward plan",
        caption=board.title,
        crumbs=present.crumbs_to(board),
        act=lambda: services.add(entry=form.instance, by=request.actor),
        done="It was added to the forward plan.",
        to=lambda saved: _url(board),
        cancel=_url(board),
    )


@form_page
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an entry that waits."""
    board, entry = _entry(request, slug, pk)
    form = _form(request, entry)
    return edit_page(
        request,
        form,
        title="Change this entry",
        caption=entry.title,
        crumbs=present.crumbs_to(board),
        act=lambda: services.change(entry=entry, values=form.values, seen=form.seen, by=request.actor),
        done="The entry was saved.",
        to=lambda saved: _url(board),
        cancel=_url(board),
    )


@form_page
def drop(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say that the board will not take an entry up."""
    board, entry = _entry(request, slug, pk)
    form = DropForm(posted(request))
    return edit_page(
        request,
        form,
        title="Drop this from the forward plan",
        caption=entry.title,
        crumbs=present.crumbs_to(board),
        submit="Drop it",
        look="warning",
        act=lambda: services.drop(entry=entry, reason=form.cleaned_data["reason"], by=request.actor),
        done="The entry was dropped.",
        to=lambda saved: _url(board),
        cancel=_url(board),
    )


@form_page
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where everything would go, with reasons; then put it there."""
    board = board_for(request, slug)
    insist(rules.may_plan_ahead(request.actor, board))
    problem = ""
    if request.method == "POST":
        try:
            done = services.fill(board=board, seen=request.POST.get("seen", ""), by=request.actor, at=clock.now())
        except services.Moved:
            problem = "The plan or an agenda has changed since you opened this page. Check it again."
        except Refusal as refusal:
            problem = refusal.sentence
        else:
            count = len(done.placed)
            messages.success(request, f"{count} item{' was' if count == 1 else 's were'} put on the coming agendas.")
            return redirect(_url(board))
    found = plan_of(board, request.actor.on)
    filling = filled(found, clock.now())
    page = {
        "board": board,
        "problem": problem,
        "token": services.preview_token(found, filling),
        "meetings": present.placements(found, filling),
        "left": filling.left,
        "crumbs": [*present.crumbs_to(board), ("Fill agendas", "")],
    }
    return render(request, "boards/forward_plan/fill.html", page, status=422 if problem else 200)


def _form(request: HttpRequest, entry: ForwardPlanEntry) -> EntryForm:
    holding = holding_on([entry.board], request.actor.on).get(entry.board_id)
    terms = holding.rules if holding else None
    return EntryForm(posted(request), instance=entry, terms=terms, on=request.actor.on)


def _entry(request: HttpRequest, slug: str, pk: int) -> tuple[Board, ForwardPlanEntry]:
    board = board_for(request, slug)
    insist(rules.may_plan_ahead(request.actor, board))
    entry = get_object_or_404(board.forward_plan, pk=pk)
    insist(rules.may_change_entry(entry))
    return board, entry


def _url(board: Board) -> str:
    return reverse("boards:forward_plan", args=[board.slug])
