"""Quarterly notes of one board to another: list, preview, issue, page and document."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_notes as rules
from boards.forms.notes import NoteForm
from boards.models import Board, QuarterlyNote
from boards.presenters import notes as present
from boards.presenters.crumbs import board_crumbs, crumbs
from boards.queries import notes as queries
from boards.services import notes as services
from boards.views.loading import board_for
from kit import clock, pdf
from kit.edit_pages import edit_page, form_page, insist, posted


@require_safe
def notes(request: HttpRequest, slug: str) -> HttpResponse:
    """Notes from and to a board."""
    board = board_for(request, slug)
    found = queries.notes_of(board, request.actor)
    table = present.table(request, board, found)
    if table.wants_csv:
        return table.csv()
    context = {
        "board": board,
        "table": table,
        "may_issue": rules.may_issue(request.actor, board),
        "crumbs": present.crumbs(board),
    }
    return render(request, "boards/notes/list.html", context)


@form_page
def new(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose the board and the quarter, look at the note, issue it."""
    board = board_for(request, slug)
    insist(rules.may_issue(request.actor, board))
    today = clock.today()
    others = list(Board.objects.visible_to(request.actor).existing_on(today).exclude(pk=board.pk))
    form = NoteForm(
        posted(request),
        boards=others,
        quarters=queries.quarters_before(today),
        likely=queries.readers_first(board, others),
    )

    def act() -> QuarterlyNote:
        return services.issue(
            from_board=board,
            to_board=form.to,
            quarter=form.period,
            opening=form.cleaned_data["opening"],
            seen=request.POST.get("seen", ""),
            by=request.actor,
            at=clock.now(),
        )

    way = (("Quarterly notes", reverse("boards:notes", args=[slug])),)
    return edit_page(
        request,
        form,
        title="Write a quarterly note",
        caption=board.title,
        intro="It is made from what the board decided, and from what went between the two boards.",
        crumbs=board_crumbs(board, *way),
        submit="Look at the note",
        act=act,
        done="The note was issued.",
        to=lambda saved: saved.get_absolute_url(),
        cancel=reverse("boards:notes", args=[slug]),
        check=lambda: _preview(request, board, form),
    )


def _preview(request: HttpRequest, board: Board, form: NoteForm) -> HttpResponse:
    body = queries.note_body(board, form.to, form.period)
    way = ("Quarterly notes", reverse("boards:notes", args=[board.slug]))
    names = ("to_board", "quarter", "opening")
    context = {
        "board": board,
        "to_board": form.to,
        "title": f"Note on {form.period.label}",
        "opening": form.cleaned_data["opening"],
        "parts": present.parts(body, board, form.to),
        "nothing": present.NOTHING,
        "typed": [(name, request.POST.get(name, "")) for name in names],
        "seen": queries.token(body),
        "crumbs": board_crumbs(board, way, ("Look at the note", "")),
    }
    return render(request, "boards/notes/preview.html", context)


@require_safe
def note(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A note as it was issued, as far as its reader may read it."""
    found = _note(request, slug, pk)
    body = queries.read_by(found.body, request.actor)
    title = present.title_of(found)
    context = {
        "note": found,
        "title": title,
        "opening": found.opening,
        "parts": present.parts(body, found.from_board, found.to_board),
        "nothing": present.NOTHING,
        "crumbs": crumbs((title, "")),
    }
    return render(request, "boards/notes/note.html", context)


@require_safe
def note_pdf(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The same as a document."""
    found = _note(request, slug, pk)
    body = queries.read_by(found.body, request.actor)
    name = f"{found.from_board.slug}-note-{found.body['label'].replace(' ', '-')}-{found.number}"
    return pdf.response(request, present.document(found, body), name)


def _note(request: HttpRequest, slug: str, pk: int) -> QuarterlyNote:
    """Raises Http404."""
    seen = QuarterlyNote.objects.visible_to(request.actor).select_related("from_board", "to_board")
    return get_object_or_404(seen, from_board__slug=slug, pk=pk)
