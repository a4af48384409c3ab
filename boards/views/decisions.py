"""The register of decisions across boards, a decision's own page, and putting it right."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import rules_decisions as rules
from boards.forms.decisions import CorrectForm, DecisionFilter
from boards.models import Decision, Paper
from boards.presenters import decisions as present
from boards.queries import decisions as queries
from boards.queries.boards import with_records
from boards.services import decisions as services
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ReasonForm

PAGE = 50
LONGEST_REASON = Decision._meta.get_field("withdrawn_because").max_length


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Searched, narrowed, sorted and paged; the file holds every page."""
    actor = request.actor
    reach = Decision.objects.visible_to(actor).order_by()
    boards = with_records(reach, actor, request.GET.get("board", "")).values_list("slug", "title")
    years = sorted(set(reach.values_list("year", flat=True).distinct()), reverse=True)
    narrow = DecisionFilter(request.GET, boards=list(boards), years=years)
    table = present.table(request, queries.register(actor, narrow.asked))
    if table.wants_csv:
        return table.csv()
    page = Paginator(table.records, PAGE).get_page(request.GET.get("page"))
    count = len(table.records)
    table.records = list(page)
    context = {
        "table": table,
        "page": page,
        "count": count,
        "filter": narrow,
        "any": bool(years),
        "crumbs": present.crumbs(("Decisions", "")),
    }
    return render(request, "boards/decisions/register.html", context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided, from which recommendation, whether it counts, what it did and what became of it."""
    found = page_for(request, pk)
    row = found.decision
    reads_paper = Paper.objects.visible_to(request.actor).filter(pk=row.paper_id or 0).exists()
    context = {
        "decision": row,
        "tag": present.tag(row.kind),
        "standing": present.standing(row),
        "reads_paper": reads_paper,
        "differs": reads_paper and present.differs(row),
        "ratified_by": found.ratified_by,
        "may_read_ratifier": Decision.objects.visible_to(request.actor).filter(pk=row.ratified_by or 0).exists(),
        "effects": found.effects,
        "actions": found.actions,
        "steps": present.steps(found.acts, row.text),
        "next_step": present.next_step(found),
        "crumbs": present.register_crumbs((row.reference, "")),
        **_doors(request, found),
    }
    return render(request, "boards/decisions/decision.html", context)


@form_page
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right what was recorded."""
    row = page_for(request, pk).decision
    insist(rules.may_change(request.actor, row, **_known(row)))
    form = CorrectForm(posted(request), instance=row)
    return edit_page(
        request,
        form,
        title="Correct this decision",
        caption=row.reference,
        crumbs=present.register_crumbs((row.reference, row.get_absolute_url())),
        intro=_intro(row),
        submit="Save the correction",
        act=lambda: services.correct(
            decision=row,
            kind=form.cleaned_data["kind"],
            text=form.cleaned_data["text"],
            because=form.why,
            seen=form.seen,
            by=request.actor,
            at=clock.now(),
        ),
        done="The decision was corrected.",
        to=Decision.get_absolute_url,
        cancel=row.get_absolute_url(),
    )


@form_page
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it was recorded in error."""
    row = page_for(request, pk).decision
    made = queries.what_it_did(row), queries.what_rests_on(row)
    insist(rules.may_withdraw(request.actor, row, *made, **_known(row)))
    form = ReasonForm(posted(request), label="Why was it recorded in error?", longest=LONGEST_REASON)
    return edit_page(
        request,
        form,
        title="Withdraw this decision",
        caption=row.reference,
        crumbs=present.register_crumbs((row.reference, row.get_absolute_url())),
        intro=f"{row.reference} keeps its number and stays in the register, marked as withdrawn. {_intro(row)}".strip(),
        submit="Withdraw the decision",
        look="warning",
        act=lambda: services.withdraw(
            decision=row, because=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        ),
        done="The decision was withdrawn.",
        to=Decision.get_absolute_url,
        cancel=row.get_absolute_url(),
    )


def page_for(request: HttpRequest, pk: int) -> queries.DecisionPage:
    """Raises Http404."""
    try:
        return queries.decision_page(request.actor, pk)
    except Decision.DoesNotExist as error:
        raise Http404 from error


def _known(row: Decision) -> dict[str, Any]:
    """What the rules have to know besides."""
    return {
        "confirmed": queries.is_confirmed(row.meeting),
        "at": clock.now(),
        "ratified_by": row.ratified_in,
    }


def _doors(request: HttpRequest, found: queries.DecisionPage) -> dict[str, Any]:
    known, rests = _known(found.decision), queries.what_rests_on(found.decision)
    did = [each.sentence for each in found.effects if each.kind != queries.FORWARD_PLAN]
    return {
        "may_correct": rules.may_change(request.actor, found.decision, **known),
        "may_withdraw": rules.may_withdraw(request.actor, found.decision, did, rests, **known),
    }


def _intro(row: Decision) -> str:
    if not row.meeting.summaries.exists():
        return ""
    return "A summary of this meeting went out. A new one goes out by itself and takes its place."
