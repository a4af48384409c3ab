"""Closure days: the list, adding, changing and taking one away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards.forms.closures import ClosureForm
from boards.models import Closure
from boards.presenters import calendar as present
from boards.presenters.closures import closures_table
from boards.presenters.proposals import may_see
from boards.rules import may_run_boards
from boards.services import closures
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """`/boards/calendar/closures/`: the body's own days off."""
    insist(may_see(request.actor))
    may_run = may_run_boards(request.actor)
    table = closures_table(request, Closure.objects.select_related("board"), bool(may_run))
    if table.wants_csv:
        return table.csv()
    context = {"table": table, "may_run": may_run, "crumbs": present.crumbs(("Closure days", ""))}
    return render(request, "boards/closures/list.html", context)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Add days on which the body is closed."""
    insist(may_run_boards(request.actor))
    form = ClosureForm(posted(request))
    return edit_page(
        request,
        form,
        title="Add closure days",
        intro="Bank holidays are known already. Deadlines still ahead are worked out again.",
        crumbs=_crumbs(),
        act=lambda: closures.add(closure=form.instance, by=request.actor, at=clock.now()),
        done="The closure was added.",
        to=lambda closure: reverse("boards:closures"),
        cancel=reverse("boards:closures"),
    )


@form_page
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change them."""
    insist(may_run_boards(request.actor))
    closure = get_object_or_404(Closure, pk=pk)
    form = ClosureForm(posted(request), instance=closure)
    return edit_page(
        request,
        form,
        title="Change closure days",
        caption=closure.label,
        crumbs=_crumbs(),
        act=lambda: closures.change(
            closure=closure, values=form.values, seen=form.seen, by=request.actor, at=clock.now()
        ),
        done="The closure was saved.",
        to=lambda saved: reverse("boards:closures"),
        cancel=reverse("boards:closures"),
    )


@form_page
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take them away."""
    insist(may_run_boards(request.actor))
    closure = get_object_or_404(Closure, pk=pk)
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Remove these closure days?",
        caption=closure.label,
        intro="Deadlines still ahead are worked out again.",
        crumbs=_crumbs(),
        act=lambda: closures.remove(closure=closure, by=request.actor, at=clock.now()),
        done="The closure was removed.",
        to=lambda removed: reverse("boards:closures"),
        cancel=reverse("boards:closures"),
        submit="Remove them",
        look="warning",
    )


def _crumbs() -> list[tuple[str, str]]:
    return present.crumbs(("Closure days", reverse("boards:closures")))
