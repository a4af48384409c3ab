"""The list of boards, and the page of one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules, rules_boards, rules_calendar
from boards.forms.boards import BoardFilter, BoardForm
from boards.presenters import deadlines
from boards.presenters.boards import boards_table, by_category, outside_table, relationships
from boards.presenters.crumbs import board_crumbs, crumbs
from boards.presenters.facts import facts, links
from boards.queries import boards as queries
from boards.queries.boards import BoardLine, board_page
from boards.queries.versions import all_said
from boards.services import boards as services
from boards.views.loading import board_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted


@require_safe
def boards(request: HttpRequest) -> HttpResponse:
    """The boards of today; others on asking."""
    form = BoardFilter(request.GET)
    asked = form.asked()
    everything = queries.boards(request.actor)
    fitting = _fitting(everything, asked, request.actor.on)
    inside = boards_table(request, [line for line in fitting if not line.board.is_outside], request.actor.on)
    outside = outside_table(request, [line for line in fitting if line.board.is_outside])
    for table in (inside, outside):
        if table.wants_csv:
            return table.csv()
    page = {
        "table": inside,
        "outside": outside,
        "filter": form,
        "filtered": any(asked.values()),
        "none_at_all": not everything,
        "may_run": rules.may_run_boards(request.actor),
        "ways": links(None),
    }
    return render(request, "boards/board/list.html", page)


def _fitting(lines: list[BoardLine], asked: dict[str, str], on) -> list[BoardLine]:
    if asked["kind"]:
        lines = [line for line in lines if line.board.kind == asked["kind"]]
    if words := asked["q"].casefold().strip():
        lines = [line for line in lines if words in line.board.title.casefold()]
    if asked["life"] == "all":
        return lines
    ended = asked["life"] == "ended"
    return [line for line in lines if bool(line.board.ends and line.board.ends < on) is ended]


@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """One board: what it is there for, what is due, who sits on it, under which terms, what it is to others."""
    found = board_for(request, slug)
    page = board_page(request.actor, found)
    holding = page.line.holding
    said = all_said(holding.rules) if holding else []
    context = {
        "page": page,
        "board": found,
        "facts": facts(page, request.actor.on),
        "said": {each.key: each.text for each in said},
        "duties": [each.text for each in said if each.key.startswith("duty ")],
        "levels": [each.text for each in said if each.key.startswith("level ")],
        "quorum": [line for each in said if each.key == "quorum" for line in each.text.splitlines()],
        "seats": by_category(page.seats),
        "relationships": relationships(found, page.relationships),
        "board_deadlines": None if found.is_outside else deadlines.of_board(found, request.actor, clock.now()),
        "ways": links(found),
        "may_plan": rules_calendar.may_plan_for(request.actor, found),
        "may_run": rules.may_run_boards(request.actor),
        "crumbs": crumbs((found.title, "")),
    }
    return render(request, "boards/board/board.html", context)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Add a board."""
    insist(rules.may_run_boards(request.actor))
    form = BoardForm(posted(request))
    return edit_page(
        request,
        form,
        title="Add a board",
        intro="After saving, add its members and draft its terms of reference.",
        crumbs=crumbs(),
        act=lambda: services.add(board=form.instance, by=request.actor),
        done="The board was added. Now add its members, chair first.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=reverse("boards:boards"),
    )


@form_page
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a board, or say when it ends."""
    found = board_for(request, slug)
    insist(rules.may_run_boards(request.actor))
    asks = rules_boards.asks_reason(found.terms.filter(state="approved").exists())
    form = BoardForm(posted(request), instance=found, asks_reason=asks)
    return edit_page(
        request,
        form,
        title="Change this board",
        caption=found.title,
        crumbs=board_crumbs(found),
        act=lambda: services.change(board=found, values=form.values, seen=form.seen, by=request.actor, reason=form.why),
        done="The board was saved.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=found.get_absolute_url(),
    )
