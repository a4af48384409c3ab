"""What one board is to another. Each is reached through a board at one of its ends."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from boards import rules
from boards.forms.boards import RelationshipForm
from boards.models import Board, Relationship
from boards.presenters.crumbs import board_crumbs
from boards.services import boards as services
from boards.views.loading import board_for
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ReasonForm


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what this board is to another."""
    board = board_for(request, slug)
    insist(rules.may_run_boards(request.actor))
    form = RelationshipForm(posted(request), instance=Relationship(board=board))
    return edit_page(
        request,
        form,
        title="Add a relationship",
        caption=board.title,
        crumbs=board_crumbs(board),
        act=lambda: services.relate(relationship=form.instance, by=request.actor),
        done="The relationship was added.",
        to=lambda saved: board.get_absolute_url(),
        cancel=board.get_absolute_url(),
    )


@form_page
def end(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a relationship away."""
    board = board_for(request, slug)
    seen = Board.objects.visible_to(request.actor).order_by().values("pk")
    rows = Relationship.objects.filter(Q(board=board, to__in=seen) | Q(to=board, board__in=seen))
    found = get_object_or_404(rows.select_related("board", "to"), pk=pk)
    insist(rules.may_run_boards(request.actor))
    form = ReasonForm(posted(request), label="Why does it end?", hint="Your reason goes into the record of changes.")
    return edit_page(
        request,
        form,
        title="End this relationship?",
        caption=str(found),
        crumbs=board_crumbs(board),
        intro="What it was stays in the record of changes.",
        act=lambda: services.end_relationship(relationship=found, reason=form.cleaned_data["reason"], by=request.actor),
        done="The relationship ended.",
        to=lambda _: board.get_absolute_url(),
        cancel=board.get_absolute_url(),
        submit="End it",
        look="warning",
    )
