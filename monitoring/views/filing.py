"""Filing a return: short pages, autosave, conflict, check answers, submit, nil return."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kit import clock
from kit.verdict import Refusal
from monitoring import rules
from monitoring.choices import SECTION, SECTIONS, TEXT_LIMIT, ReturnState
from monitoring.forms.returns import SECTION_FORMS, SectionForm
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.presenters import giving
from monitoring.presenters import returns as present
from monitoring.queries import measure_pages
from monitoring.services import returns
from monitoring.views.loading import load_return, newest
from monitoring.views.returns import header, unsaved
from people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """One short page of the return."""
    if slug not in SECTION:
        raise Http404
    progress_return = load_return(request, pk)
    verdict = rules.may_edit(request.actor, progress_return)
    if request.method == "POST":
        return _save(request, progress_return, slug)
    if not verdict:
        raise PermissionDenied(verdict.sentence)
    version = newest(progress_return) or returns.unsaved_version(progress_return)
    if slug == "recovery" and not rules.needs_recovery(version):
        return redirect("monitoring:return_section", pk, "rating")  # the rating decides whether this is asked
    form = _form(progress_return, version, slug, initial=_initial(version, slug))
    return _section_page(request, progress_return, form)


@login_not_required  # a script follows a redirect, and would draw the sign-in page where one line belongs
@require_POST
def autosave(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Keep what is on the page while it is being written. Answers with one line, never with a page."""
    if slug not in SECTION:
        raise Http404
    if not request.user.is_authenticated:
        if not request.htmx:
            return redirect_to_login(reverse("monitoring:return_section", args=[pk, slug]))
        problem = "Not saved: you have been signed out. Copy what you wrote before you leave this page."
        return render(request, "monitoring/return/_autosave.html", {"problem": problem})
    progress_return = load_return(request, pk)
    version = newest(progress_return) or returns.unsaved_version(progress_return)
    form = SECTION_FORMS[slug](request.POST, progress_return=progress_return, version=version, last=None)
    problem, kept = "", None
    if not form.is_valid():
        problem = "Not saved yet: " + next(iter(form.errors.values()))[0] + "."
    else:
        try:
            kept = _keep(request, progress_return, form)
        except returns.Conflict as conflict:
            what = "you saved this section in another window"
            if _last_writer(conflict.version) != request.user.pk:
                what = "somebody else changed this section"
            problem = f"Not saved: {what}. Choose “Save as draft” to see both."
        except Refusal as refusal:
            problem = f"Not saved. {refusal.sentence}"
    context = {"problem": problem, "at": clock.now(), "token": returns.seen_token(kept, slug) if kept else ""}
    return render(request, "monitoring/return/_autosave.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """`/returns/<id>/submit/`: check answers, then send."""
    progress_return = load_return(request, pk)
    if _sent_already(request, progress_return):
        return redirect("monitoring:return_submitted", pk)
    gaps: list[rules.Gap] = []
    if request.method == "POST":
        try:
            returns.submit(progress_return=progress_return, by=request.actor, at=clock.now())
            return redirect("monitoring:return_submitted", pk)
        except returns.Incomplete as incomplete:
            gaps = incomplete.gaps
        except Refusal as refusal:
            return _refused(request, pk, refusal)
    verdict = rules.may_submit(request.actor, progress_return)
    if not verdict:
        raise PermissionDenied(verdict.sentence)
    version = newest(progress_return)
    parts = [] if version.is_nil else present.parts(version)
    lines = measure_pages.of_commitment(progress_return.commitment, request.actor.on)
    context = header(request, progress_return) | {
        "version": version,
        "gaps": gaps,
        "missing": rules.gaps(version),
        "parts": [(part.section, present.summary_rows(progress_return, version, part, change=True)) for part in parts],
        "figures": giving.rows(progress_return, lines, change=True),
        "figures_due": giving.still_due(giving.wanted(progress_return, lines)),
        "for_post": request.actor.post_title(progress_return.commitment.lead_post_id),
        "on_behalf": progress_return.commitment.lead_post_id not in request.actor.holds,
    }
    return render(request, "monitoring/return/check.html", context)


@require_safe
def submitted(request: HttpRequest, pk: int) -> HttpResponse:
    """The confirmation; it may be bookmarked."""
    progress_return = load_return(request, pk)
    version = newest(progress_return)
    if version is None or version.submitted_at is None or not rules.speaks_for_lead(request.actor, progress_return):
        return redirect("monitoring:return", pk)
    context = header(request, progress_return) | {
        "version": version,
        "who": present.submitted_line(version),
        "reference": present.reference(progress_return),
    }
    return render(request, "monitoring/return/submitted.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def nil(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that there is nothing to report."""
    progress_return = load_return(request, pk)
    if _sent_already(request, progress_return):
        return redirect("monitoring:return_submitted", pk)
    if request.method == "POST":
        try:
            returns.submit(progress_return=progress_return, by=request.actor, at=clock.now(), nil=True)
        except Refusal as refusal:
            return _refused(request, pk, refusal)
        return redirect("monitoring:return_submitted", pk)
    verdict = rules.may_edit(request.actor, progress_return)
    if not verdict:
        raise PermissionDenied(verdict.sentence)
    return render(request, "monitoring/return/nil.html", header(request, progress_return))


def _sent_already(request: HttpRequest, progress_return: ProgressReturn) -> bool:
    """A second click, or the page again after sending."""
    return progress_return.state == ReturnState.SUBMITTED and rules.speaks_for_lead(request.actor, progress_return)


def _refused(request: HttpRequest, pk: int, refusal: Refusal) -> HttpResponse:
    """The confirmation when the other click of two was first, else 403 with the rule's sentence."""
    if _sent_already(request, load_return(request, pk)):
        return redirect("monitoring:return_submitted", pk)
    raise PermissionDenied(refusal.sentence) from refusal


def _save(request: HttpRequest, progress_return: ProgressReturn, slug: str) -> HttpResponse:
    """Keep a section; what cannot be kept is shown again with everything that was typed."""
    version = newest(progress_return) or returns.unsaved_version(progress_return)
    form = _form(progress_return, version, slug, request.POST)
    valid = form.is_valid()
    verdict = rules.may_edit(request.actor, progress_return)
    if not verdict:
        return _show_unsaved(request, progress_return, form, verdict.sentence)
    if not valid:
        return _section_page(request, progress_return, form)
    carry = request.POST.get("carry", "")
    then_continue = request.POST.get("then") == "continue" and not carry
    try:
        kept = _keep(request, progress_return, form, _carried(request, form, carry))
        incomplete = then_continue and form.add_gaps(kept)
        if not carry:
            _mark(request, progress_return, slug, done=then_continue and not incomplete)
    except returns.Conflict as conflict:
        return _conflict_page(request, progress_return, form, conflict.version)
    except Refusal as refusal:
        return _show_unsaved(request, progress_return, form, refusal.sentence)
    if carry:
        here = reverse("monitoring:return_section", args=[progress_return.pk, slug])
        return redirect(f"{here}#id_{carry}" if carry in form.fields else here)
    if incomplete:
        # What is there is kept; the form shows what is missing, and starts from what was kept.
        form.data = form.data.copy()
        form.data["seen"] = returns.seen_token(kept, slug)
        return _section_page(request, progress_return, form)
    if not then_continue:
        messages.success(request, f"“{SECTION[slug].title}” is saved as a draft.")
        return redirect("monitoring:return", progress_return.pk)
    return redirect(_after(progress_return, kept, slug))


def _after(progress_return: ProgressReturn, version: ReturnVersion, slug: str) -> str:
    """The next section that still misses something, else check answers."""
    slugs = [section.slug for section in SECTIONS]
    undone = [each for each in slugs if each not in version.sections_done and each != slug]
    if not rules.needs_recovery(version):
        undone = [each for each in undone if each != "recovery"]
    later = [each for each in undone if slugs.index(each) > slugs.index(slug)]
    if later or undone:
        return reverse("monitoring:return_section", args=[progress_return.pk, (later or undone)[0]])
    return reverse("monitoring:return_submit", args=[progress_return.pk])


def _carried(request: HttpRequest, form: SectionForm, field: str) -> dict:
    """Last time's answer put into the box, under what is there already. Words only: facts are given anew."""
    if form.last is None or field not in SECTION[form.section].fields or field in present.FACTS:
        return {}
    here, before = form.cleaned_data[field].strip(), getattr(form.last, field).strip()
    if not before or before in here:
        return {}
    together = f"{here}\n\n{before}" if here else before
    if len(together) > TEXT_LIMIT:
        label = form.fields[field].label
        messages.error(
            request,
            f"{label}: last time’s answer does not fit under yours. Together they have {len(together)} characters, "
            f"and {TEXT_LIMIT} fit. What you wrote is saved.",
        )
        return {}
    return {field: together}


def _keep(
    request: HttpRequest, progress_return: ProgressReturn, form: SectionForm, more: dict | None = None
) -> ReturnVersion:
    return returns.save_section(
        progress_return=progress_return,
        section=form.section,
        answers=form.answers() | (more or {}),
        seen=form.cleaned_data.get("seen", ""),
        by=request.actor,
        at=clock.now(),
    )


def _mark(request: HttpRequest, progress_return: ProgressReturn, slug: str, *, done: bool) -> None:
    returns.mark_section(progress_return=progress_return, section=slug, done=done, by=request.actor, at=clock.now())


def _form(progress_return: ProgressReturn, version: ReturnVersion, slug: str, data=None, **kwargs) -> SectionForm:
    last = returns.previous_version(progress_return)
    return SECTION_FORMS[slug](data, progress_return=progress_return, version=version, last=last, **kwargs)


def _initial(version: ReturnVersion, slug: str) -> dict:
    values = {name: getattr(version, name) for name in SECTION[slug].fields}
    return values | {"seen": returns.seen_token(version, slug)}


def _section_page(request: HttpRequest, progress_return: ProgressReturn, form: SectionForm) -> HttpResponse:
    section = SECTION[form.section]
    number = [each.slug for each in SECTIONS].index(section.slug) + 1
    asked = []
    if form.version.pk and form.version.submitted_at is not None:
        requests = list(form.version.change_requests.select_related("act"))  # the newest act's come first
        asked = [each for each in requests if each.act_id == requests[0].act_id and each.section == section.slug]
    context = header(request, progress_return) | {
        "form": form,
        "section": section,
        "number": number,
        "of": len(SECTIONS),
        "asked": asked,
        "last": form.last,
    }
    return render(request, "monitoring/return/section.html", context, status=422 if form.errors else 200)


def _conflict_page(
    request: HttpRequest, progress_return: ProgressReturn, form: SectionForm, theirs: ReturnVersion
) -> HttpResponse:
    """Both texts, and a form that starts from mine."""
    mine = ReturnVersion(**form.answers())
    differing = [
        {
            "label": form.fields[name].label,
            "theirs": present.shown(theirs, name),
            "mine": present.shown(mine, name),
        }
        for name, answer in form.answers().items()
        if answer != getattr(theirs, name)
    ]
    form.data = form.data.copy()
    form.data["seen"] = returns.seen_token(theirs, form.section)
    writer = _last_writer(theirs)
    who = Person.objects.filter(user=writer).values_list("name", flat=True).first() if writer else None
    context = header(request, progress_return) | {
        "form": form,
        "section": SECTION[form.section],
        "differing": differing,
        "who": who or "Somebody else",
        "by_me": writer == request.user.pk,
    }
    return render(request, "monitoring/return/conflict.html", context, status=409)


def _last_writer(version: ReturnVersion) -> int | None:
    """The user who wrote the version last, as the ledger has it."""
    return version.ledger.order_by("-pgh_id").values_list("pgh_context__user", flat=True).first()


def _show_unsaved(
    request: HttpRequest, progress_return: ProgressReturn, form: SectionForm, sentence: str
) -> HttpResponse:
    typed = [(form.fields[name].label, form.typed(name)) for name in SECTION[form.section].fields]
    return unsaved(request, progress_return, sentence, typed)
