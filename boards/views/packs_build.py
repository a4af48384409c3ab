"""Having a pack built, watching that, and sending it out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from boards import rules_packs as rules
from boards.choices_papers import BuildState
from boards.forms.packs import BuildForm, CirculateForm
from boards.models import PackBuild
from boards.presenters import packs as present
from boards.queries.packs import pack_page, served_by
from boards.services import packs as services
from boards.views.loading_meetings import meeting_for
from boards.views.loading_packs import edition_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted


@form_page
def start(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for the next edition."""
    meeting, now = meeting_for(request, slug, pk), clock.now()
    insist(rules.may_build(request.actor, meeting))
    page = pack_page(meeting, request.actor, now)
    sent = next((each for each in page.editions if each.circulated_at), None)
    form = BuildForm(posted(request), may_supplement=sent is not None, initial={"kind": page.proposed})
    waits = next((each for each in page.editions if each.circulated_at is None), None)
    extra = {"changed": [each["text"] for each in page.now.changed], "since": sent}
    return edit_page(
        request,
        form,
        title="Build the pack" if sent is None else f"Build edition {sent.number + 1} of the pack",
        caption=str(meeting),
        crumbs=present.above(meeting),
        intro=f"Edition {waits.number} was built and did not go out. This one takes its place." if waits else "",
        warning=" ".join(present.warnings(page.now)),
        submit="Build it",
        act=lambda: services.start(
            meeting=meeting,
            kind=form.kind_asked,
            double_sided=form.cleaned_data["double_sided"],
            by=request.actor,
            at=clock.now(),
        ),
        done="The pack is being built.",
        to=lambda _: present.address("pack_building", meeting),
        cancel=present.address("pack", meeting),
        extra=extra,
        template="boards/packs/build.html",
    )


@require_safe
def progress(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """How far the building is. With htmx the page asks by itself; without it has a link."""
    if not rules.runs_or_checks(request.actor):
        raise Http404
    meeting, now = meeting_for(request, slug, pk), clock.now()
    build: PackBuild | None = meeting.builds.select_related("edition").first()
    if build and build.state == BuildState.DONE and build.edition:
        there = present.address("pack_edition", meeting, build.edition.number)
        return HttpResponseClientRedirect(there) if request.htmx else redirect(there)
    page = {
        "meeting": meeting,
        "build": build,
        "failed": present.failed(build, now),
        "percent": round(100 * build.step / build.steps) if build and build.steps else 0,
        "crumbs": present.crumbs(meeting, ("Building", "")),
    }
    return render(request, "boards/packs/_building.html" if request.htmx else "boards/packs/building.html", page)


@form_page
def circulate(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """Send an edition: who gets which copy, what is wrong with it, and the message."""
    edition = edition_for(request, slug, pk, number)
    meeting = edition.meeting
    insist(rules.may_circulate(request.actor, meeting, edition))
    served = served_by(edition, meeting, request.actor, clock.now())
    left_out = [each for each in edition.problems if each["left_out"]]
    form = CirculateForm(posted(request), stale=bool(served.stale), left_out=bool(left_out))
    here = present.address("pack_edition", meeting, number)
    return edit_page(
        request,
        form,
        title=f"Circulate edition {number}",
        caption=str(meeting),
        crumbs=present.crumbs(meeting, (present.title(edition), here)),
        submit=f"Send it to {len(served.copies)} {'person' if len(served.copies) == 1 else 'people'}",
        act=lambda: services.circulate(edition=edition, **form.cleaned_data, by=request.actor, at=clock.now()),
        done=f"Edition {number} was circulated.",
        to=lambda _: here,
        cancel=here,
        extra={
            "stale": served.stale,
            "left_out": left_out,
            "unknown": present.warnings(served.now),
            "table": present.recipients_table(request, served),
        },
        template="boards/packs/circulate.html",
    )
