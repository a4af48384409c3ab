"""Pages that belong to the whole service."""

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.presenters.home import BoardsHome
from boards.queries import home as boards_inbox
from kit import clock
from monitoring.presenters.days import many
from monitoring.presenters.inbox import Home
from monitoring.queries import inbox
from people.models import Message, Role

STATEMENT_PREPARED = dt.date(2026, 11, 21)  # move it when the statement is looked at again


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits for me."""
    page, now = Home(inbox.of(request.actor), request), clock.now()
    for watched in page.watched:
        if watched.piles.wants_csv:
            return watched.piles.csv()
    boards = BoardsHome(boards_inbox.of(request.actor, now), request.actor, now)
    return render(request, "stride/home.html", {"home": page, "boards": boards, "strategy": page.judged})


@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """Mail that STRIDE wrote: for the strategy team and administrators, who answer for it, and auditors."""
    if not request.actor.has(Role.STRATEGY_TEAM, Role.ADMINISTRATOR, Role.AUDITOR):
        raise PermissionDenied("The outbox is for the strategy team.")
    page = Paginator(Message.objects.all(), 25).get_page(request.GET.get("page"))
    context = {"page": page, "kept": settings.DEMONSTRATION}
    if not settings.DEMONSTRATION:
        counts = Message.objects.waiting().aggregate(all=Count("pk"), failing=Count("pk", filter=Q(failed_tries__gt=0)))
        if counts["all"]:
            failing = f", {counts['failing']} after a try that failed" if counts["failing"] else ""
            context["waiting"] = f"{many(counts['all'], 'mail')} waiting to be sent{failing}."
    return render(request, "stride/outbox.html", context)


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "stride/accessibility.html", {"prepared": STATEMENT_PREPARED})


@require_safe
@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies are set, and why no consent is asked."""
    names = {"session": settings.SESSION_COOKIE_NAME, "csrf": settings.CSRF_COOKIE_NAME}
    hours = settings.SESSION_COOKIE_AGE // 3600
    return render(request, "stride/cookies.html", {"names": names, "hours": hours})
