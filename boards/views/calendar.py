"""The year of all boards, as a page and as a file for diaries."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from boards.choices import MeetingState
from boards.models import Board, Closure, Meeting
from boards.presenters import calendar as present
from boards.presenters.diary import diary
from boards.queries import calendar as queries
from boards.rules import may_run_boards
from kit.working_days import warns_on

YEARS_IN_FILE = 1
OPEN = (MeetingState.PROPOSED, MeetingState.PLANNED)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """`/boards/calendar/`: a financial year, month by month."""
    actor = request.actor
    year = present.year_of(request.GET.get("year", ""), actor.on)
    boards = list(Board.objects.visible_to(actor).inside().filter(starts__lte=year.ends).exclude(ends__lt=year.starts))
    chosen = [board for board in boards if board.slug == request.GET.get("board")]
    shown = chosen or boards
    everything = queries.meetings_between(actor, boards, year.starts, year.ends)
    keys = {board.pk for board in shown}
    meetings = [meeting for meeting in everything if meeting.board_id in keys]
    table = present.table(request, year, meetings)
    if table.wants_csv:
        return table.csv()
    movable = {meeting.pk for meeting in meetings if meeting.state in OPEN}
    troubles = [each for each in queries.troubles(everything, boards, actor.on) if movable.intersection(each.refs)]
    closures = Closure.objects.filter(starts__lte=year.ends, ends__gte=year.starts)
    context = {
        "year": year,
        "previous": present.Year(year.begins - 1),
        "next": present.Year(year.begins + 1),
        "boards": boards,
        "board": chosen[0] if chosen else None,
        "months": present.months(year, meetings, shown, closures, troubles, actor.on),
        "count": len(meetings),
        "proposed": sum(meeting.state == MeetingState.PROPOSED for meeting in meetings),
        "troubles": present.trouble_lines(troubles, everything),
        "holiday_warning": warns_on(actor.on) or warns_on(year.ends),
        "table": table,
        "may_run": may_run_boards(actor),
        "crumbs": [*present.crumbs()[:1], ("Calendar", "")],
    }
    return render(request, "boards/calendar/year.html", context)


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """`/boards/calendar/meetings.ics`: last year's meetings and all to come, of one board or of all."""
    actor = request.actor
    boards = Board.objects.visible_to(actor).inside()
    name = "Board meetings"
    if slug := request.GET.get("board"):
        boards = boards.filter(slug=slug)
        if (board := boards.first()) is None:
            raise Http404
        name = board.title
    since = actor.on.replace(day=1, year=actor.on.year - YEARS_IN_FILE)
    rows = queries.for_file(actor, boards, since)
    response = HttpResponse(diary(rows, name, request.build_absolute_uri), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug or "boards"}.ics"'
    response["Cache-Control"] = "private, no-store"
    return response


def troubles_of(request: HttpRequest, meeting: Meeting) -> list[str]:
    """What is wrong with where a meeting lies now, in sentences, among the meetings around it."""
    boards = list(Board.objects.visible_to(request.actor).inside())
    year = present.year_of(str(meeting.day.year if meeting.day.month > 3 else meeting.day.year - 1), meeting.day)
    around = queries.meetings_between(request.actor, boards, year.starts, year.ends)
    found = queries.troubles(around, boards, meeting.day)
    return [each.sentence for each in found if meeting.pk in each.refs]
