"""Pages for refusals and faults."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, reason: str, heading: str = "You cannot do this") -> HttpResponse:
    """403 with the sentence that says why."""
    return render(request, "403.html", {"reason": reason, "heading": heading}, status=403)


def not_allowed(request: HttpRequest, allow: str) -> HttpResponse:
    """405 for an address that was asked with another method than those it takes."""
    response = render(request, "405.html", status=405)
    response["Allow"] = allow
    return response


def forbidden_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    return forbidden(
        request,
        "This page was open for too long, or was opened before you signed in. Go back, copy what you wrote, "
        "reload the page and try again.",
        heading="This page is out of date",
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler for PermissionDenied; the exception's text is the rule's sentence."""
    return forbidden(request, str(exception) or "You cannot do this.")
