"""People, and the posts each was in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit.edit_pages import edit_page, form_page, insist, posted
from people import presenters, queries, rules
from people.forms import PersonForm
from people.models import Person
from people.services import records


@require_safe
def persons(request: HttpRequest) -> HttpResponse:
    """Everybody, with the posts they are in today."""
    words = request.GET.get("q", "").strip()[:200]
    lines = [line for line in queries.people_on(request.actor.on) if words.casefold() in line[0].name.casefold()]
    table = presenters.people_table(request, lines)
    if table.wants_csv:
        return table.csv()
    page = {
        "table": table,
        "words": words,
        "may_keep": rules.may_keep_people(request.actor),
        "crumbs": presenters.crumbs(("People", "")),
    }
    return render(request, "people/person/list.html", page)


@require_safe
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person and their posts over time."""
    found = get_object_or_404(Person, code=code)
    table = presenters.tenures_table(request, found, queries.tenures_of(found))
    if table.wants_csv:
        return table.csv()
    page = {
        "person": found,
        "table": table,
        "on": request.actor.on,
        "may_keep": rules.may_keep_people(request.actor),
        "shows_address": rules.may_see_address(request.actor, found),
        "crumbs": presenters.crumbs(("People", reverse("people:persons")), (found.name, "")),
    }
    return render(request, "people/person/person.html", page)


@form_page
def new(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    insist(rules.may_keep_people(request.actor))
    form = PersonForm(posted(request))
    return edit_page(
        request,
        form,
        title="Add a person",
        intro="This does not let them sign in: an administrator does that.",
        crumbs=presenters.crumbs(("People", reverse("people:persons"))),
        act=lambda: records.add(record=form.instance, by=request.actor),
        done="The person was added.",
        to=lambda record: record.get_absolute_url(),
        cancel=reverse("people:persons"),
    )


@form_page
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a person's name or address."""
    record = get_object_or_404(Person, code=code)
    insist(rules.may_keep_people(request.actor))
    form = PersonForm(posted(request), instance=record)
    return edit_page(
        request,
        form,
        title="Change this person",
        caption=record.name,
        crumbs=presenters.crumbs(("People", reverse("people:persons")), (record.name, record.get_absolute_url())),
        act=lambda: records.change(record=record, values=form.values, seen=form.seen, by=request.actor),
        done="The person was saved.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=record.get_absolute_url(),
    )
