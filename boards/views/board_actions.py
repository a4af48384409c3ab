"""One board action: its page, and the forms that raise it, say how it stands, steer it and close it."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from boards import rules_actions as rules
from boards.action_standing import standing
from boards.forms import board_actions as forms
from boards.models import AgendaItem, BoardAction, Decision, Meeting
from boards.presenters import board_action_pages as present
from boards.presenters import board_actions as words
from boards.presenters.meetings import crumbs_to
from boards.queries import board_actions as queries
from boards.queries.decisions import is_confirmed
from boards.services import board_actions as services
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.verdict import refused

NONE_SINCE = "No meeting was held since its closure was proposed. Record it at the next one."


@require_safe
def action(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be done, by whom, by when, and all that happened to it."""
    actor = request.actor
    found = queries.lines(BoardAction.objects.visible_to(actor).filter(pk=pk), actor)
    if not found:
        raise Http404
    [line] = found
    decision = Decision.objects.visible_to(actor).filter(pk=line.action.decision_id).select_related("board").first()
    page = {
        "action": line.action,
        "row": words.row(line, actor.on),
        "standing": standing(line.action, actor.on),
        "minute": line.minute,
        "decision": decision,
        "next_step": present.next_step(line, actor),
        "doors": present.doors(line, actor),
        "timeline": present.history(line),
        "crumbs": present.crumbs((line.action.reference, "")),
    }
    return render(request, "boards/actions/action.html", page)


@form_page
def new(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Raise an action from an item, in the room or after it."""
    actor = request.actor
    whole = AgendaItem.objects.whole_to(actor).select_related("meeting__board")
    item = get_object_or_404(whole, meeting__board__slug=slug, meeting=pk, pk=item)
    meeting = item.meeting
    insist(rules.may_raise(actor, meeting, is_confirmed(meeting), clock.now()))
    form = forms.RaiseForm(
        posted(request),
        instance=BoardAction(board=meeting.board, meeting=meeting, item=item),
        decisions=list(item.decisions.standing()),
        on=actor.on,
    )
    return edit_page(
        request,
        form,
        title="Raise an action",
        caption=item.title,
        crumbs=crumbs_to(meeting),
        submit="Raise the action",
        act=lambda: services.raise_action(
            item=item,
            text=form.cleaned_data["text"],
            owner_post=form.cleaned_data["owner_post"],
            due=form.cleaned_data["due"],
            contributors=form.posts,
            decision=form.cleaned_data.get("decision"),
            by=actor,
            at=clock.now(),
        ),
        done="The action was raised, and its owner gets a mail.",
        to=BoardAction.get_absolute_url,
        cancel=meeting.get_absolute_url(),
    )


@form_page
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how it stands."""
    row = _load(request, pk)
    insist(rules.may_update(request.actor, row))
    form = forms.UpdateForm(posted(request))
    return _page(
        request,
        row,
        form,
        "Say how it stands",
        lambda more: services.update(action=row, words=form.cleaned_data["words"], **more),
        done="Your update was kept.",
    )


@form_page
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it another date."""
    row = _load(request, pk)
    insist(rules.may_steer(request.actor, row))
    form = forms.MoveForm(posted(request), instance=row)
    return _page(
        request,
        row,
        form,
        "Move the due date",
        lambda more: services.move(action=row, due=form.cleaned_data["due"], because=form.why, seen=form.seen, **more),
        done="The date was moved.",
    )


@form_page
def park(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it aside until a day, or take it up again."""
    row = _load(request, pk)
    insist(rules.may_steer(request.actor, row))
    form = forms.ParkForm(posted(request), instance=row, on=request.actor.on)
    return _page(
        request,
        row,
        form,
        "Change until when it is parked" if row.parked_until else "Park this action",
        lambda more: services.park(
            action=row, until=form.cleaned_data["parked_until"], because=form.why, seen=form.seen, **more
        ),
        done="It was saved.",
    )


@form_page
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Give it to another post."""
    row = _load(request, pk)
    insist(rules.may_steer(request.actor, row))
    form = forms.AssignForm(posted(request), instance=row, on=request.actor.on)
    return _page(
        request,
        row,
        form,
        "Give it to another post",
        lambda more: services.assign(
            action=row,
            owner_post=form.cleaned_data["owner_post"],
            contributors=form.posts,
            because=form.why,
            seen=form.seen,
            **more,
        ),
        done="It was saved. A new owner gets a mail.",
    )


@form_page
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to the board that it closes the action."""
    row = _load(request, pk)
    if _sent_again(request, row, "proposed"):
        messages.info(request, "You proposed it already. Nothing was sent twice.")
        return redirect(row)
    insist(rules.may_propose(request.actor, row))
    form = forms.ProposeForm(posted(request))
    return _page(
        request,
        row,
        form,
        "Propose to close it",
        lambda more: services.propose(action=row, done=form.cleaned_data["done"], **more),
        done="Its closure was proposed to the board.",
        submit="Propose to close it",
    )


@form_page
def keep_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the board keeps it open."""
    row = _load(request, pk)
    insist(rules.may_keep_open(request.actor, row))
    meetings = _meetings(row)
    form = forms.KeepOpenForm(posted(request), meetings=meetings)
    return _page(
        request,
        row,
        form,
        "The board keeps it open",
        lambda more: services.keep_open(
            action=row, meeting=form.cleaned_data["meeting"], because=form.cleaned_data["because"], **more
        ),
        done="It stays open, and its owner gets a mail.",
        warning="" if meetings else NONE_SINCE,
    )


@form_page
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the board closed it, and when."""
    row = _load(request, pk)
    if _sent_again(request, row, "closed"):
        messages.info(request, "You recorded it as closed already.")
        return redirect(row)
    insist(rules.may_close(request.actor, row))
    meetings = _meetings(row)
    form = forms.CloseForm(posted(request), meetings=meetings, proposed=row.state == "proposed")
    return _page(
        request,
        row,
        form,
        "The board closed it",
        lambda more: services.close(
            action=row, meeting=form.cleaned_data["meeting"], because=form.cleaned_data["because"], **more
        ),
        done="The action is closed.",
        submit="Record it as closed",
        warning="Once it is closed, nothing of it can be changed." if meetings else NONE_SINCE,
    )


def _load(request: HttpRequest, pk: int) -> BoardAction:
    seen = BoardAction.objects.visible_to(request.actor).select_related("board", "meeting", "owner_post")
    return get_object_or_404(seen.prefetch_related("contributor_links"), pk=pk)


def _sent_again(request: HttpRequest, row: BoardAction, verb: str) -> bool:
    """A second press: the last thing that happened to the action is this act, by this user."""
    last = row.acts.order_by("-pk").first() if request.method == "POST" else None
    return last is not None and (last.verb, last.by_user_id) == (verb, request.actor.user_id)


def _meetings(row: BoardAction) -> Sequence[Meeting]:
    """Those at which the board can have spoken of it. Refused when there is none since it was raised."""
    found = queries.meetings_for(row, clock.now())
    if not found and row.state != "proposed":
        insist(refused("No meeting since it was raised is open: the minutes of each are confirmed."))
    return found


def _page(
    request: HttpRequest,
    row: BoardAction,
    form,
    title: str,
    act: Callable[[dict[str, Any]], BoardAction],
    *,
    done: str,
    submit: str = "Save",
    warning: str = "",
) -> HttpResponse:
    return edit_page(
        request,
        form,
        title=title,
        caption=row.reference,
        crumbs=present.crumbs((row.reference, row.get_absolute_url())),
        intro=row.text,
        warning=warning,
        submit=submit,
        act=lambda: act({"by": request.actor, "at": clock.now()}),
        done=done,
        to=BoardAction.get_absolute_url,
        cancel=row.get_absolute_url(),
    )
