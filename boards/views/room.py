"""The room: one page for whoever writes down what a meeting says and decides, an item at a time."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import effects, rules_actions, rules_meetings, rules_minutes
from boards import rules_decisions as rules
from boards.forms.decisions import DecideForm
from boards.forms.room import NoteForm, QuickActionForm
from boards.models import AgendaItem, BoardAction, Decision, ItemRecord, Minutes
from boards.presenters import meetings as present_meetings
from boards.presenters import room as present
from boards.presenters.decisions import as_decision
from boards.queries.decisions import is_confirmed
from boards.queries.room import record_of, room_of
from boards.services import board_actions, decided_once
from boards.services import room as services
from boards.views.loading_meetings import item_for
from boards.views.meetings import page_for
from kit import clock
from kit.crispy import Link, Submit, helper
from kit.edit_pages import attempt, form_page, insist
from kit.stale import Stale
from kit.verdict import Refusal, Verdict

# Which of the page's forms was sent, so that the others are drawn fresh.
Sent = dict[str, Any]


@require_safe
def room(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The items in order, one of them open (`?item=`)."""
    return _show(request, slug, pk, request.GET.get("item", ""), {})


@login_not_required  # a script follows a redirect, and would draw the sign-in page where one line belongs
@form_page
def item_record(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Keep what is noted. To a script it answers with one line, never with a page."""
    if not request.user.is_authenticated:
        if not request.htmx:
            return redirect_to_login(request.get_full_path())
        return _line(request, "Not saved: you have been signed out. Copy what you wrote before you leave this page.")
    found, verdict = _item(request, slug, pk, item)
    if request.method != "POST":
        return redirect(present.url_of(found.meeting, item))
    form = NoteForm(request.POST, item=found, record=record_of(found))
    if request.htmx:
        return _autosave(request, found, form, verdict)
    insist(verdict)
    if form.is_valid() and attempt(form, lambda: _keep(request, found, form)):
        messages.success(request, "The note was saved.")
        return redirect(_next(request, found))
    return _show(request, slug, pk, str(item), {"note": form})


@form_page
def decide(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Record a decision on the item, and carry out what it does."""
    found, verdict = _item(request, slug, pk, item)
    if request.method != "POST":
        return redirect(present.url_of(found.meeting, item, "#decide"))
    insist(verdict)
    choices = effects.choices(request.actor, found)
    form = DecideForm(request.POST, item=found, actor=request.actor, choices=choices)
    if form.is_valid() and (made := attempt(form, lambda: _decided(request, found, form))):
        row, is_new = made
        did = " ".join(each.sentence for each in row.effects.all())
        if is_new:
            messages.success(request, f"Decision {row.reference} was recorded. {did}".strip())
        else:
            messages.info(request, f"It was recorded already, as {row.reference}. Nothing was recorded twice.")
        return redirect(present.url_of(found.meeting, item))
    return _show(request, slug, pk, str(item), {"decide": form})


@form_page
def raise_action(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Raise an action on the item without leaving the room."""
    found, _ = _item(request, slug, pk, item)
    if request.method != "POST":
        return redirect(present.url_of(found.meeting, item, "#action"))
    insist(rules_actions.may_raise(request.actor, found.meeting, is_confirmed(found.meeting), clock.now()))
    form = _action_form(request, found, request.POST)
    if form.is_valid() and (made := attempt(form, lambda: _raised(request, found, form))):
        messages.success(request, f"Action {made.reference} was raised, and its owner gets a mail.")
        return redirect(present.url_of(found.meeting, item))
    return _show(request, slug, pk, str(item), {"action": form})


def _show(request: HttpRequest, slug: str, pk: int, wanted: str, sent: Sent) -> HttpResponse:
    insist(rules.may_see_room(request.actor))
    found = page_for(request, slug, pk)
    meeting, now, actor = found.meeting, clock.now(), request.actor
    there = room_of(meeting)
    may_note = rules_minutes.may_note(Minutes.objects.filter(meeting=meeting).first())
    lines = present_meetings.agenda(found).lines
    keys = {str(line.seen.item.pk): line.seen.item.pk for line in lines}
    if wanted and wanted not in keys:
        raise Http404
    rows = present.rows(meeting, lines, there, keys.get(wanted) or present.first_to_take(lines, there))
    opened = present.opened(rows, there)
    may = rules.may_record(actor, meeting, there.confirmed, now)
    forms: Sent = {}
    if opened and may:
        opened.item.meeting = meeting
        forms = {
            "note": sent.get("note") or NoteForm(item=opened.item, record=opened.record),
            "decide": sent.get("decide") or _fresh_decision(request, opened),
            "action": sent.get("action") or _action_form(request, opened.item),
        }
        _dress(forms, opened, meeting)
    errors = any(form.errors for form in forms.values())
    context = {
        "meeting": meeting,
        "board": meeting.board,
        "title": present_meetings.title(meeting),
        "when": present_meetings.when(meeting),
        "rows": rows,
        "open": opened,
        "forms": forms,
        "form": next((form for form in forms.values() if form.errors), None),
        "may": may,
        "may_note": may_note,
        "recorded": found.recorded,
        "outlook": found.outlook,
        "may_take": rules_meetings.may_take_attendance(actor, meeting, now),
        "crumbs": [*present_meetings.crumbs_to(meeting), ("In the room", "")],
    }
    return render(request, "boards/room/room.html", context, status=422 if errors else 200)


def _item(request: HttpRequest, slug: str, pk: int, item: int) -> tuple[AgendaItem, Verdict]:
    found = item_for(request, slug, pk, item)
    return found, rules.may_record(request.actor, found.meeting, is_confirmed(found.meeting), clock.now())


def _fresh_decision(request: HttpRequest, opened: present.OpenItem) -> DecideForm:
    decided = [row.decision for row in opened.decisions]
    paper = present.seed(opened.papers, decided, request.GET.get("paper", ""))
    initial = {"text": as_decision(paper.recommendation), "paper": str(paper.pk)} if paper else {}
    initial["after"] = str(max((each.pk for each in decided), default=0))
    choices = effects.choices(request.actor, opened.item)
    return DecideForm(item=opened.item, actor=request.actor, choices=choices, initial=initial)


def _action_form(request: HttpRequest, item: AgendaItem, sent: QueryDict | None = None) -> QuickActionForm:
    meeting = item.meeting
    return QuickActionForm(
        sent,
        instance=BoardAction(board=meeting.board, meeting=meeting, item=item),
        decisions=list(item.decisions.standing().select_related("board")),
        on=request.actor.on,
        prefix="action",
    )


def _dress(forms: Sent, opened: present.OpenItem, meeting) -> None:
    """Where each form goes, its buttons, and for the note that it is saved while it is written."""
    here = [meeting.board.slug, meeting.pk, opened.item.pk]
    note, decide_, action = forms["note"], forms["decide"], forms["action"]
    again = Submit("Save, and take the next item", name="then", value="next", look="secondary")
    note.helper = helper(
        note,
        *note.layout(),
        submit=Submit("Save the note"),
        secondary=[again] if opened.after else [],
        action=_url("item_record", here),
    )
    note.helper.attrs = {
        "hx-post": _url("item_record", here),
        "hx-trigger": "input delay:1500ms, change delay:400ms",
        "hx-target": "#autosave",
        "hx-swap": "innerHTML",
        "hx-sync": "this:queue last",
    }
    decide_.helper = helper(
        decide_, *decide_.layout(), submit=Submit("Record the decision"), action=_url("decide", here)
    )
    action.helper = helper(
        action,
        *action.layout(),
        submit=Submit("Raise the action", look="secondary"),
        secondary=[Link("More questions", _url("action_new", here))],
        action=_url("item_action", here),
    )


def _url(name: str, here: list) -> str:
    return reverse(f"boards:{name}", args=here)


def _autosave(request: HttpRequest, item: AgendaItem, form: NoteForm, verdict: Verdict) -> HttpResponse:
    if not verdict:
        return _line(request, f"Not saved. {verdict.sentence}")
    if not form.is_valid():
        return _line(request, f"Not saved yet: {next(iter(form.errors.values()))[0]}.")
    try:
        kept = _keep(request, item, form)
    except Stale as stale:
        form.show_conflict(stale.current)
        return _line(request, "Not saved: somebody else changed this note. Save it to see both.", form.conflict)
    except Refusal as refusal:
        return _line(request, f"Not saved. {refusal.sentence}")
    return _line(request, "", token=services.token(kept))


def _line(
    request: HttpRequest, problem: str, conflict: list[tuple[str, str]] | None = None, token: str = ""
) -> HttpResponse:
    context = {"problem": problem, "conflict": conflict, "at": clock.now(), "token": token}
    return render(request, "boards/room/_autosave.html", context)


def _keep(request: HttpRequest, item: AgendaItem, form: NoteForm) -> ItemRecord:
    """The note as typed; with "next", it ends now where nothing else was said."""
    now = clock.now()
    ended = form.ended_at
    if request.POST.get("then") == "next" and ended is None and clock.local_date(now) == item.meeting.day:
        ended = max(now, form.started_at or now)
    return services.note(
        item=item,
        discussion=form.cleaned_data["discussion"],
        started_at=form.started_at,
        ended_at=ended,
        seen=form.cleaned_data["seen"],
        by=request.actor,
        at=now,
    )


def _next(request: HttpRequest, item: AgendaItem) -> str:
    """This item again, or the next one, which then has started."""
    if request.POST.get("then") != "next":
        return present.url_of(item.meeting, item.pk)
    after = item.meeting.items.filter(position__gt=item.position).first()
    if after is None:
        return present.url_of(item.meeting, item.pk)
    services.start(item=after, by=request.actor, at=clock.now())
    return present.url_of(item.meeting, after.pk)


def _decided(request: HttpRequest, item: AgendaItem, form: DecideForm) -> tuple[Decision, bool]:
    papers = item.papers.standing()
    key = form.cleaned_data["paper"]
    return decided_once.record(
        item=item,
        kind=form.cleaned_data["kind"],
        text=form.cleaned_data["text"],
        paper=papers.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 12 else None,
        effects=form.asked,
        after=form.drawn_after,
        by=request.actor,
        at=clock.now(),
    )


def _raised(request: HttpRequest, item: AgendaItem, form: QuickActionForm) -> BoardAction:
    cleaned = form.cleaned_data
    return board_actions.raise_action(
        item=item,
        text=cleaned["text"],
        owner_post=cleaned["owner_post"],
        due=cleaned["due"],
        decision=cleaned.get("decision"),
        by=request.actor,
        at=clock.now(),
    )
