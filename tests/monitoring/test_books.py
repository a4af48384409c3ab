"""Measures that come along with a query, and which of their figures hide."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.models import Commitment, Measure
from commitments.targets import Verdict
from monitoring.queries import books
from monitoring.queries.measures import books_of, commitment_status
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory

pytestmark = pytest.mark.django_db
ON = dt.date(2021, 12, 31)
LATER = dt.datetime(2021, 12, 1, tzinfo=dt.UTC)


@pytest.fixture
def share(plan):
    dimension = DimensionFactory(title="Ethnicity")
    groups = [GroupFactory(dimension=dimension, code=code, title=code.title()) for code in ("asian", "black", "white")]
    measure = ShareFactory(dimension=dimension, small_number_threshold=5)
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    TargetFactory(measure=measure, kind="reach_level", params={"at_least": "15.5"}, trajectory="none")
    for group, numerator in zip(groups, (30, 40, 50), strict=True):
        ObservationFactory(measure=measure, group=group, value=numerator, numerator=numerator, denominator=100)
    ObservationFactory(measure=measure, value=40, numerator=120, denominator=300)
    return measure


def of(measure) -> books.OpenBook:
    return books.book_of(books.with_record(Measure.objects.filter(pk=measure.pk)).get())


def hidden(measure) -> set:
    book = of(measure)
    return {
        (row.group.code if row.group_id else "", row.revision) for row in book.history if book.disclosure.hides(row)
    }


def test_they_are_the_same_as_those_of_the_measures_queries(plan, share, django_assert_num_queries):
    (theirs,) = books_of([plan.first.pk])[plan.first.pk]
    with django_assert_num_queries(1):
        commitment = books.with_books(Commitment.objects.filter(pk=plan.first.pk)).get()
        (mine,) = books.books_on(commitment)
        assert mine.facts == theirs.facts
        assert [each.outcome for each in mine.judged(ON)] == [each.outcome for each in theirs.judged(ON)]
        assert commitment_status(commitment, [mine], ON).verdict is Verdict.MET
    assert {(row.pk, row.value) for row in mine.observations} == {(row.pk, row.value) for row in theirs.observations}
    assert mine.targets == theirs.targets
    assert mine.measure.version_on(ON) == share.versions.get()


def test_numbers_come_exactly(plan):
    measure = MeasureFactory(unit_kind="score", decimals=4)
    ObservationFactory(measure=measure, value=Decimal("123456789012.100001"))
    assert of(measure).observations[0].value == Decimal("123456789012.100001")


def test_nothing_hides_without_a_threshold_or_while_all_are_many(share):
    assert hidden(share) == set()
    Measure.objects.update(small_number_threshold=None)
    ObservationFactory(measure=share, about=dt.date(2021, 4, 1), value=1, numerator=1, denominator=100)
    assert hidden(share) == set()


def small(measure, code="black", **more):
    group = measure.dimension.groups.get(code=code)
    return ObservationFactory(measure=measure, group=group, value=3, numerator=3, denominator=100, **more)


def test_a_small_number_hides_with_another_so_that_the_total_does_not_tell(share):
    q1 = dt.date(2021, 4, 1)
    small(share, about=q1)
    for code, numerator in (("asian", 30), ("white", 50)):
        group = share.dimension.groups.get(code=code)
        ObservationFactory(measure=share, group=group, about=q1, value=numerator, numerator=numerator, denominator=100)
    ObservationFactory(measure=share, about=q1, value=Decimal("27.666667"), numerator=83, denominator=300)
    book = of(share)
    found = {row.group.code for row in book.history if book.disclosure.hides(row)}
    assert found == {"black", "asian"}
    assert book.hidden == {"black", "asian"}


def test_what_was_small_before_its_revision_stays_hidden_with_what_gives_it_away(share):
    """Black was 3 and is 40 now: the old whole and the others, which did not change, would tell."""
    group = share.dimension.groups.get(code="black")
    ObservationFactory(
        measure=share, group=group, value=3, numerator=3, denominator=100, revision=2, reason="Late.", entered_at=LATER
    )
    ObservationFactory(
        measure=share,
        value=Decimal("27.666667"),
        numerator=83,
        denominator=300,
        revision=2,
        reason="Late.",
        entered_at=LATER,
    )
    found = hidden(share)
    assert ("black", 2) in found
    # From the whole and the groups of either day nobody works it out: in the newer edition two of four parts hide.
    assert len({("asian", 1), ("white", 1), ("", 2)} & found) >= 1


def test_a_whole_that_is_worked_out_counts_as_shown(plan):
    dimension = DimensionFactory()
    groups = [GroupFactory(dimension=dimension, code=code) for code in ("a", "b", "c")]
    measure = MeasureFactory(dimension=dimension, over_groups="sum", small_number_threshold=5)
    for group, value in zip(groups, (3, 20, 30), strict=True):
        ObservationFactory(measure=measure, group=group, value=value)
    assert hidden(measure) == {("a", 1), ("b", 1)}


def test_as_known(share):
    group = share.dimension.groups.get(code="black")
    ObservationFactory(
        measure=share,
        group=group,
        value=45,
        numerator=45,
        denominator=100,
        revision=2,
        reason="Late.",
        entered_at=LATER,
    )
    book = of(share).as_known(dt.date(2021, 11, 30))
    assert [row.value for row in book.observations if row.group_id == group.pk] == [40]
    assert of(share).as_known(dt.date(2021, 9, 1)).observations == []
