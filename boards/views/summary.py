"""The summary of decisions and actions of a meeting: read as far as one may, sent by the secretariat."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_decisions as rules
from boards.disclosure import SEE_ALL_ITEMS
from boards.models import AgendaItem, Meeting, Summary
from boards.presenters import meetings as present_meetings
from boards.presenters import summaries as present
from boards.queries.decisions import is_confirmed
from boards.queries.summaries import Addressee, addressees, body_of
from boards.services import summaries as services
from boards.views.loading_meetings import meeting_for
from kit import clock
from kit import pdf as documents
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm


@require_safe
def summary(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The newest, or the one of `?number=`; to those who write it also what would go out now."""
    meeting = meeting_for(request, slug, pk)
    actor = request.actor
    every = list(meeting.summaries.all())
    chosen = _chosen(request, every)
    runs = actor.has(*SEE_ALL_ITEMS)
    whole = _whole(request, meeting)
    draft = body_of(meeting) if runs else None
    confirmed = is_confirmed(meeting)
    may_send = rules.may_record(actor, meeting, confirmed, clock.now())
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "title": present.title(meeting),
        "summary": chosen,
        "newest": every[0] if every else None,
        "standing": present.standing(confirmed),
        "may_send": may_send,
        "is_stale": bool(draft and every and every[0].body != draft),
        "waiting": present.lines(draft, whole) if draft and not every else [],
        "crumbs": [*present_meetings.crumbs_to(meeting), ("Summary of decisions", "")],
        **(_shown(chosen, every, whole, runs) if chosen else {}),
    }
    return render(request, "boards/summary/summary.html", context)


@form_page
def send(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who it goes to, then the mail."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_record(request.actor, meeting, is_confirmed(meeting), clock.now()))
    last = meeting.summaries.first()
    insist(rules.says_something_new(meeting, body_of(meeting), last.body if last else None))
    going = addressees(meeting, request.actor.on)
    here = reverse("boards:summary", args=[slug, pk])
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Send the summary of decisions and actions",
        caption=str(meeting),
        crumbs=[*present_meetings.crumbs_to(meeting), ("Summary of decisions", here)],
        intro=_going(going),
        warning="Afterwards it cannot be changed. What you correct goes out as a new one, which takes its place.",
        submit="Send it",
        act=lambda: services.circulate(meeting=meeting, by=request.actor, at=clock.now()),
        done="The summary went out.",
        to=lambda saved: here,
        cancel=here,
    )


@require_safe
def pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What this reader sees of it, as a document."""
    meeting = meeting_for(request, slug, pk)
    chosen = _chosen(request, list(meeting.summaries.all()))
    if chosen is None:
        raise Http404
    chosen.meeting = meeting
    made = present.document(chosen, present.lines(chosen.body, _whole(request, meeting)), is_confirmed(meeting))
    return documents.response(request, made, f"{meeting.board.slug}-{meeting.day:%Y-%m-%d}-summary-{chosen.number}")


def _chosen(request: HttpRequest, every: list[Summary]) -> Summary | None:
    asked = request.GET.get("number", "")
    if not asked:
        return every[0] if every else None
    found = next((each for each in every if str(each.number) == asked), None)
    if found is None:
        raise Http404
    return found


def _whole(request: HttpRequest, meeting: Meeting) -> set[int]:
    """The keys of the items that the reader sees whole."""
    rows = AgendaItem.objects.whole_to(request.actor).filter(meeting=meeting)
    return set(rows.order_by().values_list("pk", flat=True))


def _shown(chosen: Summary, every: list[Summary], whole: set[int], runs: bool) -> dict[str, Any]:
    before = next((each for each in every if each.number == chosen.number - 1), None)
    bodies = [chosen.body, *([before.body] if before else [])]
    return {
        "lines": present.lines(chosen.body, whole),
        "went_out": present.went_out(chosen),
        "superseded": chosen.number != every[0].number,
        "changes": present.changes(before.body, chosen.body, whole) if before else [],
        "before": before,
        "because": chosen.because if present.sees_all(bodies, whole) else "",
        "nothing": "Nothing was decided, and no action was raised." if runs else present.NOTHING,
        "sent_to": chosen.sent_to if runs else [],
        "others": [(each, present.went_out(each)) for each in every if each.number != chosen.number],
    }


def _going(going: list[Addressee]) -> str:
    if not going:
        return "Nobody holds a seat on the board today, so nobody gets a mail."
    groups: dict[str, list[str]] = {}
    for each in going:
        groups.setdefault(each.standing, []).append(each.person.name)
    count = "1 person" if len(going) == 1 else f"{len(going)} people"
    said = " ".join(f"{standing}: {', '.join(names)}." for standing, names in groups.items())
    return f"A mail with a link, and no word of what was decided, goes to {count}. {said}"
