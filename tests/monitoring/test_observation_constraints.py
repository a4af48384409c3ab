"""Attacks with raw SQL on what the database promises about figures."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from commitments.models import Measure
from monitoring.models import Observation
from tests.factories.commitments import CommitmentMeasureFactory, GroupFactory, MeasureFactory, ShareFactory
from tests.factories.monitoring import ObservationFactory, open_round, play

pytestmark = pytest.mark.django_db


def run(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def insert(measure, **cells):
    """A bare row, as somebody with a database console would write it."""
    cells = {
        "measure_id": measure.pk,
        "version_id": measure.versions.get(number=1).pk,
        "unit_kind": measure.unit_kind,
        "period_starts": "2021-07-01",
        "period_ends": "2021-09-30",
        "value": 10,
        "status": "actual",
        "revision": 1,
        "reason": "",
        "source_note": "",
        "entered_at": "2021-10-05T09:00:00Z",
        "by_name": "A. Person",
        "post_title": "",
        "on_behalf": False,
        **cells,
    }
    names, marks = ", ".join(cells), ", ".join(["%s"] * len(cells))
    run(f"INSERT INTO monitoring_observation ({names}) VALUES ({marks})", *cells.values())


def test_a_right_row_goes_in():
    insert(ShareFactory())
    insert(ShareFactory(), value="33.333333", numerator=1, denominator=3)
    insert(ShareFactory(), value="33.3334", numerator=1, denominator=3)
    insert(ShareFactory(), value=None, numerator=0, denominator=0)
    assert Observation.objects.count() == 4


@pytest.mark.parametrize(
    ("kind", "cells", "constraint"),
    [
        ("count", {"period_ends": "2021-06-30"}, "observation_period_in_order"),
        ("count", {"status": "guessed"}, "observation_status_known"),
        ("count", {"value": "2.5"}, "observation_count_is_whole"),
        ("count", {"value": "-2"}, "observation_count_is_whole"),
        ("count", {"value": None}, "observation_says_something"),
        ("count", {"value": 3, "numerator": 2, "denominator": 5}, "observation_count_is_its_numerator"),
        ("count", {"value": 6, "numerator": 6, "denominator": 5}, "observation_numerator_within_denominator"),
        ("yes_no", {"value": 2}, "observation_yes_or_no"),
        ("yes_no", {"value": "0.5"}, "observation_yes_or_no"),
        ("share", {"value": 130}, "observation_share_within_100"),
        ("share", {"value": "-0.000001"}, "observation_share_within_100"),
        ("share", {"value": 50, "numerator": 1}, "observation_numerator_with_denominator"),
        ("share", {"value": 50, "denominator": 1}, "observation_numerator_with_denominator"),
        ("days", {"value": 5, "numerator": 5, "denominator": -1}, "observation_numerator_with_denominator"),
        ("share", {"value": 50, "numerator": 3, "denominator": 2}, "observation_numerator_within_denominator"),
        ("share", {"value": 50, "numerator": -1, "denominator": 2}, "observation_numerator_within_denominator"),
        ("share", {"value": "33.3335", "numerator": 1, "denominator": 3}, "observation_share_is_its_ratio"),
        ("share", {"value": "33.3332", "numerator": 1, "denominator": 3}, "observation_share_is_its_ratio"),
        ("share", {"value": 0, "numerator": 0, "denominator": 0}, "observation_share_is_its_ratio"),
    ],
)
def test_named_promises_of_one_row(kind, cells, constraint):
    with pytest.raises(IntegrityError, match=constraint):
        insert(MeasureFactory(unit_kind=kind), **cells)


def test_a_revision_has_a_reason():
    row = ObservationFactory()
    with pytest.raises(IntegrityError, match="observation_revised_with_reason"):
        insert(row.measure, revision=2)
    insert(row.measure, revision=2, reason="Late forms.")


def test_bulk_goes_round_nothing():
    row = ObservationFactory.build(measure=MeasureFactory(), value="2.5")
    row.version = row.measure.versions.get()
    with pytest.raises(IntegrityError, match="observation_count_is_whole"), transaction.atomic():
        Observation.objects.bulk_create([row])


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"unit_kind": "score"}, "not the kind of number"),
        ({"revision": 2, "reason": "Why."}, "Revisions follow each other"),
    ],
)
def test_a_row_fits_its_measure(cells, says):
    with pytest.raises(IntegrityError, match=says):
        insert(MeasureFactory(), **cells)


def test_a_revision_is_not_older_than_what_it_revises():
    row = ObservationFactory()
    with pytest.raises(IntegrityError, match="Revisions follow each other, in number and in time"):
        insert(row.measure, revision=2, reason="Why.", entered_at="2021-10-05T08:59:59Z")


@pytest.mark.parametrize("broken_down", [False, True])
def test_the_group_is_of_the_measure(broken_down):
    measure = MeasureFactory(dimension=GroupFactory().dimension if broken_down else None)
    with pytest.raises(IntegrityError, match="not broken down by this group"):
        insert(measure, group_id=GroupFactory().pk)


def test_the_definition_is_of_the_measure_and_the_day():
    measure, other = MeasureFactory(), MeasureFactory()
    with pytest.raises(IntegrityError, match="not the definition in force"):
        insert(measure, version_id=other.versions.get().pk)


def test_the_return_is_of_the_measure(plan):
    version = play(plan.first, open_round(plan.strategy), until="draft").versions.get()
    link = CommitmentMeasureFactory(commitment=plan.second)
    with pytest.raises(IntegrityError, match="none of the commitment that the return is about"):
        insert(link.measure, return_version_id=version.pk)


@pytest.mark.parametrize("with_group", [False, True])
def test_one_row_for_each_revision_the_whole_included(with_group):
    group = GroupFactory()
    measure = MeasureFactory(dimension=group.dimension)
    of = {"group_id": group.pk} if with_group else {}
    insert(measure, **of)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE monitoring_observation DISABLE TRIGGER USER")
    with pytest.raises(IntegrityError, match="observation_revision_once"):
        insert(measure, **of)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE monitoring_observation SET value = 11",
        "UPDATE monitoring_observation SET reason = reason",
        "DELETE FROM monitoring_observation",
        "TRUNCATE monitoring_observation CASCADE",
        "UPDATE monitoring_observationevent SET value = 11",
        "TRUNCATE monitoring_observationevent",
    ],
)
def test_what_was_recorded_stays(sql):
    ObservationFactory()
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError):
        run(sql)
    assert Observation.objects.get().value == 10


@pytest.mark.parametrize("change", ["unit_kind = 'score'", "dimension_id = NULL", "cadence = 'yearly'"])
def test_a_measure_with_figures_keeps_what_they_are(change):
    measure = MeasureFactory(dimension=GroupFactory().dimension)
    run(f"UPDATE commitments_measure SET {change}")
    Measure.objects.update(unit_kind="count", dimension=measure.dimension, cadence="quarterly")
    ObservationFactory(measure=measure)
    with pytest.raises(IntegrityError, match="Figures are recorded for this measure"):
        run(f"UPDATE commitments_measure SET {change}")


def test_a_measure_with_figures_may_still_get_its_first_breakdown():
    row = ObservationFactory()
    Measure.objects.update(dimension=GroupFactory().dimension, title="Another title")
    assert Observation.objects.get(pk=row.pk).period_ends == dt.date(2021, 9, 30)
