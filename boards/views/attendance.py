"""Replies beforehand and attendance at the meeting."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from boards import rules_meetings as rules
from boards.disclosure import seen_of
from boards.forms.attendance import PresenceSeatForm, ReplyForm, ReplySeatForm, SeatForms
from boards.models import Meeting
from boards.presenters import meetings as present
from boards.queries.attendance import lines_of
from boards.rules import may_run_boards
from boards.services import attendance as services
from boards.services.agenda import terms_of_the_day
from boards.services.attendance import SeatRefused
from boards.views.loading_meetings import meeting_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.verdict import Refusal


@form_page
def replies(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Everybody's replies, for the secretariat."""
    meeting = meeting_for(request, slug, pk)
    insist(may_run_boards(request.actor))
    lines = lines_of(meeting)
    if lines:
        insist(rules.may_reply(request.actor, lines[0].attendance, meeting, clock.now()))
    else:
        insist(rules.may_be_planned(meeting))
    deputies = rules.allows_deputies(terms_of_the_day(meeting))
    forms = SeatForms(
        [
            ReplySeatForm(posted(request), line=line, deputies=deputies)
            for line in lines
            if not line.vacant or line.deputy
        ]
    )

    def act() -> None:
        answers = [form.answer for form in forms]
        services.reply(meeting=meeting, answers=answers, by=request.actor, at=clock.now())

    return _page(request, meeting, forms, act, "boards/meetings/replies.html", "The replies were saved.")


@form_page
def attendance(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who is there, for the secretariat."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_take_attendance(request.actor, meeting, clock.now()))
    items = seen_of(meeting.items.prefetch_related("audience"), request.actor)
    deputies = rules.allows_deputies(terms_of_the_day(meeting))
    forms = SeatForms(
        [PresenceSeatForm(posted(request), line=line, items=items, deputies=deputies) for line in lines_of(meeting)]
    )

    def act() -> None:
        services.record(meeting=meeting, came=[form.came for form in forms], by=request.actor, at=clock.now())

    return _page(request, meeting, forms, act, "boards/meetings/attendance.html", "The attendance was saved.")


@form_page
def reply(request: HttpRequest, slug: str, pk: int, membership: int) -> HttpResponse:
    """One seat's reply, by whoever holds it or drafts for it."""
    meeting = meeting_for(request, slug, pk)
    line = next((each for each in lines_of(meeting) if each.membership and each.membership.pk == membership), None)
    if line is None:
        raise Http404
    insist(rules.may_reply(request.actor, line.attendance, meeting, clock.now()))
    terms = terms_of_the_day(meeting)
    form = ReplyForm(posted(request), line=line, deputies=rules.allows_deputies(terms))

    def act():
        answer = services.Answer(line.key, form.cleaned_data["reply"], form.cleaned_data.get("deputy", ""))
        try:
            return services.reply(meeting=meeting, answers=[answer], by=request.actor, at=clock.now())
        except SeatRefused as refusal:
            form.add_error("deputy", refusal.sentence)

    return edit_page(
        request,
        form,
        title="Reply to this meeting",
        caption=f"{line.attendance.label}, {meeting}",
        crumbs=present.crumbs_to(meeting),
        intro=f"{present.when(meeting)}. {present.terms_words(terms)}",
        submit="Send the reply",
        act=act,
        done="Your reply was saved.",
        to=lambda saved: meeting.get_absolute_url(),
        cancel=meeting.get_absolute_url(),
    )


def _page(
    request: HttpRequest, meeting: Meeting, forms: SeatForms, act: Callable[[], None], template: str, done: str
) -> HttpResponse:
    """Save every row or none; what is refused is said beside its seat and nothing entered is lost."""
    problem = ""
    if request.method == "POST" and forms.is_valid():
        try:
            with transaction.atomic():
                act()
            messages.success(request, done)
            return redirect(meeting.get_absolute_url())
        except SeatRefused as refusal:
            forms.refuse(refusal)
        except Refusal as refusal:
            problem = refusal.sentence
        except IntegrityError:
            forms.explain()
    page = {
        "meeting": meeting,
        "forms": forms,
        "problem": problem,
        "when": present.when(meeting),
        "deputies": present.terms_words(terms_of_the_day(meeting)),
        "crumbs": present.crumbs_to(meeting),
    }
    return render(request, template, page, status=422 if forms.errors or problem else 200)
