"""One figure of a measure: take it back, or say that it is not available yet. `period` and `group` choose it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from kit import clock
from kit.edit_pages import edit_page, form_page, insist, posted
from kit.periods import Period, period_holding
from monitoring.forms.cells import ExpectedForm, WithdrawForm
from monitoring.models import Observation
from monitoring.presenters import measures as present
from monitoring.queries import measure_pages as queries
from monitoring.rules_observations import may_enter
from monitoring.services import observations
from monitoring.services.expected import Expected, say_expected


@form_page
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """`/measures/<code>/withdraw/`: a figure is taken back, with a reason and nothing in its place."""
    line = _load(request, code)
    rows = [row for row in line.book.observations if not row.withdrawn]
    starts = sorted({row.period_starts for row in rows}, reverse=True)
    form = WithdrawForm(
        posted(request),
        **_asked(request, line, [period_holding(each, line.measure.cadence) for each in starts]),
    )

    def act() -> Observation | None:
        row = _recorded(rows, form.period, form.group and form.group.pk)
        if row is None:
            form.add_error("group" if form.groups else "period", "No figure is recorded for this")
            return None
        return observations.withdraw(
            observation=row, reason=form.cleaned_data["reason"], by=request.actor, at=clock.now()
        )

    return _page(
        request,
        form,
        line,
        title="Withdraw a figure",
        intro="It counts no more from today, and is due again. What was signed off keeps it. To put another figure in "
        "its place, revise it instead.",
        submit="Withdraw the figure",
        look="warning",
        act=act,
        done="The figure was withdrawn. It stays in the record.",
    )


@form_page
def expected(request: HttpRequest, code: str) -> HttpResponse:
    """`/measures/<code>/not-available/`: a figure that is due is not available yet, and expected on a day."""
    line = _load(request, code)
    periods = list({period.starts: period for period, _ in line.due}.values())
    form = ExpectedForm(posted(request), **_asked(request, line, periods))

    def act() -> Any:
        told = form.cleaned_data
        if (form.period, form.group) not in line.due:
            form.add_error("group" if form.groups else "period", "No figure is due for this")
            return None
        figure = Expected(line.book.measure, form.period, form.group, told["expected_on"], told["note"])
        return say_expected(figures=[figure], by=request.actor, at=clock.now())

    return _page(
        request,
        form,
        line,
        title="Say when a figure is expected",
        intro="" if periods else "Nothing is due: every period that is over has its figures.",
        submit="Save",
        act=act,
        done="The day is kept. The figure stays due until it is recorded.",
    )


def _load(request: HttpRequest, code: str) -> queries.Line:
    line = queries.line_of(request.actor, code, request.actor.on)
    if line is None:
        raise Http404
    insist(may_enter(request.actor, line.measure))
    return line


def _asked(request: HttpRequest, line: queries.Line, periods: list[Period]) -> dict[str, Any]:
    return {
        "measure": line.book.measure,
        "periods": periods,
        "whole": present.group_name(line.book, None),
        "initial": {name: request.GET.get(name, "") for name in ("period", "group")},
    }


def _recorded(rows: list[Observation], period: Period, group: int | None) -> Observation | None:
    return next((row for row in rows if (row.period_starts, row.group_id) == (period.starts, group)), None)


def _page(request: HttpRequest, form, line: queries.Line, **words) -> HttpResponse:
    url = present.url_of(line.measure)
    return edit_page(
        request,
        form,
        caption=line.measure.title,
        crumbs=[("Measures", present.list_url()), (line.measure.title, url)],
        to=lambda _: url,
        cancel=url,
        extra={"notice": present.notice([line])},
        **words,
    )
