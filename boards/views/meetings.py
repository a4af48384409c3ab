"""The page of a meeting, and recording that it was held."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards import rules_meetings as rules
from boards.disclosure import is_theirs
from boards.models import Meeting
from boards.presenters import deadlines
from boards.presenters import meetings as present
from boards.queries.meetings import MeetingPage, meeting_page
from boards.rules import may_run_boards
from boards.services import meetings as services
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm


@require_safe
def meeting(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One meeting: agenda, who comes, quorum, deadlines, declarations, what happened to it."""
    found = page_for(request, slug, pk)
    now, actor = clock.now(), request.actor
    agenda = present.agenda(found)
    sentence, wrong = present.quorum_sentence(found, agenda)
    may_edit = bool(rules.may_edit_agenda(actor, found.meeting))
    page = {
        "meeting": found.meeting,
        "board": found.meeting.board,
        "title": present.title(found.meeting),
        "when": present.when(found.meeting),
        "chairs": present.chairs(found),
        "under": present.under(found),
        "next_step": present.next_step(found, now),
        "quorum": sentence,
        "quorum_wrong": wrong,
        "recorded": found.recorded,
        "agenda": agenda,
        "attendance": present.attendance(found),
        "declarations": present.declarations(found, may_edit),
        "deadlines": deadlines.of_meeting(found.meeting, actor, now),
        "timeline": present.history(found.acts),
        "crumbs": present.crumbs(found.meeting),
        "may_edit": may_edit,
        "may_run": may_run_boards(actor),
        "may_take": rules.may_take_attendance(actor, found.meeting, now),
        "may_hold": rules.may_hold(actor, found.meeting, [line.attendance for line in found.lines], found.rules, now),
        "is_open": rules.may_be_planned(found.meeting),
        "begun": found.meeting.starts_at <= now,
        "my_seats": my_seats(request, found),
    }
    return render(request, "boards/meetings/meeting.html", page)


@form_page
def hold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Record that the meeting was held."""
    found = page_for(request, slug, pk)
    row = found.meeting
    attendances = [line.attendance for line in found.lines]
    insist(rules.may_hold(request.actor, row, attendances, found.rules, clock.now()))
    sentence, _ = present.quorum_sentence(found, present.agenda(found))
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Record that this meeting was held",
        caption=str(row),
        crumbs=present.crumbs_to(row),
        intro=f"{present.attendance(found).sentence} {sentence}",
        warning="Attendance, agenda, declarations and quorum then stay as they are. They cannot be changed any more.",
        submit="Record as held",
        act=lambda: services.hold(meeting=row, by=request.actor, at=clock.now()),
        done="The meeting was recorded as held.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=row.get_absolute_url(),
    )


def page_for(request: HttpRequest, slug: str, pk: int) -> MeetingPage:
    """Raises Http404."""
    try:
        return meeting_page(request.actor, slug, pk)
    except Meeting.DoesNotExist as error:
        raise Http404 from error


def my_seats(request: HttpRequest, found: MeetingPage) -> list:
    """The seats that the reader may reply for as their own."""
    now = clock.now()
    return [
        line
        for line in found.lines
        if is_theirs(line.attendance, request.actor)
        and rules.may_reply(request.actor, line.attendance, found.meeting, now)
    ]
