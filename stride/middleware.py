"""What every request carries: an id, the actor, the ledger's context, and a read-only transaction for auditors."""

import uuid
from collections.abc import Callable

import pghistory
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.functional import SimpleLazyObject

from kit import clock, request_id
from people.actor import Actor, actor_for

# Signing out and changing one's own password are the only things a reader may post.
OWN_ACCOUNT = ("account_",)
READS = frozenset({"GET", "HEAD", "OPTIONS"})


class RequestIdMiddleware:
    """Gives each request an id that log lines, the ledger and the response share."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.id = uuid.uuid4().hex
        token = request_id.current.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.current.reset(token)
        response["X-Request-ID"] = request.id
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            response.setdefault("Cache-Control", "no-store")
        return response


class ActorMiddleware:
    """Puts `request.actor` on the request: the signed-in user with the person, roles and posts of today."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: self._actor(request))
        return self.get_response(request)

    @staticmethod
    def _actor(request: HttpRequest) -> Actor:
        if not request.user.is_authenticated:
            return Actor(user_id=None, on=clock.today(), name="")
        return actor_for(request.user, clock.today())


class SignInMiddleware(LoginRequiredMiddleware):
    """Everybody signs in first. A form that was sent after the session had ended gives back what was written in it."""

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        from stride.views.errors import signed_out, words_of

        if request.method == "POST" and not request.htmx and words_of(request):
            return signed_out(request)
        return super().handle_no_permission(request, view_func)


class NotAllowedMiddleware:
    """Gives the empty answer to a method that an address does not take the look of a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed) or response.content or request.path.startswith("/health/"):
            return response
        from stride.views.errors import not_allowed

        return not_allowed(request, response["Allow"])


class LedgerMiddleware:
    """Writes who, as what, when, from where and in which request into every ledger row of the request.

    The name and standing of the person, and the moment by STRIDE's own clock, are asked only when something is sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user if request.user.is_authenticated else None
        words = {"user": user.pk if user else None, "name": user.email if user else ""}
        if request.method not in READS:
            words["at"] = clock.now().isoformat()
            if user:
                actor = request.actor
                words |= {"person": actor.name if actor.person_id else "", "as_": actor.standing}
        with pghistory.context(url=request.path, request=request.id, **words):
            return self.get_response(request)


class ReadOnlyMiddleware:
    """Runs the requests of those who only read in a read-only database transaction."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Refuse what is not a read; wrap what is, but for views that note who read (kit.readings)."""
        if not request.user.is_authenticated or not request.actor.reads_only:
            return None
        name = request.resolver_match.view_name or ""  # with its namespace: the admin has an account_… of its own
        if name.startswith(OWN_ACCOUNT):
            return None
        if request.method not in READS:
            if sits_on_a_board(request.actor):
                return None
            from stride.views.errors import forbidden

            auditor = "Auditors read everything here and change nothing."
            return forbidden(request, auditor if request.actor.is_auditor else "You can read here, and change nothing.")
        if getattr(view, "notes_reading", False) and not request.actor.is_auditor:
            return None
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION READ ONLY")
            response = view(request, *args, **kwargs)
            if hasattr(response, "render") and callable(response.render):
                response = response.render()
            return response


def sits_on_a_board(actor: Actor) -> bool:
    """Whether somebody without a post has a seat as a person: an external adviser replies and keeps their interests."""
    if actor.is_auditor or actor.person_id is None:
        return False
    from boards.models import Membership

    return Membership.objects.of_actor(actor).exists()
