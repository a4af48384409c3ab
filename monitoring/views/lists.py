"""`/returns/`: every return in reach, one's own first."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kit.tables import Table
from monitoring.forms.rounds import LineFilter
from monitoring.models import ProgressReturn
from monitoring.presenters import lines as present
from monitoring.queries import rounds as queries

PAGE = 100


@require_safe
def returns(request: HttpRequest) -> HttpResponse:
    """Narrowed, sorted and paged; the files hold every page."""
    actor = request.actor
    rows = ProgressReturn.objects.visible_to(actor).exclude(round__state="planned")
    rows = rows.order_by("-round__period_starts", "commitment__strategy__title", "commitment__number")
    lines = queries.lines(queries.for_lists(rows), actor, with_conflicts=False)
    narrow = LineFilter(request.GET, choices=present.choices(lines, "round", "state", "programme", "rating"))
    found = present.narrowed(lines, narrow.asked)
    mine = [line for line in found if present.is_of(line, actor)]
    others = [line for line in found if not present.is_of(line, actor)]
    yours = _table(request, "Yours", mine, "yours")
    rest = _table(request, "Others" if mine else "All returns", others, "returns")
    for table in (yours, rest):
        if table.wants_csv:
            return table.csv()
    page = Paginator(rest.records, PAGE).get_page(request.GET.get("page"))
    rest.records = list(page)
    tables = [table for table in (yours, rest) if table.records] or [rest]
    context = {"tables": tables, "page": page, "filter": narrow, "any": bool(lines)}
    return render(request, "monitoring/returns/list.html", context)


def _table(request: HttpRequest, caption: str, lines: list, name: str) -> Table:
    return Table(
        request,
        caption=caption,
        columns=present.list_columns(request.actor),
        rows=lines,
        name=name,
        sort_param="sort" if name == "returns" else f"sort-{name}",
        empty_text="No return matches. Clear the filter to see them all.",
    )
