"""What the database keeps of a plan, whoever writes: each test goes round the forms and services with SQL."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from commitments.models import StrategyAct
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyActFactory,
    StrategyFactory,
    TargetFactory,
)


def run(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_commitment_stays_in_the_strategy_of_its_programme(plan):
    other = ProgrammeFactory()
    with pytest.raises(IntegrityError, match="commitment_programme_of_its_strategy"):
        run("UPDATE commitments_commitment SET programme_id = %s WHERE id = %s", other.pk, plan.second.pk)
    with pytest.raises(IntegrityError, match="commitment_programme_of_its_strategy"):
        run("UPDATE commitments_commitment SET strategy_id = %s WHERE id = %s", other.strategy_id, plan.second.pk)


def test_a_programme_does_not_leave_its_commitments_behind(plan):
    with pytest.raises(IntegrityError, match="commitment_programme_of_its_strategy"):
        run("UPDATE commitments_programme SET strategy_id = %s WHERE id = %s", StrategyFactory().pk, plan.programme.pk)


def test_a_commitment_stays_in_the_programme_of_its_strand(plan):
    other = StrandFactory(programme__strategy=plan.strategy)
    with pytest.raises(IntegrityError, match="commitment_strand_of_its_programme"):
        run("UPDATE commitments_commitment SET strand_id = %s WHERE id = %s", other.pk, plan.second.pk)


@pytest.mark.parametrize(
    ("table", "scope"), [("commitments_commitment", "strategy_id"), ("commitments_programme", "strategy_id")]
)
def test_a_number_is_given_once_in_a_strategy(table, scope, plan):
    programme = ProgrammeFactory(strategy=plan.strategy, number=2)
    CommitmentFactory(programme=programme, number=3)
    with pytest.raises(IntegrityError, match="number_once"):
        run(f"UPDATE {table} SET number = 1 WHERE {scope} = %s", plan.strategy.pk)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE commitments_strategy SET ends = starts - 1", "strategy_ends_after_it_starts"),
        ("UPDATE commitments_strategy SET predecessor_id = id", "strategy_not_its_own_predecessor"),
        ("UPDATE commitments_commitment SET characteristics = '{height}'", "commitment_characteristics_known"),
        ("UPDATE commitments_commitment SET duty_aims = '{win}'", "commitment_duty_aims_known"),
        ("UPDATE commitments_target SET starts = '2022-01-02', due_on = '2022-01-01'", "target_due_after_it_starts"),
        (
            'INSERT INTO commitments_commitmentmeasure (commitment_id, measure_id, "order") '
            "SELECT commitment_id, measure_id, 2 FROM commitments_commitmentmeasure",
            "commitment_measure_once",
        ),
    ],
)
def test_named_promises(sql, constraint, plan):
    link = CommitmentMeasureFactory(commitment=plan.first)
    TargetFactory(measure=link.measure)
    with pytest.raises(IntegrityError, match=constraint):
        run(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commitments_strategyact SET reason = 'Something else'",
        "UPDATE commitments_strategyact SET by_name = by_name",
        "DELETE FROM commitments_strategyact",
        "TRUNCATE commitments_strategyact CASCADE",
    ],
)
def test_what_was_recorded_of_a_strategy_stays(sql, db):
    StrategyActFactory(reason="As it was")
    run("SELECT 1")  # settles what waits for the end of the transaction, which would refuse TRUNCATE by itself
    with pytest.raises(DatabaseError, match=r"cannot be changed or deleted|cannot be emptied"):
        run(sql)
    assert StrategyAct.objects.get().reason == "As it was"


@pytest.mark.parametrize("way", ["save", "update", "bulk_update", "delete", "queryset_delete"])
def test_the_record_stays_through_the_orm_as_well(way, db):
    act = StrategyActFactory()
    act.reason = "Other"
    ways = {
        "save": act.save,
        "update": lambda: StrategyAct.objects.update(reason="Other"),
        "bulk_update": lambda: StrategyAct.objects.bulk_update([act], ["reason"]),
        "delete": act.delete,
        "queryset_delete": lambda: StrategyAct.objects.all().delete(),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        ways[way]()
