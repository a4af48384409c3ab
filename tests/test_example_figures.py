"""The demonstration's figures: a believable mix, what returns state, and what was frozen before a late revision."""

import datetime as dt
import io
from collections import Counter
from decimal import Decimal

from django.conf import settings
from django.core.management import call_command

from commitments.models import Commitment, Measure
from kit.periods import period_holding
from monitoring.models import Observation, ReportingRound, ReturnVersion
from monitoring.queries import measures as queries
from people.actor import actor_for
from people.models import User
from stride import demonstration

TODAY = dt.date(2022, 1, 19)
Q1, Q2, Q3 = (period_holding(dt.date(2021, month, 1), "quarterly") for month in (4, 7, 10))
# What the words of the returns say, in the order of the commitments.
STATED = [
    ("hate-crime-detections", Q1, "", "13.1"),
    ("hate-crime-detections", Q2, "", "12.4"),
    ("hate-crime-detections", Q3, "", "13.4"),
    ("divert-reoffending-and-harm", Q2, "reoffending", "9"),
    ("virtual-ward-panels", Q1, "panel", "402"),
    ("virtual-ward-panels", Q3, "panel", "551"),
    ("ward-panel-survey-reach", Q2, "", "14300"),
    ("feeling-well-informed", Q1, "", "42"),
    ("feeling-well-informed", Q3, "black", "40"),
    ("volunteers", Q2, "", "32600"),
    ("workforce-ethnicity", Q1, "officers-bame", "15.6"),
    ("workforce-female", Q3, "", "29.4"),
    ("recruitment-ethnicity", Q3, "officers-bame", "29.0"),
    ("retention-female", Q2, "female", "1.8"),
    ("fairness-and-respect", Q2, "disabled", "61"),
    ("misconduct-timeliness", Q2, "", "171"),
    ("complaints-timeliness", Q3, "", "141"),
    ("safety-training-completion", Q1, "", "86.0"),
]


def test_the_figures_of_the_demonstration(example, db):
    now = {
        (row.measure.code, row.period_starts, row.group.code if row.group else ""): row
        for row in Observation.objects.current().select_related("measure", "group")
    }
    for code, period, group, stated in STATED:
        value = now[code, period.starts, group].value
        assert round(value, -Decimal(stated).as_tuple().exponent) == Decimal(stated), (code, period.label)
    sums = {
        code: sum(row.value for (of, starts, _), row in now.items() if (of, starts) == (code, Q2.starts))
        for code in ("positive-activity-initiatives", "data-sharing-agreements")
    }
    assert sums == {"positive-activity-initiatives": 41, "data-sharing-agreements": 103}

    quiet = Measure.objects.exclude(observations__isnull=False).values_list("code", flat=True)
    assert set(quiet) == {
        "audit-adequate",
        "complaints-early-intervention",
        "ct-disruptions",
        "opportunities-to-learn",
    }
    assert {row.status for row in now.values()} == {"actual", "provisional", "estimated"}
    assert Observation.objects.filter(revision=2).count() > 4

    commitments = list(Commitment.objects.filter(strategy__slug=demonstration.SLUG))
    books = queries.books_of([commitment.pk for commitment in commitments])
    judged = [each for found in books.values() for book in found for each in book.judged(TODAY)]
    assert [each.problem for each in judged if each.outcome is None] == []
    verdicts = Counter(each.verdict.value for each in judged)
    assert set(verdicts) == {"met", "on_track", "slipping", "off_track", "no_data", "not_due"}

    _frozen(books, commitments)
    _documented()
    team = actor_for(User.objects.get(email="team@stride.example"), TODAY)
    gaps = queries.gaps(team, ReportingRound.objects.all())
    assert {gap.commitment.number for gap in gaps if gap.rosier} >= {1, 6, 7, 10, 14}
    assert any(not gap.rosier for gap in gaps)


def _documented() -> None:
    """docs/measures.md is what the command prints."""
    told = io.StringIO()
    call_command("measures_table", demonstration.SLUG, stdout=told)
    kept = (settings.BASE_DIR / "docs" / "measures.md").read_text(encoding="utf-8")
    assert kept == told.getvalue(), "Print it anew: manage.py measures_table stride25 > docs/measures.md"


def _frozen(books, commitments) -> None:
    """Gun discharges in Q1 were revised in October: the return signed in July keeps its figure and its verdict."""
    second = next(commitment for commitment in commitments if commitment.number == 2)
    version = ReturnVersion.objects.get(
        progress_return__commitment=second, progress_return__round__label="Q1 2021-22", signed_off_at__isnull=False
    )
    kept = next(each for each in version.basis["measures"] if each["code"] == "lethal-barrel-discharges")
    figure = next(row for row in kept["observations"] if row["period"][0] == Q1.starts.isoformat())
    assert (figure["value"], figure["revision"]) == ("88", 1)
    assert kept["targets"][0]["outcome"]["verdict"] == "met"
    book = next(each for each in books[second.pk] if each.measure.code == "lethal-barrel-discharges")
    assert book.judged(TODAY)[0].verdict == "off_track"
    assert book.series.newest("", Q1.ends).value == 118
