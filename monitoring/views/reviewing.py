"""The overseer's side: what changed, own rating, sign off or ask for changes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from kit import clock
from kit.verdict import Refusal
from monitoring import rules
from monitoring.choices import SECTIONS
from monitoring.forms.returns import ChangesForm, SignOffForm
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.presenters import returns as present
from monitoring.services import returns
from monitoring.views.loading import done_already, load_return, newest
from monitoring.views.returns import header, three_ratings, unsaved


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What the lead sent, against last time."""
    progress_return, version, refusal = _to_review(request, pk)
    if refusal:
        return refusal
    form = SignOffForm(progress_return=progress_return, version=version)
    return _review_page(request, progress_return, version, form)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the return."""
    if request.method != "POST":
        load_return(request, pk)
        return redirect("monitoring:return_review", load_return(request, pk).pk)
    progress_return, version, refusal = _to_review(request, pk, "signed_off")
    if refusal:
        return refusal
    form = SignOffForm(request.POST, progress_return=progress_return, version=version)
    if not form.is_valid():
        return _review_page(request, progress_return, version, form)
    try:
        returns.sign_off(
            progress_return=progress_return,
            rating=form.cleaned_data.get("rating", ""),
            comment=form.cleaned_data["comment"],
            by=request.actor,
            at=clock.now(),
        )
    except Refusal as refusal:
        if done_already(request, pk, "signed_off"):
            return redirect("monitoring:return", pk)
        form.add_error(None, refusal.sentence)
        return _review_page(request, progress_return, version, form)
    messages.success(
        request, f"Signed off: commitment {progress_return.commitment.number}, {progress_return.round.label}."
    )
    return redirect("monitoring:return", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def request_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it back, with a reason for each named section."""
    sent = request.method == "POST"
    progress_return, _, refusal = _to_review(request, pk, "changes_requested")
    if refusal:
        return refusal
    form = ChangesForm(request.POST if sent else None, progress_return=progress_return)
    if sent and form.is_valid():
        try:
            returns.request_changes(
                progress_return=progress_return,
                reasons=form.cleaned_data["reasons"],
                by=request.actor,
                at=clock.now(),
            )
        except Refusal as refusal:
            if done_already(request, pk, "changes_requested"):
                return redirect("monitoring:return", pk)
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "Sent back. The lead has been told what should change.")
            return redirect("monitoring:return", pk)
    context = header(request, progress_return) | {"form": form}
    return render(request, "monitoring/return/request_changes.html", context, status=422 if form.errors else 200)


def _to_review(
    request: HttpRequest, pk: int, verb: str = ""
) -> tuple[ProgressReturn, ReturnVersion | None, HttpResponse | None]:
    """The return, its newest version, and the page to answer with when the rule refuses: the first click's, or why not.

    Raises Http404, and PermissionDenied with the rule's sentence when nothing was written that could be lost.
    """
    progress_return = load_return(request, pk)
    version = newest(progress_return)
    verdict = rules.may_review(request.actor, progress_return, version)
    if verdict:
        return progress_return, version, None
    if request.method == "POST" and done_already(request, pk, verb):
        return progress_return, version, redirect("monitoring:return", pk)
    typed = [("Comment", request.POST.get("comment", ""))]
    typed += [(section.title, request.POST.get(f"reason_{section.slug}", "")) for section in SECTIONS]
    return progress_return, version, unsaved(request, progress_return, verdict.sentence, typed)


def _review_page(
    request: HttpRequest, progress_return: ProgressReturn, version: ReturnVersion, form: SignOffForm
) -> HttpResponse:
    last = returns.previous_version(progress_return)
    parts = [] if version.is_nil else present.parts(version, last)
    asked = list(version.change_requests.select_related("act"))
    context = header(request, progress_return) | three_ratings(progress_return, version)
    context |= {
        "version": version,
        "last": last,
        "parts": parts,
        "facts": present.FACTS,
        "changed": [answer for part in parts for answer in part.answers if answer.changed],
        "unchanged": [answer for part in parts for answer in part.answers if answer.unchanged],
        "asked": present.requests_answered(version, asked),
        "who": present.submitted_line(version),
        "form": form,
    }
    return render(request, "monitoring/return/review.html", context, status=422 if form.errors else 200)
