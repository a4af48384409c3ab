"""Reading a pack: as a PDF, as a web page, and paper by paper."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.choices_papers import FileKind
from boards.models import Meeting, PackEdition, PackFile
from boards.presenters import pack_reading as present
from boards.presenters import packs as present_packs
from boards.services import packs as services
from boards.views.loading_packs import Opened, file_for
from kit import clock
from kit.private_files import file_response
from kit.readings import notes_reading
from kit.uploads import CONTENT_TYPES


@notes_reading
@require_safe
def file(request: HttpRequest, slug: str, pk: int, number: int, file: int) -> HttpResponseBase:
    """The PDF, for whoever it was sent to and still sees all that is in it."""
    found = file_for(request, slug, pk, number, file)
    _note_opening(request, found)
    name = _name(found.meeting, found.edition, found.file)
    return file_response(request, found.file.key, name, CONTENT_TYPES[FileKind.PDF], inline=True)


@notes_reading
@require_safe
def read(request: HttpRequest, slug: str, pk: int, number: int) -> HttpResponse:
    """The same without a PDF: the agenda with front sheets, and each paper to be opened by itself."""
    asked = request.GET.get("file", "")
    found = file_for(request, slug, pk, number, _key(asked))
    _note_opening(request, found)
    meeting = found.meeting
    page = {
        "meeting": meeting,
        "edition": found.edition,
        "file": found.file,
        "manifest": found.file.manifest,
        "items": present.items(meeting, found.edition, found.file),
        "is_superseded": found.edition.pk in present_packs.superseded(meeting.packs.defer("manifest")),
        "pdf_url": present_packs.address("pack_file", meeting, number, found.file.pk),
        "crumbs": present_packs.crumbs(meeting, (present_packs.title(found.edition), "")),
    }
    return render(request, "boards/packs/read.html", page)


@notes_reading
@require_safe
def paper(request: HttpRequest, slug: str, pk: int, number: int, file: int, paper: int) -> HttpResponseBase:
    """A paper as it is in a file of the pack, whatever came after."""
    found = file_for(request, slug, pk, number, file)
    one = present.paper_in(found.file.manifest, paper)
    if one is None or not one["file"]:
        raise Http404
    _note_opening(request, found)
    pdf = one["file"]["pdf_key"]
    kind, key = (FileKind.PDF, pdf) if pdf else (FileKind.DOCX, one["file"]["key"])
    name = f"{one['reference']} {one['title']}.{kind}"
    return file_response(request, key, name, CONTENT_TYPES[kind], inline=kind == FileKind.PDF)


def _key(asked: str) -> int | None:
    """The file that was asked for; None for what is no key."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 12 else None


def _note_opening(request: HttpRequest, found: Opened) -> None:
    if request.method == "GET" and found.copy and not request.actor.is_auditor:
        services.opened(copy=found.copy, by=request.actor, at=clock.now())


def _name(meeting: Meeting, edition: PackEdition, file: PackFile) -> str:
    return f"{meeting.board.code} {meeting.day:%Y-%m-%d} pack {edition.number}, {file.label}.pdf"
