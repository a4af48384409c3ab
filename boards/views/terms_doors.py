"""The doors of terms of reference: drafting a new version, and approving it."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from boards import rules, rules_terms
from boards.forms.approval import ApprovalForm
from boards.models import Terms
from boards.presenters.crumbs import terms_crumbs
from boards.queries.checks import problems
from boards.queries.versions import in_force, versions
from boards.services import terms as services
from boards.views.loading import board_for, draft_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.record_forms import ConfirmForm


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
    """Draft to approved, by a decision."""
    draft = draft_for(request, slug)
    insist(rules.may_run_boards(request.actor))
    wrong = problems(draft, request.actor.on)
    form = ApprovalForm(posted(request), terms=draft, on=request.actor.on)
    return edit_page(
        request,
        form,
        title="Approve these terms of reference",
        caption=f"{draft.board.title}, version {draft.number}",
        crumbs=terms_crumbs(draft.board, (f"Version {draft.number}", draft.get_absolute_url())),
        intro="" if wrong else "Afterwards they cannot be changed: what changes later is drafted as a new version.",
        warning=" ".join(wrong),
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


def _intro(current: Terms | None) -> str:
    if current is None:
        return "It starts empty. Only those who run or check the boards, and its members, see a draft."
    return (
        f"It starts with everything that version {current.number} says. Version {current.number} holds until the new "
        "one is in force."
    )
