"""Pages for refusals and faults."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string


def forbidden(
    request: HttpRequest, reason: str, heading: str = "You cannot do this", typed: list[dict] | None = None
) -> HttpResponse:
    """403 with the sentence that says why, and the words that would be lost, so that they can be copied."""
    return render(request, "403.html", {"reason": reason, "heading": heading, "typed": typed}, status=403)


def words_of(request: HttpRequest) -> list[dict]:
    """What somebody wrote into the form they sent: each text of more than one word, never a password."""
    return [
        {"label": name.replace("_", " ").capitalize(), "text": text}
        for name, texts in request.POST.lists()
        for text in texts
        if len(text.split()) > 1 and "password" not in name
    ]


def signed_out(request: HttpRequest) -> HttpResponse:
    """403 for a form sent after the session had ended, with everything that was written in it."""
    return forbidden(
        request,
        "You were signed out before this was sent. Copy what you wrote, sign in, and put it back.",
        heading="You have been signed out",
        typed=words_of(request),
    )


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """405 for an address that was asked with another method than those it takes."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allow
    return response


def forbidden_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return forbidden(
        request,
        "This page was open for too long, or was opened before you signed in. Copy what you wrote, open the page anew "
        "and put it back.",
        heading="This page is out of date",
        typed=words_of(request),
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for PermissionDenied; the exception's text is the rule's sentence."""
    return forbidden(request, str(exception) or "You cannot do this.")


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for what cannot be read. Of what is too large it says how much is read."""
    too_large = isinstance(exception, RequestDataTooBig)
    context = {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 1024**2} if too_large else {}
    return HttpResponseBadRequest(render_to_string("400.html", context))
