"""The figures of a return: which are due from its lead, which have been given for its period."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from commitments.models import Group, Measure
from commitments.suppression import WHOLE
from commitments.targets import wording
from kit.fields import in_words
from kit.periods import Period, period_holding
from monitoring.models import ExpectedFigure, Observation, ProgressReturn
from monitoring.presenters import measures as present
from monitoring.presenters.days import many
from monitoring.queries.disclosure import group_of
from monitoring.queries.measure_pages import Line


@dataclass(frozen=True)
class Wanted:
    """A figure that is due from the lead, with the last one that was given."""

    line: Line
    period: Period
    group: Group | None

    @property
    def measure(self) -> Measure:
        return self.line.book.measure

    @property
    def key(self) -> str:
        return "-".join(
            filter(None, [self.measure.code, self.period.starts.isoformat(), self.group and self.group.code])
        )

    @property
    def title(self) -> str:
        group = f", {present.group_name(self.line.book, self.group)}" if self.measure.dimension_id else ""
        return f"{self.measure.title}{group}"

    @property
    def expected(self) -> ExpectedFigure | None:
        """What was said of it, where it is not available yet."""
        return self.line.expected(self.period, self.group)

    @property
    def last(self) -> str:
        """The newest figure before this one, as it may be shown."""
        code = self.group.code if self.group else WHOLE
        rows = [
            row
            for row in self.line.book.observations
            if group_of(row) == code and row.period_ends < self.period.starts and not row.withdrawn
        ]
        if not rows:
            return "No figure before"
        label = period_holding(rows[-1].period_starts, self.measure.cadence).label
        return f"{label}: {present.shown_before(self.line.book, rows[-1])}"


def wanted(progress_return: ProgressReturn, lines: Iterable[Line]) -> list[Wanted]:
    """Due from the lead by the end of the round's period, the oldest first."""
    lead = progress_return.commitment.lead_post_id
    ends = progress_return.round.period_ends
    found = [
        Wanted(line, period, group)
        for line in lines
        if lead in {post.pk for post in line.posts}
        for period, group in line.due
        if period.ends <= ends
    ]
    return sorted(found, key=lambda each: each.period.ends)


def given(progress_return: ProgressReturn, lines: Iterable[Line]) -> list[dict]:
    """What is recorded for periods that ended in the round's, as rows for a summary list."""
    round = progress_return.round
    return [
        {
            "key": _title(line, row),
            "value": present.shown_before(line.book, row),
            "row": row,
            "url": _figure_url("measure_record", line, row),
            "withdraw": _figure_url("measure_withdraw", line, row),
        }
        for line in lines
        for row in line.book.observations
        if round.period_starts <= row.period_ends <= round.period_ends and not row.withdrawn
    ]


def _figure_url(name: str, line: Line, row: Observation) -> str:
    query = {"period": row.period_starts.isoformat(), **({"group": group_of(row)} if row.group_id else {})}
    return f"{reverse(f'monitoring:{name}', args=[line.measure.code])}?{urlencode(query)}"


def _title(line: Line, row: Observation) -> str:
    group = "" if row.group_id is None else f", {wording.name(line.book.facts, group_of(row))}"
    period = period_holding(row.period_starts, line.measure.cadence).label
    return f"{line.measure.title}{group}, {period}"


def still_due(due: Iterable[Wanted]) -> list[str]:
    """What has not been given: "Hate crime detections, Q3 2021-22, expected on 3 February 2022"."""
    return [f"{each.title}, {each.period.label}{_when(each.expected)}" for each in due]


def _when(said: ExpectedFigure | None) -> str:
    return f", expected on {in_words(said.expected_on)}" if said else ""


def rows(progress_return: ProgressReturn, lines: Iterable[Line], *, change: bool) -> list[dict]:
    """The same with a way to revise each."""
    return [
        {
            "key": each["key"],
            "value": each["value"],
            "actions": [
                {"label": "Revise", "hidden": each["key"], "url": each["url"]},
                {"label": "Withdraw", "hidden": each["key"], "url": each["withdraw"]},
            ]
            if change
            else [],
        }
        for each in given(progress_return, lines)
    ]


def task(url: str, due: list[Wanted], done: list[dict]) -> dict | None:
    """The line of the task list; none where nothing is asked and nothing was given."""
    if not due and not done:
        return None
    if due:
        hint = f"{many(len(due), 'figure')} due from you. Say of what is not available yet when it is expected."
        return {"title": "Measures", "hint": hint, "url": url, "status": "Figures due", "status_kind": "accent"}
    hint = f"{many(len(done), 'figure')} for this period."
    return {"title": "Measures", "hint": hint, "url": url, "status": "Completed", "status_kind": "plain"}
