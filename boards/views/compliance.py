"""How boards kept to their own terms: one board's page, picture and document, and all of them at a glance."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from boards.compliance import Record, Year
from boards.models import Board
from boards.presenters import assurance
from boards.presenters import compliance as present
from boards.presenters.compliance_chart import chart as years_chart
from boards.presenters.compliance_document import document
from boards.presenters.crumbs import board_crumbs
from boards.queries import compliance as queries
from boards.rules_compliance import may_read_assurance
from boards.views.loading import board_for
from kit import clock, pdf
from kit.charts import chart_response, csv_response


@require_safe
def compliance(request: HttpRequest, slug: str) -> HttpResponse:
    """`/boards/<board>/compliance/`, with `year` in the address."""
    board = board_for(request, slug)
    crumbs = board_crumbs(board, ("Compliance", ""))
    if board.is_outside:
        return render(request, "boards/compliance/outside.html", {"board": board, "crumbs": crumbs})
    years = queries.years_with(board, clock.today())
    year = _asked(request, years)
    records = _records(board, years)
    record = records[year]
    drawn = years_chart(records).at(reverse("boards:compliance_chart", args=[slug]), "?download=years")
    if request.GET.get("download") == "years":
        return csv_response(drawn)
    late, changed = queries.late_in(board, year, clock.now()), queries.changed_in(board, year)
    tables = {
        "file": present.figures_table(request, board, record),
        "attendance": present.seats_table(request, record),
        "late": present.late_table(request, board, late),
        "changed": present.changed_table(request, board, changed),
        "duties": present.duties_table(request, record),
    }
    for table in tables.values():
        if table.wants_csv:
            return table.csv()
    context = {
        "board": board,
        "record": record,
        "year": year,
        "is_over": year.ends < clock.today(),
        "years": present.years(board, years, year),
        "lines": present.lines(record),
        "chart": None if drawn.empty else drawn,
        "crumbs": crumbs,
    }
    return render(request, "boards/compliance/board.html", context | tables)


@require_safe
def chart(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture over the years, known by its ETag."""
    board = _inside(request, slug)
    return chart_response(request, years_chart(_records(board, queries.years_with(board, clock.today()))))


@require_safe
def compliance_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The year of the address as a document."""
    board = _inside(request, slug)
    years = queries.years_with(board, clock.today())
    year = _asked(request, years)
    records = _records(board, years)
    late, changed = queries.late_in(board, year, clock.now()), queries.changed_in(board, year)
    made = document(board, records[year], late, changed, years_chart(records))
    return pdf.response(request, made, f"{board.slug}-compliance-{year.label}")


@require_safe
def compliance_all(request: HttpRequest) -> HttpResponse:
    """`/assurance/boards/`, with `year` in the address."""
    if not (verdict := may_read_assurance(request.actor)):
        raise PermissionDenied(verdict.sentence)
    boards = list(Board.objects.visible_to(request.actor).inside())
    today = clock.today()
    years = sorted({year for board in boards for year in queries.years_with(board, today)}, reverse=True)
    year = _asked(request, years or [Year.holding(today)])
    found = queries.records(boards, [year], clock.now())
    table = assurance.table(request, year, list(found.values()))
    if table.wants_csv:
        return table.csv()
    context = {
        "table": table,
        "year": year,
        "years": assurance.years(years, year),
        "any": bool(boards),
        "is_over": year.ends < today,
    }
    return render(request, "boards/compliance/all.html", context)


def _inside(request: HttpRequest, slug: str) -> Board:
    board = board_for(request, slug)
    if board.is_outside:
        raise Http404
    return board


def _records(board: Board, years: list[Year]) -> dict[Year, Record]:
    return {record.year: record for record in queries.records([board], years, clock.now()).values()}


def _asked(request: HttpRequest, years: list[Year]) -> Year:
    """The year in the address, else the newest that has begun. Raises Http404 for one that is none of these."""
    label = request.GET.get("year")
    if not label:
        today = Year.holding(clock.today())
        return today if today in years else years[0]
    for year in years:
        if year.label == label:
            return year
    raise Http404
