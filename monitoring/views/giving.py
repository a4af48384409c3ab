"""The figures of a return: `/returns/<id>/measures/`. They are recorded at once, and linked to the return."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kit import clock
from kit.edit_pages import form_page
from kit.verdict import Refusal
from monitoring import rules
from monitoring.forms.measures import DueForms
from monitoring.models import ProgressReturn
from monitoring.presenters import giving as present
from monitoring.presenters.days import many
from monitoring.queries import measure_pages as queries
from monitoring.rules_observations import faults
from monitoring.services import observations, returns
from monitoring.services.expected import Expected, say_expected
from monitoring.views.loading import load_return
from monitoring.views.returns import header, unsaved


@form_page
def measures(request: HttpRequest, pk: int) -> HttpResponse:
    """What is due from this lead by the end of the round's period, each with its last figure beside it."""
    progress_return = load_return(request, pk)
    lines = queries.of_commitment(progress_return.commitment, request.actor.on)
    verdict = rules.may_edit(request.actor, progress_return)
    if not verdict:
        return unsaved(request, progress_return, verdict.sentence, _typed(request))
    data = request.POST if request.method == "POST" else None
    forms = DueForms(data, present.wanted(progress_return, lines))
    if request.method == "POST" and _right(forms, request):
        told = [form.figure() for form in forms if not form.is_empty]
        try:
            expected = [_expected(form) for form in forms if form.is_expected]
            _record(progress_return, told, expected, request)
        except Refusal as error:
            forms.refusal = error.sentence
        else:
            left = len(forms) - len(told)
            rest = f" {many(left, 'figure')} still due." if left else ""
            to_come = f" {many(len(expected), 'figure')} expected later." if expected else ""
            messages.success(request, f"{many(len(told), 'figure')} recorded.{to_come}{rest}")
            return redirect("monitoring:return", pk)
    context = header(request, progress_return) | {
        "forms": forms,
        "given": present.rows(progress_return, lines, change=True),
    }
    wrong = forms.is_bound and not forms.is_valid()
    return render(request, "monitoring/return/measures.html", context, status=422 if wrong else 200)


def _right(forms: DueForms, request: HttpRequest) -> bool:
    """Whether everything that was typed can be recorded; else each form says what cannot. Empty ones are left out."""
    for form in forms:
        if form.is_valid() and not form.is_empty:
            form.tell(faults(form.figure(), None, request.actor.on))
    return forms.is_valid()


@transaction.atomic
def _record(progress_return: ProgressReturn, figures: list, expected: list[Expected], request: HttpRequest) -> None:
    at = clock.now()
    if expected:
        say_expected(figures=expected, by=request.actor, at=at)
    if not figures:
        return
    version = returns.start(progress_return=progress_return, by=request.actor, at=at)
    observations.record_many(figures=figures, by=request.actor, at=at, return_version=version)


def _expected(form) -> Expected:
    due = form.due
    note = due.expected.note if due.expected else ""
    return Expected(due.measure, due.period, due.group, form.cleaned_data["expected_on"], note)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What was written, so that it can be copied when a door has shut meanwhile."""
    numbers = ("value", "numerator", "denominator", "source_note", "expected_on_day", "expected_on_month")
    numbers += ("expected_on_year",)
    return [(name, text) for name, text in request.POST.items() if name.rpartition("-")[2] in numbers]
