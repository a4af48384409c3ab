"""Pages that belong to the whole service."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from people.models import Message, Role


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    return render(request, "stride/home.html", {})


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Mail that STRIDE wrote: for the strategy team and administrators."""
    if not request.actor.has(Role.STRATEGY_TEAM, Role.ADMINISTRATOR):
        raise PermissionDenied("The outbox is for the strategy team.")
    page = Paginator(Message.objects.all(), 25).get_page(request.GET.get("page"))
    return render(request, "stride/outbox.html", {"page": page})


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "stride/accessibility.html")


@require_safe
@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies are set, and why no consent is asked."""
    return render(request, "stride/cookies.html")
