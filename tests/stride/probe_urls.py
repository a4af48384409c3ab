"""The service's addresses, and views that do what no page does."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path

from people.models import Unit
from stride.urls import handler403
from stride.urls import urlpatterns as served

__all__ = ["handler403", "urlpatterns"]


def writes(request: HttpRequest) -> HttpResponse:
    """A page that would write while it is read."""
    Unit.objects.create(code="written", name="Written")
    return HttpResponse("written")


class Later(TemplateResponse):
    """A page that asks the database only when it is drawn."""

    @property
    def rendered_content(self) -> str:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_read_only")
            return cursor.fetchone()[0]


def drawn_later(request: HttpRequest) -> HttpResponse:
    """Says whether it was drawn in a read-only transaction."""
    return Later(request, "nothing.html")


urlpatterns = [*served, path("probe/writes/", writes), path("probe/later/", drawn_later)]
