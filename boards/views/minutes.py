"""The minutes of a meeting: one page for whoever reads them, and the forms of those who write them."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from boards import rules_minutes as rules
from boards.disclosure import SEE_ALL_ITEMS
from boards.forms.minutes import CorrectForm, PartForm
from boards.models import AgendaItem, Meeting, Minutes
from boards.presenters import meetings as present_meetings
from boards.presenters import minutes as present
from boards.presenters import minutes_document
from boards.queries.minutes import minutes_of, reading, texts_of
from boards.queries.summaries import addressees
from boards.services import minutes as services
from boards.views.loading_meetings import item_for, meeting_for
from kit import clock
from kit import pdf as documents
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def minutes(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The minutes as this reader may see them, or what has to happen until they may."""
    meeting = meeting_for(request, slug, pk)
    actor = request.actor
    found = minutes_of(meeting, actor)
    shown = present.view(reading(found, actor)) if found else None
    unread = not found and Minutes.objects.filter(meeting=meeting, state="circulated").exists()
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "title": present.title(meeting),
        "minutes": found,
        "shown": shown,
        "state": present.OUT_UNREAD if unread else present.state_tag(found),
        "not_read": present.NOT_READ,
        "not_written": present.NOT_WRITTEN,
        "may_draft": rules.may_draft(actor, meeting, found is not None, clock.now()),
        "may_write": found and rules.may_write(actor, found),
        "may_correct": found and rules.may_correct(actor, found),
        "may_circulate": found and rules.may_circulate(actor, found),
        "put_at": list(_put_at(found)) if found else [],
        "runs": actor.has(*SEE_ALL_ITEMS),
        "unread": unread,
        "crumbs": [*present_meetings.crumbs_to(meeting), ("Minutes", "")],
    }
    return render(request, "boards/minutes/minutes.html", context)


@form_page
def draft(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Begin the minutes."""
    meeting = meeting_for(request, slug, pk)
    there = Minutes.objects.filter(meeting=meeting).exists()
    insist(rules.may_draft(request.actor, meeting, there, clock.now()))
    here = _here(meeting)
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Draft the minutes",
        caption=str(meeting),
        crumbs=_crumbs(meeting),
        intro="The draft begins with who was there, what was noted in the room, and the decisions and actions of the "
        "meeting. Nobody reads it but those who run and check boards.",
        submit="Draft the minutes",
        act=lambda: services.draft(meeting=meeting, by=request.actor, at=clock.now()),
        done="The draft is made. Go through it item by item.",
        to=lambda saved: here,
        cancel=here,
    )


@form_page
def part(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Write what the draft says was discussed on an item."""
    found, row = _part(request, slug, pk, item)
    insist(rules.may_write(request.actor, row))
    form = PartForm(posted(request), was=texts_of(row).get(found.pk, ""))
    here = _here(found.meeting)
    return edit_page(
        request,
        form,
        title=found.title,
        caption=f"Minutes of {found.meeting}",
        crumbs=_crumbs(found.meeting),
        submit="Save",
        act=lambda: services.write(
            minutes=row,
            item=found,
            text=form.cleaned_data["text"],
            seen=form.cleaned_data["seen"],
            by=request.actor,
        ),
        done="The minutes were saved.",
        to=lambda saved: f"{here}#item-{found.pk}",
        cancel=f"{here}#item-{found.pk}",
    )


@form_page
def circulate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who they go to, then the mail."""
    meeting = meeting_for(request, slug, pk)
    row = _minutes(request, meeting)
    last = row.acts.order_by("-pk").first() if request.method == "POST" else None
    if last and (last.verb, last.by_user_id) == ("circulated", request.actor.user_id):
        messages.info(request, "The minutes went out already. Nobody got a second mail.")
        return redirect(_here(meeting))
    insist(rules.may_circulate(request.actor, row))
    names = [str(each.person) for each in addressees(meeting, request.actor.on) if each.is_member]
    here = _here(meeting)
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Circulate the minutes",
        caption=str(meeting),
        crumbs=_crumbs(meeting),
        intro=f"A mail with a link, and no word of what was said, goes to {', '.join(names)}."
        if names
        else "Nobody holds a seat on the board today, so nobody gets a mail.",
        warning="Afterwards a part changes by a correction only, which keeps both texts and says who asked for it. "
        "The minutes are put to the board’s next meeting to be confirmed.",
        submit="Circulate them",
        act=lambda: services.circulate(minutes=row, by=request.actor, at=clock.now()),
        done="The minutes went out, unconfirmed.",
        to=lambda saved: here,
        cancel=here,
    )


@form_page
def correct(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Put right what circulated minutes say of an item."""
    found, row = _part(request, slug, pk, item)
    insist(rules.may_correct(request.actor, row))
    form = CorrectForm(posted(request), was=texts_of(row).get(found.pk, ""))
    here = _here(found.meeting)
    return edit_page(
        request,
        form,
        title=f"Correct the minutes: {found.title}",
        caption=str(found.meeting),
        crumbs=_crumbs(found.meeting),
        intro="Both texts stay in the register of corrections, beneath the minutes. A decision is corrected on its own "
        "page.",
        submit="Record the correction",
        act=lambda: services.correct(
            minutes=row,
            item=found,
            text=form.cleaned_data["text"],
            asked_by=form.cleaned_data["asked_by"],
            because=form.cleaned_data["because"],
            seen=form.cleaned_data["seen"],
            by=request.actor,
            at=clock.now(),
        ),
        done="The correction was recorded.",
        to=lambda saved: f"{here}#corrections",
        cancel=f"{here}#item-{found.pk}",
    )


@require_safe
def pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What this reader sees of them, as a tagged PDF."""
    row, shown = _shown(request, slug, pk)
    return documents.response(request, minutes_document.pdf(row, shown), _name(row))


@require_safe
def docx(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same as a Word document."""
    row, shown = _shown(request, slug, pk)
    made = minutes_document.word(row, shown, row.confirmed_at or row.circulated_at)
    etag = f'"{hashlib.sha256(made).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(made, content_type=WORD)
        answer["Content-Disposition"] = f'attachment; filename="{_name(row)}.docx"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _shown(request: HttpRequest, slug: str, pk: int) -> tuple[Minutes, present.View]:
    row = _minutes(request, meeting_for(request, slug, pk))
    return row, present.view(reading(row, request.actor))


def _minutes(request: HttpRequest, meeting: Meeting) -> Minutes:
    found = minutes_of(meeting, request.actor)
    if found is None:
        raise Http404
    return found


def _part(request: HttpRequest, slug: str, pk: int, item: int) -> tuple[AgendaItem, Minutes]:
    found = item_for(request, slug, pk, item)
    return found, _minutes(request, found.meeting)


def _put_at(row: Minutes) -> list[Meeting]:
    """The meetings at which the board has them to confirm. One query."""
    return [
        each.item.meeting
        for each in row.put_at.select_related("item__meeting__board").order_by("item__meeting__starts_at")
    ]


def _here(meeting: Meeting) -> str:
    return reverse("boards:minutes", args=[meeting.board.slug, meeting.pk])


def _crumbs(meeting: Meeting) -> list[tuple[str, str]]:
    return [*present_meetings.crumbs_to(meeting), ("Minutes", _here(meeting))]


def _name(row: Minutes) -> str:
    return f"{row.meeting.board.slug}-{row.meeting.day:%Y-%m-%d}-minutes"
