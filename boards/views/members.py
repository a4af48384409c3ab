"""Who sits on a board, and who did."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules
from boards.forms.members import EditSeatForm, EndSeatForm, NewSeatForm
from boards.models import Membership
from boards.presenters.boards import seats_table
from boards.presenters.crumbs import board_crumbs
from boards.queries.seats import seats_over_time
from boards.services import members as services
from boards.views.loading import board_for, seat_for
from kit.edit_pages import edit_page, form_page, insist, posted


@require_safe
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Every seat there ever was."""
    board = board_for(request, slug)
    table = seats_table(request, board, seats_over_time(board.pk, request.actor.on))
    if table.wants_csv:
        return table.csv()
    page = {
        "board": board,
        "table": table,
        "on": request.actor.on,
        "may_run": rules.may_run_boards(request.actor),
        "crumbs": board_crumbs(board, ("Members", "")),
    }
    return render(request, "boards/member/list.html", page)


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a post or a person a seat."""
    board = board_for(request, slug)
    insist(rules.may_run_boards(request.actor))
    form = NewSeatForm(posted(request), instance=Membership(board=board), on=request.actor.on)
    return edit_page(
        request,
        form,
        title="Add a member",
        caption=board.title,
        intro="Choose a post where you can: its holder sits on the board, whoever that is.",
        crumbs=board_crumbs(board, ("Members", _list(board.slug))),
        act=lambda: services.add(membership=form.instance, by=request.actor),
        done="The seat was added.",
        to=lambda saved: _list(slug),
        cancel=_list(slug),
    )


@form_page
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Correct a seat, or name a deputy."""
    return _change(request, slug, pk, EditSeatForm, "Change this seat", "The seat was saved.")


@form_page
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Set the last day of a seat."""
    return _change(request, slug, pk, EndSeatForm, "When does this seat end?", "The last day was saved.")


def _change(request: HttpRequest, slug: str, pk: int, form_class: type, title: str, done: str) -> HttpResponse:
    seat = seat_for(request, slug, pk)
    insist(rules.may_run_boards(request.actor))
    form = form_class(posted(request), instance=seat, on=request.actor.on, asks_reason=True)
    return edit_page(
        request,
        form,
        title=title,
        caption=str(seat),
        crumbs=board_crumbs(seat.board, ("Members", _list(slug))),
        act=lambda: services.change(
            membership=seat, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done=done,
        to=lambda saved: _list(slug),
        cancel=_list(slug),
    )


def _list(slug: str) -> str:
    return reverse("boards:members", args=[slug])
