"""The register of interests, and declarations at a meeting."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards import rules_meetings as rules
from boards.disclosure import seen_of
from boards.forms.interests import DeclarationForm, InterestForm
from boards.models import Board, Declaration, Interest
from boards.presenters import interests as present
from boards.presenters import meetings as present_meetings
from boards.presenters.crumbs import board_crumbs, crumbs
from boards.queries import interests as queries
from boards.queries.attendance import lines_of
from boards.services import interests as services
from boards.views.loading import board_for
from boards.views.loading_meetings import meeting_for
from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.fields import in_words
from kit.record_forms import ConfirmForm
from people.models import Person


@require_safe
def of_board(request: HttpRequest, slug: str) -> HttpResponse:
    """What those who sit on the board have declared."""
    board = board_for(request, slug)
    table = present.register_table(request, board, queries.of_board(board, request.actor.on))
    if table.wants_csv:
        return table.csv()
    page = {"board": board, "table": table, "crumbs": board_crumbs(board, ("Register of interests", ""))}
    return render(request, "boards/interests/board.html", page)


@require_safe
def of_person(request: HttpRequest, code: str) -> HttpResponse:
    """One person's register, with what was ended."""
    person, boards = _person(request, code)
    may_edit = rules.may_keep_interests(request.actor, person.pk, bool(boards))
    visible = Board.objects.visible_to(request.actor).filter(pk__in=[board.pk for board in boards])
    page = {
        "person": person,
        "boards": visible,
        "rows": present.person_rows(person, person.interests.all(), bool(may_edit)),
        "may_edit": may_edit,
        "is_own": request.actor.person_id == person.pk,
        "crumbs": crumbs((f"Interests of {person.name}", "")),
    }
    return render(request, "boards/interests/person.html", page)


@form_page
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Add an entry to a register."""
    person, boards = _person(request, code)
    insist(rules.may_keep_interests(request.actor, person.pk, bool(boards)))
    form = InterestForm(posted(request), instance=Interest(person=person, starts=request.actor.on))
    return edit_page(
        request,
        form,
        title="Add an interest",
        caption=person.name,
        crumbs=_crumbs(person),
        act=lambda: services.register(interest=form.instance, by=request.actor),
        done="The interest was added to the register.",
        to=lambda saved: _url(person),
        cancel=_url(person),
    )


@form_page
def edit(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Change or end an entry of a register."""
    person, boards = _person(request, code)
    interest = get_object_or_404(person.interests, pk=pk)
    insist(rules.may_keep_interests(request.actor, person.pk, bool(boards)))
    form = InterestForm(posted(request), instance=interest)
    return edit_page(
        request,
        form,
        title="Change this interest",
        caption=person.name,
        crumbs=_crumbs(person),
        intro="When it has ended, give its last day. It stays in the register as it was.",
        act=lambda: services.change(interest=interest, values=form.values, seen=form.seen, by=request.actor),
        done="The interest was saved.",
        to=lambda saved: _url(person),
        cancel=_url(person),
    )


@form_page
def declare(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down what was declared at a meeting, and what was done."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_edit_agenda(request.actor, meeting))
    lines = lines_of(meeting)
    people = [line.attendance.person_id or line.holder_key for line in lines if not line.vacant]
    register = Interest.objects.filter(person__in=people).select_related("person").order_by("person__name", "id")
    form = DeclarationForm(
        posted(request),
        instance=Declaration(meeting=meeting),
        lines=lines,
        items=seen_of(meeting.items.prefetch_related("audience"), request.actor),
        interests=[each for each in register if each.ends is None or each.ends >= meeting.day],
    )
    return edit_page(
        request,
        form,
        title="Record a declaration",
        caption=f"{meeting.board}, {in_words(meeting.day)}",
        crumbs=present_meetings.crumbs_to(meeting),
        act=lambda: services.declare(
            meeting=meeting, seat=form.cleaned_data["seat"], values=form.declared, by=request.actor
        ),
        done="The declaration was recorded.",
        to=lambda saved: f"{meeting.get_absolute_url()}#declarations",
        cancel=meeting.get_absolute_url(),
    )


@form_page
def take_back(request: HttpRequest, slug: str, pk: int, declaration: int) -> HttpResponse:
    """Take back a declaration that was written down by mistake."""
    meeting = meeting_for(request, slug, pk)
    insist(rules.may_edit_agenda(request.actor, meeting))
    found = get_object_or_404(meeting.declarations.select_related("attendance"), pk=declaration)
    return edit_page(
        request,
        ConfirmForm(posted(request)),
        title="Take this declaration out",
        caption=f"{found.attendance.name or found.attendance.label}: {found.text}",
        crumbs=present_meetings.crumbs_to(meeting),
        intro="Only for what was written down by mistake. The record of changes keeps it.",
        submit="Take it out",
        look="warning",
        act=lambda: services.withdraw(declaration=found, by=request.actor) or meeting,
        done="The declaration was taken out.",
        to=lambda saved: f"{meeting.get_absolute_url()}#declarations",
        cancel=meeting.get_absolute_url(),
    )


def _person(request: HttpRequest, code: str) -> tuple[Person, list[Board]]:
    """The person with the boards they sit on today. Raises Http404 for those who do not read their register."""
    person = get_object_or_404(Person, code=code)
    boards = queries.boards_of(person, clock.today())
    if not rules.may_run_boards(request.actor) and not queries.reaches(request.actor, person, boards):
        raise Http404
    return person, boards


def _crumbs(person: Person) -> list[tuple[str, str]]:
    return crumbs((f"Interests of {person.name}", _url(person)))


def _url(person: Person) -> str:
    return reverse("boards:interests_of", args=[person.code])
