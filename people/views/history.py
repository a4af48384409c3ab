"""How posts and people came to be as they are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from kit.history_pages import history_page
from people import presenters, queries_history
from people.models import Person, Post


@require_safe
def post(request: HttpRequest, code: str) -> HttpResponse:
    """What changed of a post, who was in it and who drafted for it."""
    found = get_object_or_404(Post, code=code)
    return history_page(
        request,
        sources=queries_history.of_post(found),
        reader=queries_history.reader_for(request.actor),
        caption=found.title,
        crumbs=presenters.post_crumbs(found),
        name=found.code,
    )


@require_safe
def person(request: HttpRequest, code: str) -> HttpResponse:
    """What changed of a person and of the posts they were in."""
    found = get_object_or_404(Person, code=code)
    return history_page(
        request,
        sources=queries_history.of_person(request.actor, found),
        reader=queries_history.reader_for(request.actor),
        caption=found.name,
        crumbs=presenters.crumbs(("People", reverse("people:persons")), (found.name, found.get_absolute_url())),
        name=found.code,
    )
