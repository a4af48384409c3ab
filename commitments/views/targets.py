"""The targets of a measure: how each is to be read, then what the kind asks, then a look at the machine's reading."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments import presenters, queries, rules
from commitments.choices import Trajectory
from commitments.forms_targets import KindForm, TargetForm, asked_kind, kind_of
from commitments.models import CommitmentMeasure, Target
from commitments.services import measures
from commitments.views.loading import link_for
from commitments.views.measures import insist_measure
from kit.crispy import helper
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.fields import in_words
from kit.record_forms import ConfirmForm


@form_page
def new(request: HttpRequest, slug: str, number: int, code: str) -> HttpResponse:
    """Add a target to a measure: `?kind=` says how it is read, and is asked first."""
    found = link_for(request, slug, number, code)
    asks = insist_measure(request, found.measure)
    chosen = KindForm(asked_kind(request.GET), measure=found.measure)
    if request.method != "POST" and not (chosen.is_bound and chosen.is_valid()):
        return _kind_page(request, found, chosen, title="Add a target")
    form = TargetForm(
        posted(request),
        instance=Target(measure=found.measure),
        read_as=chosen.chosen if chosen.is_bound and chosen.is_valid() else ("", []),
        other_way=request.path,
        asks_reason=asks,
    )
    return _page(
        request,
        form,
        found,
        title="Add a target",
        act=lambda: measures.add_target(target=form.instance, by=request.actor, reason=form.why),
        done="The target was added.",
    )


@form_page
def edit(request: HttpRequest, slug: str, number: int, code: str, target: str) -> HttpResponse:
    """Change a target. `?choose` asks first how it is read; `?kind=` reads it another way."""
    found = link_for(request, slug, number, code)
    asks = insist_measure(request, found.measure)
    record = get_object_or_404(found.measure.targets, code=target)
    record.measure = found.measure
    chosen = KindForm(asked_kind(request.GET), measure=found.measure)
    right = chosen.is_bound and chosen.is_valid()
    if request.method != "POST" and not right and (chosen.is_bound or "choose" in request.GET):
        return _kind_page(request, found, chosen, title="Change how this target is read", wording=record.wording)
    form = TargetForm(
        posted(request),
        instance=record,
        read_as=chosen.chosen if right else kind_of(record),
        other_way=f"{request.path}?choose=yes",
        asks_reason=asks,
    )
    return _page(
        request,
        form,
        found,
        title="Change this target",
        act=lambda: measures.change_target(
            target=record, values=form.values, seen=form.seen, by=request.actor, reason=form.why
        ),
        done="The target was saved.",
    )


@form_page
def remove(request: HttpRequest, slug: str, number: int, code: str, target: str) -> HttpResponse:
    """Take a target out of a draft."""
    found = link_for(request, slug, number, code)
    record = get_object_or_404(found.measure.targets, code=target)
    for strategy in queries.strategies_of(found.measure):
        insist(rules.may_remove(request.actor, strategy))
    form = ConfirmForm(posted(request))

    def removed() -> bool:
        measures.remove_target(target=record, by=request.actor)
        return True

    return edit_page(
        request,
        form,
        title="Remove this target?",
        intro=record.wording,
        act=removed,
        done="The target was removed.",
        submit="Remove",
        look="warning",
        **_frame(found),
    )


def _page(
    request: HttpRequest,
    form: TargetForm,
    found: CommitmentMeasure,
    *,
    title: str,
    act: Callable[[], Any],
    done: str,
) -> HttpResponse:
    return edit_page(
        request,
        form,
        title=title,
        intro=f"For the measure: {found.measure.title}",
        submit="Continue" if form.kind else "Save",
        act=act,
        done=done,
        check=(lambda: _check_page(request, form, found, title)) if form.kind else None,
        **_frame(found),
    )


def _kind_page(
    request: HttpRequest, found: CommitmentMeasure, form: KindForm, *, title: str, wording: str = ""
) -> HttpResponse:
    cancel = found.commitment.get_absolute_url()
    form.helper = helper(form, *form.layout(), submit="Continue", secondary=[("Cancel", cancel)], method="get")
    page = {
        "form": form,
        "title": title,
        "caption": str(found.commitment),
        "intro": f"As published: {wording}" if wording else f"For the measure: {found.measure.title}",
        "strategy": found.commitment.strategy,
        "crumbs": [*presenters.commitment_crumbs(found.commitment), (title, "")],
    }
    return render(request, "kit/edit_page.html", page, status=422 if form.errors else 200)


def _check_page(request: HttpRequest, form: TargetForm, found: CommitmentMeasure, title: str) -> HttpResponse:
    """The words as published beside the machine's reading. Everything typed is sent along."""
    told = form.cleaned_data
    rows = [
        ("As published", told["wording"]),
        ("As the machine reads it", form.reading),
        ("Applies from", in_words(told["starts"]) if told["starts"] else "The start"),
        ("By", in_words(told["due_on"]) if told["due_on"] else "No day: it holds at all times"),
    ]
    if "trajectory" in told:
        rows.append(("Expected on the way", Trajectory(told["trajectory"]).label))
        near = f"Up to {told['tolerance']:f} short is slipping, more is off track."
        rows.append(("Near enough", near if told["tolerance"] else "Nothing: whatever is short is off track."))
    page = {
        "title": "Check how the machine reads it",
        "caption": found.measure.title,
        "rows": [{"key": key, "value": value} for key, value in rows],
        "typed": [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name not in ("csrfmiddlewaretoken", "then")
        ],
        "strategy": found.commitment.strategy,
        "crumbs": [*presenters.commitment_crumbs(found.commitment), (title, "")],
    }
    return render(request, "commitments/target/check.html", page)


def _frame(found: CommitmentMeasure) -> dict[str, Any]:
    commitment = found.commitment
    return {
        "caption": str(commitment),
        "extra": {"strategy": commitment.strategy},
        "crumbs": presenters.commitment_crumbs(commitment),
        "to": lambda _: commitment.get_absolute_url(),
        "cancel": commitment.get_absolute_url(),
    }
