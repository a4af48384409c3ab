"""What the measures say at the end of the round's period. What hides of them is hidden here as on their own pages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from commitments.targets import Verdict
from commitments.targets.verdicts import RANK
from kit.fields import in_words
from monitoring.choices import Rating
from monitoring.presenters.days import many
from monitoring.presenters.measure_charts import trend
from monitoring.presenters.measures import latest_plain, worst_said
from monitoring.presenters.standings import word
from monitoring.queries.books import OpenBook, books_on
from monitoring.queries.dashboard import Dashboard, Line
from monitoring.queries.measures import status_of

from .charts import drawn

Data = dict[str, Any]
LOOKED_AT = (Verdict.OFF_TRACK, Verdict.SLIPPING)
MOST_CHARTS = 8


@dataclass
class Counted:
    """A measure with the commitments that it is about, and what its targets say."""

    book: OpenBook
    on: dt.date
    lines: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.judged = self.book.judged(self.on)
        self.verdict = status_of(self.judged).verdict

    @property
    def matters(self) -> bool:
        """It is behind, or belongs to a return that is amber or red."""
        rated = (line.now.kind for line in self.lines if line.now)
        return self.verdict in LOOKED_AT or any(kind in (Rating.AMBER, Rating.RED) for kind in rated)

    @property
    def place(self) -> tuple[int, int, str]:
        """What needs a look comes first."""
        rank = RANK.get(self.verdict, len(RANK)) if self.verdict else len(RANK) + 1
        return rank, min(line.commitment.number for line in self.lines), self.book.measure.title


def of(board: Dashboard, *, pictures: bool) -> Data:
    """The table of all measures, and the charts of those that matter most."""
    on = board.shown.period_ends
    found = sorted(_counted(board.lines, on), key=lambda each: each.place)
    charts = [chart for each in found if each.matters and not (chart := trend(each.book, on)).empty]
    return {
        "said": f"At {in_words(on)}, by the figures known when this report was drawn." if found else "",
        "rows": [_row(each) for each in found],
        "charts": [drawn(chart, pictures=pictures) for chart in charts[:MOST_CHARTS]],
        "charts_said": _said(len(charts)),
    }


def _counted(lines: Iterable[Line], on: dt.date) -> list[Counted]:
    """Each measure once, whichever commitments share it."""
    found: dict[int, Counted] = {}
    for line in lines:
        for book in books_on(line.commitment):
            found.setdefault(book.measure.pk, Counted(book, on)).lines.append(line)
    return list(found.values())


def _row(counted: Counted) -> Data:
    worst = worst_said(counted.judged)
    verdict = counted.verdict
    return {
        "measure": counted.book.measure.title,
        "commitments": ", ".join(str(number) for number in sorted(each.commitment.number for each in counted.lines)),
        "latest": latest_plain(counted.book, counted.on),
        "verdict": [verdict.value, word(verdict), worst] if verdict else ["", "Not judged", ""],
        "sentences": [_sentence(each) for each in counted.judged],
    }


def _sentence(judged) -> str:
    if judged.outcome is not None:
        return judged.outcome.sentence
    return f"{judged.target.wording.rstrip('.')}. No machine reads this target, so it has no verdict."


def _said(count: int) -> str:
    if not count:
        return ""
    which = "Charts are of measures that are off track or slipping, or that belong to an amber or red return."
    if count <= MOST_CHARTS:
        return which
    return f"{which} {many(count - MOST_CHARTS, 'more chart')} of this kind can be seen on the pages of the measures."
