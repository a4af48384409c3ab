"""Changing a draft of terms of reference, section by section."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_terms
from boards.forms import sections
from boards.forms.parts import DutiesForm, LevelsForm
from boards.models import Terms
from boards.presenters import terms as presenters
from boards.presenters.crumbs import terms_crumbs
from boards.queries.checks import problems
from boards.services import terms as services
from boards.views import quorum
from boards.views.loading import draft_for
from kit.edit_pages import edit_page, form_page, insist, posted

FIELDS = {
    "adoption": sections.AdoptionForm,
    "purpose": sections.PurposeForm,
    "meetings": sections.FrequencyForm,
    "deputies": sections.DeputiesForm,
    "support": sections.SupportForm,
    "agenda": sections.AgendaForm,
    "review": sections.ReviewForm,
}
TITLES = {key: title for key, title, _, _ in presenters.SECTIONS}


@require_safe
def terms_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The sections of the draft, and what still stands in the way of approving it."""
    draft = draft_for(request, slug)
    insist(rules_terms.may_edit(request.actor, draft))
    context = {
        "terms": draft,
        "board": draft.board,
        "tasks": presenters.tasks(draft, draft.duties.count(), draft.service_levels.count()),
        "problems": problems(draft, request.actor.on),
        "crumbs": terms_crumbs(draft.board, (f"Version {draft.number}", "")),
    }
    return render(request, "boards/terms/edit.html", context)


@form_page
def section(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One section of the draft."""
    draft = draft_for(request, slug)
    if section not in TITLES or (draft.adopts_id and section not in presenters.OF_ADOPTED):
        raise Http404
    insist(rules_terms.may_edit(request.actor, draft))
    if section == "quorum":
        return quorum.quorum(request, draft)
    if section == "responsibilities":
        return _duties(request, draft)
    if section == "service-levels":
        return _levels(request, draft)
    form = FIELDS[section](posted(request), instance=draft, on=request.actor.on)
    return _edit_page(
        request,
        draft,
        section,
        form,
        lambda: services.change(terms=draft, values=form.values, seen=form.seen, by=request.actor),
    )


def _duties(request: HttpRequest, draft: Terms) -> HttpResponse:
    # More rows: every word comes back, nothing is checked or saved.
    more = request.POST if "more" in request.POST else None
    form = DutiesForm(None if more else posted(request), terms=draft, parts=draft.duties.all(), typed=more)
    return _edit_page(
        request,
        draft,
        "responsibilities",
        form,
        lambda: services.change_duties(terms=draft, duties=form.duties, seen=form.seen, by=request.actor),
        intro="What the terms give the board to do. Leave the rows empty that you do not need.",
    )


def _levels(request: HttpRequest, draft: Terms) -> HttpResponse:
    form = LevelsForm(posted(request), terms=draft, parts=draft.service_levels.all())
    return _edit_page(
        request,
        draft,
        "service-levels",
        form,
        lambda: services.change_levels(terms=draft, levels=form.levels, seen=form.seen, by=request.actor),
        intro="Working days leave out weekends, bank holidays and closures. Clear working days leave out the day "
        "of the meeting and the day of sending too.",
    )


def _edit_page(request: HttpRequest, draft: Terms, section: str, form, act, **more) -> HttpResponse:
    back = reverse("boards:terms_edit", args=[draft.board.slug])
    return edit_page(
        request,
        form,
        title=TITLES[section],
        caption=f"{draft.board.title}, terms of reference, version {draft.number}",
        crumbs=terms_crumbs(draft.board, (f"Version {draft.number}", back)),
        act=act,
        done=f"{TITLES[section]}: saved.",
        to=lambda _: back,
        cancel=back,
        **more,
    )
