"""`/boards/map/`: how the boards relate, as a picture and as a nested list."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.presenters import calendar as crumbs
from boards.presenters import map as present
from boards.queries.map import governance as load
from boards.rules import may_run_boards
from kit.diagrams import as_list, diagram

TITLE = "Governance map"


@require_safe
def governance(request: HttpRequest) -> HttpResponse:
    """All boards in reach, or one with its neighbours."""
    everything = load(request.actor)
    slug = request.GET.get("board", "")
    board = next((each for each in everything.boards if each.slug == slug), None)
    if slug and board is None:
        raise Http404
    found = everything.around(board) if board else everything
    nodes, edges = present.nodes(found), present.edges(found)
    title = f"{TITLE} around {board}" if board else TITLE
    context = {
        "title": title,
        "boards": everything.boards,
        "board": board,
        "picture": diagram(nodes, edges, title) if nodes else "",
        "branches": as_list(nodes, edges),
        "may_run": may_run_boards(request.actor),
        "crumbs": [*crumbs.crumbs()[:1], (TITLE, "")],
    }
    return render(request, "boards/map/map.html", context)
