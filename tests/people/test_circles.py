"""Units and strategies stay trees: refused by the rule, by the service, and by the database, whoever writes."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from commitments import rules as plan_rules
from commitments.models import Strategy
from commitments.services import strategies
from kit import stale
from kit.verdict import Refusal
from people import rules
from people.models import Unit
from people.services import records
from tests.factories.commitments import StrategyFactory
from tests.factories.people import UnitFactory
from tests.monitoring.test_concurrency import at_once

pytestmark = pytest.mark.django_db
UNIT, STRATEGY = (
    ("people_unit", "parent_id", "unit_no_circle"),
    (
        "commitments_strategy",
        "predecessor_id",
        "strategy_no_circle",
    ),
)


def sql(text: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def chain(table: str) -> list:
    """Three rows, each under the one before."""
    make, up = (UnitFactory, "parent") if table == UNIT[0] else (StrategyFactory, "predecessor")
    top = make()
    middle = make(**{up: top})
    return [top, middle, make(**{up: middle})]


both = pytest.mark.parametrize(("table", "column", "name"), [UNIT, STRATEGY], ids=["unit", "strategy"])


@both
@pytest.mark.parametrize("lowest", [1, 2])
def test_the_database_refuses_a_circle(table, column, name, lowest):
    rows = chain(table)
    with pytest.raises(IntegrityError, match="in a circle"):
        sql(f"UPDATE {table} SET {column} = %s WHERE id = %s", rows[lowest].pk, rows[0].pk)


@both
def test_the_database_refuses_a_circle_that_waits_for_the_end(table, column, name):
    """Deferred by the session, it is refused at the end of the transaction all the same."""
    rows = chain(table)
    with pytest.raises(IntegrityError, match="in a circle") as caught:
        sql(f"SET CONSTRAINTS ALL DEFERRED; UPDATE {table} SET {column} = {rows[2].pk} WHERE id = {rows[0].pk}")
    assert caught.value.__cause__.diag.constraint_name == name


@both
def test_the_database_refuses_a_circle_of_all_rows_at_once(table, column, name):
    rows = chain(table)
    with pytest.raises(IntegrityError, match="in a circle"):
        sql(
            f"UPDATE {table} SET {column} = CASE id WHEN %s THEN %s WHEN %s THEN %s ELSE %s END",
            *(rows[0].pk, rows[1].pk, rows[1].pk, rows[2].pk, rows[0].pk),
        )


def test_a_row_does_not_take_the_number_of_one_above_it():
    """The middle one goes, and the lowest takes its number while the top already points there."""
    top, middle, low = UnitFactory(), UnitFactory(), UnitFactory()
    sql("UPDATE people_unit SET parent_id = %s WHERE id = %s", middle.pk, top.pk)
    sql("UPDATE people_unit SET parent_id = %s WHERE id = %s", top.pk, low.pk)
    with pytest.raises(IntegrityError, match="in a circle"):
        sql(
            f"SET CONSTRAINTS ALL DEFERRED; DELETE FROM people_unit WHERE id = {middle.pk};"
            f"UPDATE people_unit SET id = {middle.pk} WHERE id = {low.pk}"
        )


def test_the_switch_of_the_trigger_library_does_not_help():
    top, _, low = chain("people_unit")
    with pytest.raises(DatabaseError, match="in a circle"):
        sql(
            "SET LOCAL pgtrigger.ignore = '{pgtrigger_no_circle}';"
            f"UPDATE people_unit SET parent_id = {low.pk} WHERE id = {top.pk}"
        )


@both
def test_two_rows_may_change_places_in_one_statement(table, column, name):
    top, middle, _ = chain(table)
    sql(
        f"UPDATE {table} SET {column} = CASE id WHEN %s THEN %s ELSE NULL END WHERE id IN (%s, %s)",
        *(top.pk, middle.pk, top.pk, middle.pk),
    )
    row = type(top).objects.get(pk=top.pk)
    assert getattr(row, column) == middle.pk


@pytest.mark.django_db(transaction=True)
def test_two_who_each_close_one_half_of_a_circle():
    one, other = UnitFactory(), UnitFactory()

    def put(unit: Unit, under: Unit) -> Callable[[], int]:
        return lambda: Unit.objects.filter(pk=unit.pk).update(parent=under)

    answers = at_once(put(one, other), put(other, one))
    assert sorted(type(answer).__name__ for answer in answers) == ["IntegrityError", "int"]


def test_the_rule_says_which_unit_is_in_the_way():
    top, _, low = chain("people_unit")
    units = list(Unit.objects.all())
    verdict = rules.fits_under(top, low, units)
    assert verdict.sentence == f"{low} is part of this unit, so this unit cannot be part of it."
    assert rules.fits_under(top, top, units).sentence == "A unit cannot be part of itself."
    assert rules.fits_under(low, top, units)
    assert rules.fits_under(top, None, units)
    assert rules.fits_under(Unit(name="New"), low, units)


def test_the_rule_says_which_strategy_is_in_the_way():
    first, _, third = chain("commitments_strategy")
    third = Strategy.objects.get(pk=third.pk)
    verdict = plan_rules.may_follow(first, third)
    assert verdict.sentence == f"{third} follows this strategy, so this one cannot follow it."
    assert plan_rules.may_follow(first, first).sentence == "A strategy cannot be its own predecessor."
    assert plan_rules.may_follow(third, first)
    assert plan_rules.may_follow(first, None)


def test_the_services_refuse_by_themselves(team, actor_of):
    by = actor_of(team)
    top, _, low = chain("people_unit")
    with pytest.raises(Refusal, match="is part of this unit"):
        records.change(record=top, values={"parent": low}, seen=stale.token(top, ["parent"]), by=by)
    first, _, last = chain("commitments_strategy")
    with pytest.raises(Refusal, match="follows this strategy"):
        strategies.change(
            strategy=first,
            values={"predecessor": last},
            seen=stale.token(first, ["predecessor"]),
            by=by,
            reason="r",
        )
