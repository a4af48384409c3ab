"""The files of a paper: adding a version, and reading one after it was asked who may."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from boards import rules_papers as rules
from boards.choices_papers import FileKind
from boards.forms.papers import UploadForm
from boards.models import PaperVersion
from boards.services import paper_files as services
from boards.views.loading_papers import crumbs_of, paper_for, place_of
from kit import clock
from kit.convert import can_convert
from kit.edit_pages import edit_page, form_page, insist
from kit.private_files import file_response
from kit.uploads import CONTENT_TYPES

HERE = "Leave it empty to have the PDF made here. Check how that looks before you submit."


@form_page
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the paper, or a better version of it."""
    paper = paper_for(request, pk)
    insist(rules.may_write(request.actor, paper, paper.item.meeting))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    converts = can_convert()
    form = UploadForm(*sent, first=not paper.versions.exists(), converts=HERE if converts else converts.sentence)
    meeting, _ = place_of(request, paper)

    def act() -> PaperVersion:
        return services.upload(
            paper=paper,
            file=form.paper_file,
            pdf=form.cleaned_data["pdf"],
            what_changed=form.cleaned_data.get("what_changed", ""),
            by=request.actor,
            at=clock.now(),
        )

    return edit_page(
        request,
        form,
        title="Add the paper" if "what_changed" not in form.fields else "Add a new version",
        caption=paper.title,
        crumbs=crumbs_of(paper, meeting, (paper.title, paper.get_absolute_url())),
        intro="It is checked when it comes. What is refused is said here, and nothing of the front sheet is lost.",
        submit="Add it",
        act=act,
        done="The paper was added. What the check says of it stands beside it.",
        to=lambda saved: f"{paper.get_absolute_url()}#files",
        cancel=paper.get_absolute_url(),
    )


@require_safe
def file(request: HttpRequest, pk: int, number: int) -> HttpResponseBase | HttpResponse:
    """A version as it was given; `?as=pdf` for the PDF of a Word paper. Readers get the last version only."""
    paper = paper_for(request, pk)
    versions = paper.versions.all()
    if not rules.reads_drafts(request.actor, paper):
        newest = versions.first()
        versions = versions.filter(pk=newest.pk if newest else None)
    version = get_object_or_404(versions, number=number)
    if request.GET.get("as") != "pdf":
        return file_response(
            request, version.key, version.file_name, CONTENT_TYPES[version.kind], inline=version.kind == FileKind.PDF
        )
    if not version.pack_key:
        raise Http404
    name = f"{version.file_name.rpartition('.')[0]}.pdf"
    return file_response(request, version.pack_key, name, CONTENT_TYPES["pdf"], inline=True)
