"""The parts of the organisation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit.edit_pages import edit_page, form_page, insist, posted
from people import presenters, queries, rules
from people.forms import UnitForm
from people.models import Unit
from people.services import records


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The tree of units."""
    may_keep = rules.may_keep_people(request.actor)
    table = presenters.units_table(request, queries.unit_tree())
    if table.wants_csv:
        return table.csv()
    page = {"table": table, "may_keep": may_keep, "indents": not table.sort, "crumbs": presenters.crumbs(("Units", ""))}
    return render(request, "people/unit/list.html", page)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Add a unit."""
    insist(rules.may_keep_people(request.actor))
    form = UnitForm(posted(request))
    return edit_page(
        request,
        form,
        title="Add a unit",
        crumbs=presenters.crumbs(("Units", reverse("people:units"))),
        act=lambda: records.add(record=form.instance, by=request.actor),
        done="The unit was added.",
        to=lambda record: reverse("people:units"),
        cancel=reverse("people:units"),
    )


@form_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a unit's name, kind or place."""
    record = get_object_or_404(Unit, code=code)
    insist(rules.may_keep_people(request.actor))
    form = UnitForm(posted(request), instance=record)
    return edit_page(
        request,
        form,
        title="Change this unit",
        caption=record.name,
        crumbs=presenters.crumbs(("Units", reverse("people:units"))),
        act=lambda: records.change(record=record, values=form.values, seen=form.seen, by=request.actor),
        done="The unit was saved.",
        to=lambda saved: reverse("people:units"),
        cancel=reverse("people:units"),
    )
