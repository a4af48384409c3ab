"""Making an agenda: items, their order, what comes from the terms and from last time."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_meetings as rules
from boards.choices import StandingItem
from boards.disclosure import numbered
from boards.forms.agenda import CHANGED, ItemForm, VersionForm
from boards.models import AgendaItem, Meeting
from boards.presenters import meetings as present
from boards.services import agenda as services
from boards.views.loading_meetings import item_for, meeting_for, seen_version
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.forms import StrideForm
from kit.stale import Stale
from kit.verdict import Refusal


@require_safe
def agenda(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The agenda as its editors see it."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_edit_agenda(request.actor, meeting))
    return _show(request, meeting)


@form_page
def order(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Move an item up or down, or put all of them in an order."""
    meeting = meeting_for(request, slug, pk)
    if request.method != "POST":
        return redirect(_url(meeting))  # whoever loads the answer to a button again
    insist(rules.may_edit_agenda(request.actor, meeting))
    keys = _keys(request.POST.getlist("order"))
    seen = seen_version(request)
    move = request.POST.get("move", "")
    if move:
        keys = _moved(list(meeting.items.values_list("pk", flat=True)), move)

    def act() -> None:
        services.reorder(meeting=meeting, order=keys, seen=seen, by=request.actor)

    return _changed(request, meeting, act, "The order was saved.", mine=keys)


@form_page
def standing(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add the standing items that the terms ask for."""
    meeting = meeting_for(request, slug, pk)
    if request.method != "POST":
        return redirect(_url(meeting))  # whoever loads the answer to a button again
    insist(rules.may_edit_agenda(request.actor, meeting))
    return _changed(
        request,
        meeting,
        lambda: services.add_standing(meeting=meeting, seen=seen_version(request), by=request.actor),
        "The standing items were added.",
    )


@form_page
def copy(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Copy what recurs of the last meeting's agenda."""
    meeting = meeting_for(request, slug, pk)
    if request.method != "POST":
        return redirect(_url(meeting))  # whoever loads the answer to a button again
    insist(rules.may_edit_agenda(request.actor, meeting))
    return _changed(
        request,
        meeting,
        lambda: services.copy_last(meeting=meeting, seen=seen_version(request), by=request.actor),
        "The recurring items of the last meeting were copied.",
    )


@form_page
def new_item(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put an item on the agenda."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_edit_agenda(request.actor, meeting))
    form = _item_form(request, AgendaItem(meeting=meeting, position=0))
    return _item_page(
        request,
        form,
        meeting,
        title="Add an item",
        act=lambda: services.add(meeting=meeting, wanted=form.wanted(), seen=form.agenda_seen, by=request.actor),
        done="The item was added.",
    )


@form_page
def edit_item(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Change an item."""
    found = item_for(request, slug, pk, item)
    insist(rules.may_edit_agenda(request.actor, found.meeting))
    form = _item_form(request, found)
    return _item_page(
        request,
        form,
        found.meeting,
        title="Change this item",
        act=lambda: services.change(item=found, wanted=form.wanted(), seen=form.agenda_seen, by=request.actor),
        done="The item was saved.",
    )


@form_page
def remove_item(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Take an item off the agenda."""
    found = item_for(request, slug, pk, item)
    meeting = found.meeting
    insist(rules.may_edit_agenda(request.actor, meeting))
    form = VersionForm(posted(request), meeting=meeting)
    return edit_page(
        request,
        form,
        title="Take this item off the agenda",
        caption=found.title,
        crumbs=_crumbs(meeting),
        intro="What came from the forward plan goes back to it.",
        submit="Take it off",
        look="warning",
        act=lambda: services.remove(item=found, seen=form.agenda_seen, by=request.actor) or meeting,
        done="The item was taken off the agenda.",
        to=lambda saved: _url(meeting),
        cancel=_url(meeting),
    )


def _item_form(request: HttpRequest, item: AgendaItem) -> ItemForm:
    terms = services.terms_of_the_day(item.meeting)
    return ItemForm(posted(request), instance=item, terms=terms, actor=request.actor)


def _item_page(
    request: HttpRequest, form: StrideForm, meeting: Meeting, *, title: str, act: Callable, done: str
) -> HttpResponse:
    return edit_page(
        request,
        form,
        title=title,
        caption=str(meeting),
        crumbs=_crumbs(meeting),
        act=act,
        done=done,
        to=lambda saved: _url(meeting),
        cancel=_url(meeting),
    )


def _changed(
    request: HttpRequest, meeting: Meeting, act: Callable, done: str, mine: list[int] | None = None
) -> HttpResponse:
    """Do it and go back to the agenda; where another editor was quicker, show both."""
    try:
        act()
    except Stale as stale:
        return _show(request, stale.current, problem=CHANGED, mine=mine, status=409)
    except Refusal as refusal:
        return _show(request, meeting, problem=refusal.sentence, status=422)
    messages.success(request, done)
    return redirect(_url(meeting))


def _show(
    request: HttpRequest, meeting: Meeting, *, problem: str = "", mine: list[int] | None = None, status: int = 200
) -> HttpResponse:
    items = list(meeting.items.select_related("presenter_post").prefetch_related("audience"))
    numbers = numbered(items)
    allotted = present.Agenda([], sum(item.minutes for item in items), meeting.minutes)
    known = {item.pk: item for item in items}
    missing = services.missing_standing(meeting, services.terms_of_the_day(meeting))
    last = services.last_with_agenda(meeting)
    page = {
        "meeting": meeting,
        "board": meeting.board,
        "rows": [(numbers[item.pk], item) for item in items],
        "allotted": allotted,
        "standing": [StandingItem(kind).label for kind in missing],
        "last": last,
        "problem": problem,
        "mine": [known[key] for key in mine if key in known] if mine and status == 409 else [],
        "crumbs": _crumbs(meeting, ("Agenda", "")),
    }
    return render(request, "boards/meetings/agenda.html", page, status=status)


def _keys(values: list[str]) -> list[int]:
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 12]


def _moved(keys: list[int], move: str) -> list[int]:
    """The order after "12:up" or "12:down". An order that cannot be is refused by the service."""
    key, _, way = move.partition(":")
    wanted = _keys([key])
    if not wanted or wanted[0] not in keys or way not in ("up", "down"):
        return []
    at = keys.index(wanted[0])
    to = min(max(at + (-1 if way == "up" else 1), 0), len(keys) - 1)
    keys.insert(to, keys.pop(at))
    return keys


def _crumbs(meeting: Meeting, *last: tuple[str, str]) -> list[tuple[str, str]]:
    return [*present.crumbs_to(meeting), *(last or (("Agenda", _url(meeting)),))]


def _url(meeting: Meeting) -> str:
    return reverse("boards:agenda", args=[meeting.board.slug, meeting.pk])
