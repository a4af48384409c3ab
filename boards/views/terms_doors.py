"""The doors of terms of reference: drafting a new version, and approving it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from boards import rules, rules_terms
from boards.forms.approval import ApprovalForm
from boards.models import Board, Terms
from boards.presenters.crumbs import terms_crumbs
from boards.queries.checks import in_the_way, problems
from boards.queries.followers import cannot_keep, followers_of
from boards.queries.versions import in_force, last_approved, says_the_same, versions
from boards.services import terms as services
from boards.views.loading import board_for, draft_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm
from kit.working_days import listed

APPROVE = "Approve these terms of reference"


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Start a draft from the version in force, or an empty one."""
    board = board_for(request, slug)
    found = versions(request.actor, board)
    insist(rules_terms.may_draft(request.actor, board, any(each.state == "draft" for each in found)))
    current = in_force(found, request.actor.on)
    back = reverse("boards:terms", args=[slug])
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Draft a new version" if found else "Draft terms of reference",
        caption=board.title,
        crumbs=terms_crumbs(board),
        intro=_intro(current),
        act=lambda: services.draft(board=board, by=request.actor, at=clock.now()),
        done="The draft is there. Say what changes, then have it approved.",
        to=lambda saved: reverse("boards:terms_edit", args=[slug]),
        cancel=back,
        submit="Start the draft",
    )


@form_page
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Draft to approved, by a decision. While nothing could be approved, what is in the way and no form."""
    draft, on = draft_for(request, slug), request.actor.on
    insist(rules.may_run_boards(request.actor))
    crumbs = terms_crumbs(draft.board, (f"Version {draft.number}", draft.get_absolute_url()))
    if request.method != "POST" and (stops := in_the_way(draft, on)):
        context = {"terms": draft, "board": draft.board, "problems": stops, "crumbs": [*crumbs, (APPROVE, "")]}
        return render(request, "boards/terms/not_ready.html", context | {"title": APPROVE})
    wrong = problems(draft, on)
    followers = followers_of(draft.board, on)
    form = ApprovalForm(posted(request), terms=draft, on=on)
    return edit_page(
        request,
        form,
        title=APPROVE,
        caption=f"{draft.board.title}, version {draft.number}",
        crumbs=crumbs,
        intro="" if wrong else _before_approving(followers),
        warning=" ".join([*wrong, *_same_as_before(request, draft), *cannot_keep(draft, followers, on)]),
        act=lambda: services.approve(
            terms=draft,
            decision=form.cleaned_data["decision"],
            decided_on=form.cleaned_data["approved_on"],
            in_force_from=form.cleaned_data["in_force_from"],
            by=request.actor,
            at=clock.now(),
        ),
        done=f"Version {draft.number} is approved.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=draft.get_absolute_url(),
        submit="Approve version " + str(draft.number),
    )


def _before_approving(followers: list[Board]) -> str:
    stays = "Afterwards they cannot be changed: what changes later is drafted as a new version."
    if not followers:
        return stays
    follow = "follows" if len(followers) == 1 else "follow"
    return f"{stays} They will also hold for {listed([str(each) for each in followers])}, which {follow} them."


def _same_as_before(request: HttpRequest, draft: Terms) -> list[str]:
    last = last_approved(versions(request.actor, draft.board))
    if last is None or not says_the_same(last, draft):
        return []
    return [f"This draft says the same as version {last.number}. Approve it only if that is what was decided."]


def _intro(current: Terms | None) -> str:
    if current is None:
        return "It starts empty. Only those who run or check the boards, and its members, see a draft."
    return (
        f"It starts with everything that version {current.number} says. Version {current.number} holds until the new "
        "one is in force."
    )
