"""What every page with one form does: ask the door, check the form, run the service, say so, go on."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit.crispy import Submit, helper
from kit.stale import Stale
from kit.verdict import Refusal, Verdict

form_page = require_http_methods(["GET", "HEAD", "POST"])


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent, for a form that is then bound; nothing when the page is only read."""
    return request.POST if request.method == "POST" else None


def insist(verdict: Verdict) -> None:
    """Raise PermissionDenied with the rule's sentence when it refuses."""
    if not verdict:
        raise PermissionDenied(verdict.sentence)


def attempt(form, act: Callable[[], Any]) -> Any:
    """Run a service; what it answers, or None with the reason on the form, which keeps every word typed.

    A refusal here means that something changed between the door and the save.
    """
    try:
        with transaction.atomic():
            return act()
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
    except Stale as stale:
        form.show_conflict(stale.current)
    except IntegrityError as error:
        form.explain(error)
    return None


def edit_page(
    request: HttpRequest,
    form,
    *,
    title: str,
    act: Callable[[], Any],
    done: str,
    to: Callable[[Any], str],
    cancel: str,
    caption: str = "",
    crumbs: Sequence[tuple[str, str]] = (),
    intro: str = "",
    warning: str = "",
    submit: str = "Save",
    look: str = "",
    extra: dict[str, Any] | None = None,
    check: Callable[[], HttpResponse] | None = None,
    template: str = "kit/edit_page.html",
) -> HttpResponse:
    """Show the form, or save it and redirect. `act` answers the record saved, `to` where to go with it.

    With `check`, a page is shown first that sends everything again with `then`: save, or change for back to the form.
    A form that has a `layout` method is drawn by it. `extra` is more context, for the frame of the page, and `template`
    another frame, which extends the usual one.
    """
    layout = form.layout() if hasattr(form, "layout") else ()
    form.helper = helper(form, *layout, submit=Submit(submit, look=look), secondary=[("Cancel", cancel)])
    then = request.POST.get("then", "") if check else "save"
    if request.method == "POST" and form.is_valid() and then != "change":
        if check and then != "save":
            return check()
        record = attempt(form, act)
        if record is not None:
            messages.success(request, done)
            return redirect(to(record))
    page = {
        "form": form,
        "title": title,
        "caption": caption,
        "crumbs": [*crumbs, (title, "")],
        "intro": intro,
        "warning_text": warning,
        **(extra or {}),
    }
    return render(request, template, page, status=422 if form.errors else 200)
