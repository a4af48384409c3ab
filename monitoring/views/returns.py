"""Reading a return: for its lead a task list, for everybody else what it says."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from monitoring import rules
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.presenters import giving, on_the_day
from monitoring.presenters import ratings as present_ratings
from monitoring.presenters import returns as present
from monitoring.presenters.standings import unjudged
from monitoring.queries import measure_pages, ratings, waiting
from monitoring.queries.history import submitted_version
from monitoring.querysets import SEE_ALL_RETURNS
from monitoring.views.loading import load_return, newest, readable


def header(request: HttpRequest, progress_return: ProgressReturn, version: ReturnVersion | None = None) -> dict:
    """The context that every page about a return shares: the record header and the way back.

    `version` is the one the page shows, when that is not the newest.
    """
    version = version or newest(progress_return)
    holders = waiting.holders_for([progress_return], request.actor.on)
    commitment = progress_return.commitment
    wait = waiting.of_return(progress_return, holders, request.actor.on)
    state, state_label = present.state_of(progress_return, request.actor.on)
    return {
        "progress_return": progress_return,
        "state": state,
        "state_label": state_label,
        "commitment": commitment,
        "round": progress_return.round,
        "strategy": commitment.strategy,
        "title_then": on_the_day.title_of(progress_return, version),
        "lead": on_the_day.role(
            on_the_day.lead_words(progress_return, version, holders.get(commitment.lead_post_id)), commitment.lead_post
        ),
        "overseer": on_the_day.role(
            on_the_day.overseer_words(progress_return, version, holders.get(commitment.overseer_post_id)),
            commitment.overseer_post,
        ),
        "next_step": present.next_step(progress_return, wait, request.actor),
        "late": rules.is_late(progress_return),
        "missing": rules.is_missing(progress_return, request.actor.on),
        "overdue": rules.is_overdue(progress_return, request.actor.on),
    }


def three_ratings(progress_return: ProgressReturn, version: ReturnVersion) -> dict:
    """What the lead, the measures and the overseer say, for a page. One query."""
    found = ratings.of_return(progress_return, version)
    return {
        "ratings": found,
        "rosier": present_ratings.warning(found),
        "measures_from": present_ratings.source(found),
        "unjudged": unjudged(found.rule),
        "targets_said": present_ratings.count(found.targets),
    }


def unsaved(
    request: HttpRequest, progress_return: ProgressReturn, sentence: str, typed: list[tuple[str, str]]
) -> HttpResponse:
    """403 when a door has shut meanwhile: says why, and gives back every word so that it can be copied.

    `typed` has a label and a text each. Raises PermissionDenied when nothing was written.
    """
    written = [{"label": label, "text": text} for label, text in typed if text.strip()]
    if not written:
        raise PermissionDenied(sentence)
    context = header(request, progress_return) | {"sentence": sentence, "typed": written}
    return render(request, "monitoring/return/unsaved.html", context, status=403)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """`/returns/<id>/`."""
    progress_return = load_return(request, pk)
    actor = request.actor
    version = newest(progress_return)
    shown = readable(request, progress_return)
    may_edit = rules.may_edit(actor, progress_return)
    context = header(request, progress_return, shown) | {
        "version": shown,
        "may_edit": may_edit,
        "why_not": "" if may_edit or not rules.speaks_for_lead(actor, progress_return) else may_edit.sentence,
        "may_review": rules.may_review(actor, progress_return, version),
        "own": _told_why_not(actor, progress_return, version),
        "may_reopen": rules.may_reopen(actor, progress_return),
        "may_exempt": rules.may_exempt(actor, progress_return),
        "may_include": rules.may_include(actor, progress_return),
        "may_let_in_late": rules.may_let_in_late(actor, progress_return),
        "timeline": present.timeline(
            list(progress_return.acts.all()),
            everything=_sees_everything(actor, progress_return),
            submissions=bool(rules.may_read_unsigned(actor, progress_return)),
        ),
        "hidden": version is not None and shown is not version,
        "unread": rules.may_read_unsigned(actor, progress_return).sentence,
        "versions": [
            older
            for older in progress_return.versions.only("number", "signed_off_at", "progress_return")
            if older.signed_off_at
        ],
    }
    if may_edit:
        context["tasks"] = [*present.tasks(progress_return, version), *_figures_task(progress_return, actor)]
        context["ready"] = present.all_done(version)
        context["asked"] = _open_requests(version)
        return render(request, "monitoring/return/tasks.html", context)
    context["parts"] = present.parts(shown) if shown and not shown.is_nil else []
    if shown is not None and shown.submitted_at is not None:
        context |= three_ratings(progress_return, shown)
    return render(request, "monitoring/return/detail.html", context)


@require_safe
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An earlier version, as it was signed off."""
    progress_return = load_return(request, pk)
    found = get_object_or_404(progress_return.versions, number=number)
    if found.signed_off_at is None and not rules.may_read_unsigned(request.actor, progress_return):
        raise Http404
    context = header(request, progress_return, found) | {
        "version": found,
        "parts": [] if found.is_nil else present.parts(found),
    }
    return render(request, "monitoring/return/version.html", context)


@require_safe
def submission(request: HttpRequest, pk: int, act_pk: int) -> HttpResponse:
    """What the return said when it was submitted then, however it was changed since. Taken from the ledger."""
    progress_return = load_return(request, pk)
    if not rules.may_read_unsigned(request.actor, progress_return):
        raise Http404
    act = get_object_or_404(progress_return.acts, pk=act_pk, verb__in=present.SUBMISSIONS)
    found = submitted_version(progress_return, act)
    if found is None:
        raise Http404
    context = header(request, progress_return, found) | {
        "version": found,
        "parts": [] if found.is_nil else present.parts(found),
        "newest": not progress_return.acts.filter(verb__in=present.SUBMISSIONS, pk__gt=act.pk).exists(),
    }
    return render(request, "monitoring/return/submission.html", context)


def _figures_task(progress_return, actor) -> list[dict]:
    """The task list's line for figures, where any are due from this lead or were given."""
    lines = measure_pages.of_commitment(progress_return.commitment, actor.on)
    line = giving.task(
        reverse("monitoring:return_measures", args=[progress_return.pk]),
        giving.wanted(progress_return, lines),
        giving.given(progress_return, lines),
    )
    return [line] if line else []


def _sees_everything(actor, progress_return) -> bool:
    """Those whose work it is, those who run the rounds and those who check them."""
    commitment = progress_return.commitment
    theirs = {commitment.lead_post_id, commitment.overseer_post_id} & actor.speaks_for
    return bool(theirs) or actor.has(*SEE_ALL_RETURNS)


def _told_why_not(actor, progress_return, version) -> str:
    """Why somebody who holds the overseer's post cannot sign off a submitted return: it is their own."""
    holds = progress_return.commitment.overseer_post_id in actor.holds
    if holds and progress_return.state == "submitted" and version is not None:
        return rules.own_return(actor, progress_return, version).sentence
    return ""


def _open_requests(version):
    """What the overseer asked for last, while the return is being changed for it."""
    if version is None or version.submitted_at is None:
        return []
    requests = list(version.change_requests.select_related("act"))
    return [each for each in requests if each.act_id == requests[0].act_id] if requests else []
