"""What the strategy team does to one return: reopen, exempt, include, let in late. One question a page."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kit import clock
from kit.verdict import Refusal, Verdict
from monitoring import rules
from monitoring.forms.returns import LateForm, ReasonForm
from monitoring.models import ProgressReturn
from monitoring.services import returns
from monitoring.views.loading import done_already, load_return
from monitoring.views.returns import header, unsaved


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version, with a reason; the signed one stays."""
    return _ask(
        request,
        pk,
        rules.may_reopen,
        verb="reopened",
        title="Reopen this return",
        warning="The signed-off version stays on record. The lead changes a new one, and the overseer signs again.",
        form=lambda data, back: ReasonForm(
            data,
            question="Why is it reopened?",
            hint="It is shown on the return and sent to the lead and the overseer.",
            submit="Reopen the return",
            cancel=back,
        ),
        act=lambda row, answers: returns.reopen(
            progress_return=row, reason=answers["reason"], by=request.actor, at=clock.now()
        ),
        done="Reopened. The lead and the overseer have been told.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def exempt(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is expected in this round."""
    return _ask(
        request,
        pk,
        rules.may_exempt,
        verb="exempted",
        title="Exempt this commitment from the round",
        warning="It then does not count as missing. What was drafted is kept.",
        form=lambda data, back: ReasonForm(
            data,
            question="Why is it exempt?",
            hint="It is shown wherever this return would be.",
            submit="Exempt from this round",
            cancel=back,
        ),
        act=lambda row, answers: returns.exempt(
            progress_return=row, reason=answers["reason"], by=request.actor, at=clock.now()
        ),
        done="Exempt from this round.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def let_in_late(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a missing return until a day."""
    return _ask(
        request,
        pk,
        rules.may_let_in_late,
        verb="let_in_late",
        title="Let this return in late",
        warning="It stays recorded as missing when the round closed.",
        form=lambda data, back: LateForm(
            data,
            question="Why is it let in late?",
            hint="It is shown on the return.",
            submit="Let it in",
            cancel=back,
        ),
        act=lambda row, answers: returns.let_in_late(
            progress_return=row, until=answers["until"], reason=answers["reason"], by=request.actor, at=clock.now()
        ),
        done="The lead can file it now, and has been told.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def include(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an exemption back."""
    progress_return = load_return(request, pk)
    verdict = rules.may_include(request.actor, progress_return)
    if request.method == "POST" and not verdict and done_already(request, pk, "included"):
        return redirect("monitoring:return", pk)
    if not verdict:
        raise PermissionDenied(verdict.sentence)
    if request.method == "POST":
        try:
            returns.include(progress_return=progress_return, by=request.actor, at=clock.now())
        except Refusal as refusal:
            if done_already(request, pk, "included"):
                return redirect("monitoring:return", pk)
            raise PermissionDenied(refusal.sentence) from refusal
        messages.success(request, "The return is expected again.")
        return redirect("monitoring:return", pk)
    return render(request, "monitoring/return/include.html", header(request, progress_return))


def _ask(
    request: HttpRequest,
    pk: int,
    rule: Callable[..., Verdict],
    *,
    verb: str,
    title: str,
    warning: str,
    form: Callable,
    act: Callable[[ProgressReturn, dict], object],
    done: str,
) -> HttpResponse:
    """One page: ask the rule, show the form, act, go back to the return."""
    progress_return = load_return(request, pk)
    verdict = rule(request.actor, progress_return)
    sent = request.method == "POST"
    if sent and not verdict and done_already(request, pk, verb):
        return redirect("monitoring:return", pk)
    if not verdict:
        return unsaved(request, progress_return, verdict.sentence, [("Reason", request.POST.get("reason", ""))])
    asked = form(request.POST if sent else None, progress_return.get_absolute_url())
    if sent and asked.is_valid():
        try:
            act(progress_return, asked.cleaned_data)
        except Refusal as refusal:
            if done_already(request, pk, verb):
                return redirect("monitoring:return", pk)
            asked.add_error("reason" if "until" not in asked.fields else "until", refusal.sentence)
        else:
            messages.success(request, done)
            return redirect("monitoring:return", pk)
    context = header(request, progress_return) | {"form": asked, "title": title, "warning_text": warning}
    return render(request, "monitoring/return/ask.html", context, status=422 if asked.errors else 200)
