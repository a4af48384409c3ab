"""One meeting: add it by hand, accept, move or cancel it, and say when its products came."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from boards import rules_calendar as rules
from boards.choices import MeetingState
from boards.forms.calendar import CameForm, WhenForm
from boards.models import Board, Meeting
from boards.presenters import calendar as present
from boards.presenters.deadlines import due_words
from boards.queries.plans import USUAL_MINUTES, USUAL_TIME
from boards.queries.terms import holding_on
from boards.queries.working import calendars_of
from boards.services import calendar, milestones
from boards.views.calendar import troubles_of
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm, ReasonForm
from kit.working_days import moment_in_words


def load_meeting(request: HttpRequest, slug: str, pk: int) -> Meeting:
    """The meeting with its board. Raises Http404 when it is out of reach."""
    reach = Meeting.objects.visible_to(request.actor).select_related("board")
    return get_object_or_404(reach, board__slug=slug, pk=pk)


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan a single meeting."""
    board = get_object_or_404(Board.objects.visible_to(request.actor), slug=slug)
    insist(rules.may_plan_for(request.actor, board))
    form = WhenForm(
        posted(request),
        instance=Meeting(board=board),
        initial={"at": USUAL_TIME, "minutes": _length(request, board)},
        calendar=calendars_of([board])[board.pk],
    )
    return edit_page(
        request,
        form,
        title="Add a meeting",
        caption=board.title,
        intro="For a single meeting. To plan a year of them from the terms of reference, propose one on the calendar.",
        crumbs=present.meeting_crumbs(board),
        act=lambda: calendar.add(meeting=form.instance, by=request.actor, at=clock.now(), anyway=form.said_anyway),
        done="The meeting is planned, and its deadlines are worked out.",
        to=lambda meeting: _warned(request, meeting),
        cancel=board.get_absolute_url(),
        submit="Add the meeting",
    )


@form_page
def accept(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Make one proposal a planned meeting."""
    meeting = load_meeting(request, slug, pk)
    insist(rules.may_accept(request.actor, meeting))
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title=f"Accept {moment_in_words(meeting.starts_at)}?",
        caption=meeting.board.title,
        intro=meeting.why,
        crumbs=_crumbs(meeting),
        act=lambda: calendar.accept(meetings=[meeting], by=request.actor, at=clock.now()),
        done="The meeting is planned, and its deadlines are worked out.",
        to=lambda meetings: _warned(request, meetings[0]),
        cancel=meeting.get_absolute_url(),
        submit="Accept this meeting",
    )


@form_page
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Give a meeting another day, time or place."""
    meeting = load_meeting(request, slug, pk)
    insist(rules.may_move(request.actor, meeting))
    form = WhenForm(
        posted(request), instance=meeting, asks_reason=True, calendar=calendars_of([meeting.board])[meeting.board_id]
    )
    return edit_page(
        request,
        form,
        title="Move this meeting",
        caption=f"{meeting.board}, {moment_in_words(meeting.starts_at)}",
        intro="Deadlines that are still ahead are worked out again. Those that have passed, and what came, stay.",
        crumbs=_crumbs(meeting),
        act=lambda: calendar.move(
            meeting=meeting,
            starts_at=form.instance.starts_at,
            ends_at=form.instance.ends_at,
            place=form.cleaned_data["place"],
            reason=form.why,
            seen=form.seen,
            anyway=form.said_anyway,
            by=request.actor,
            at=clock.now(),
        ),
        done="The meeting was moved.",
        to=lambda moved: _warned(request, moved),
        cancel=meeting.get_absolute_url(),
        submit="Move the meeting",
    )


@form_page
def cancel(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Call a meeting off, or drop a proposal."""
    meeting = load_meeting(request, slug, pk)
    insist(rules.may_cancel(request.actor, meeting))
    proposed = meeting.state == MeetingState.PROPOSED
    form = ReasonForm(
        posted(request),
        label="Why is it dropped? (optional)" if proposed else "Why is it cancelled?",
        hint="" if proposed else "It is shown in the history of the meeting.",
        required=not proposed,
    )
    return edit_page(
        request,
        form,
        title="Drop this proposal" if proposed else "Cancel this meeting",
        caption=f"{meeting.board}, {moment_in_words(meeting.starts_at)}",
        warning="" if proposed else "The meeting stays on record as cancelled. It cannot be brought back.",
        crumbs=_crumbs(meeting),
        act=lambda: calendar.cancel(
            meeting=meeting, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        ),
        done="The proposal was dropped." if proposed else "The meeting was cancelled.",
        to=lambda row: row.get_absolute_url() if row.pk else reverse("boards:calendar_proposals"),
        cancel=meeting.get_absolute_url(),
        submit="Drop it" if proposed else "Cancel the meeting",
        look="warning",
    )


@form_page
def came(request: HttpRequest, slug: str, pk: int, product: str) -> HttpResponse:
    """Say when the papers, the agenda or the minutes of a meeting came."""
    meeting = load_meeting(request, slug, pk)
    insist(rules.may_record_product(request.actor, meeting))
    milestone = get_object_or_404(meeting.milestones.all(), product=product)
    now = clock.now()
    shown = timezone.localtime(milestone.met_at) if milestone.met_at else now
    form = CameForm(
        posted(request),
        now=now,
        initial={"day": shown.date(), "at": shown.time(), "note": milestone.note},
    )
    return edit_page(
        request,
        form,
        title=f"When did it come? {milestone.get_product_display()}",
        caption=str(meeting),
        intro=f"Due {due_words(milestone.due_at)}. {milestone.explanation}",
        crumbs=_crumbs(meeting),
        act=lambda: milestones.meet(
            milestone=milestone,
            came_at=form.came_at,
            note=form.cleaned_data["note"],
            by=request.actor,
            at=now,
        ),
        done="Recorded.",
        to=lambda row: meeting.get_absolute_url(),
        cancel=meeting.get_absolute_url(),
    )


def _crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    return present.meeting_crumbs(meeting.board, (str(meeting), meeting.get_absolute_url()))


def _length(request: HttpRequest, board: Board) -> int:
    holding = holding_on([board], request.actor.on).get(board.pk)
    return (holding and holding.rules.length_minutes) or USUAL_MINUTES


def _warned(request: HttpRequest, meeting: Meeting) -> str:
    """Where to go next; what is wrong with the day is said on the way."""
    for sentence in troubles_of(request, meeting):
        messages.warning(request, sentence)
    return meeting.get_absolute_url()
