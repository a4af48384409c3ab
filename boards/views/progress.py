"""The progress report of an agenda item: which round it is about, and how it would be drawn now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import progress_report
from boards import rules_meetings as rules
from boards.forms.progress import ProgressForm
from boards.models import AgendaItem, ItemProgress
from boards.presenters.meetings import crumbs_to
from boards.queries.progress import rounds_to_report
from boards.services import progress as services
from boards.views.loading_meetings import item_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from monitoring.models import ReportingRound


@form_page
def edit(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """Choose the round, another one, or none."""
    found = item_for(request, slug, pk, item)
    insist(rules.may_edit_agenda(request.actor, found.meeting))
    form = ProgressForm(posted(request), item=found, rounds=rounds_to_report(request.actor))

    def act() -> AgendaItem:
        if form.chosen is None:
            services.leave(item=found, seen=form.agenda_seen, by=request.actor)
        else:
            services.choose(item=found, round=form.chosen, seen=form.agenda_seen, by=request.actor)
        return found

    agenda = reverse("boards:agenda", args=[slug, pk])
    return edit_page(
        request,
        form,
        title="Progress report",
        caption=found.title,
        crumbs=[*crumbs_to(found.meeting), ("Agenda", agenda)],
        intro="The pack draws it from the returns that are signed off in the round, and keeps it as it was on the day "
        "on which the pack was built."
        if form.rounds
        else "There is no round to report on. One can be chosen once the strategy team has opened it.",
        act=act,
        done="The agenda was saved.",
        to=lambda saved: _url(saved) if form.chosen else agenda,
        cancel=agenda,
    )


@require_safe
def preview(request: HttpRequest, slug: str, pk: int, item: int) -> HttpResponse:
    """The report as a pack that is built now would have it, for those whom the item is put before."""
    rows = AgendaItem.objects.put_before(request.actor).select_related("meeting__board", "progress__round")
    found = get_object_or_404(rows, meeting__board__slug=slug, meeting=pk, pk=item, progress__isnull=False)
    return render(
        request,
        "boards/progress/preview.html",
        {
            "item": found,
            "meeting": found.meeting,
            "body": _body(request, found.progress),
            "crumbs": [*crumbs_to(found.meeting), ("Progress report", "")],
            "edit_url": reverse("boards:item_progress", args=[slug, pk, item])
            if rules.may_edit_agenda(request.actor, found.meeting)
            else "",
        },
    )


def _body(request: HttpRequest, progress: ItemProgress) -> dict:
    """Raises Http404 for a round that the reader may not see."""
    try:
        return progress_report.body(progress, request.actor, clock.now())
    except ReportingRound.DoesNotExist as error:
        raise Http404 from error


def _url(item: AgendaItem) -> str:
    return reverse("boards:progress_preview", args=[item.meeting.board.slug, item.meeting_id, item.pk])
