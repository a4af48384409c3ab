"""What a measure meant, and from when: versions that the database keeps whoever writes the measure."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction

from commitments.models import Measure, MeasureVersion
from commitments.services import measures
from kit import clock, stale
from kit.verdict import Refusal
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure(plan):
    return CommitmentMeasureFactory(commitment=plan.first, measure__definition="People asked.").measure


def run(sql: str, *params) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


def change(measure, by, **values):
    extra = {name: values.pop(name) for name in ("applies_from", "reason") if name in values}
    seen = stale.token(Measure.objects.get(pk=measure.pk), values)
    return measures.change(measure=measure, values=values, seen=seen, by=by, **{"reason": "Asked for.", **extra})


def told(measure):
    return list(measure.versions.values_list("number", "applies_from", "definition", "reason"))


@pytest.mark.parametrize("many", [False, True])
def test_the_first_definition_is_made_with_the_measure(many):
    row = Measure(code="m", title="M", definition="What.", numerator_is="Top", denominator_is="Bottom")
    Measure.objects.bulk_create([row]) if many else row.save()
    version = MeasureVersion.objects.get()
    assert (version.measure, version.number, version.applies_from) == (row, 1, None)
    assert (version.definition, version.numerator_is, version.denominator_is) == ("What.", "Top", "Bottom")


def test_a_changed_definition_starts_a_dated_version(measure, team, actor_of):
    change(measure, actor_of(team), definition="Homes asked.", applies_from=dt.date(2022, 4, 1))
    assert told(measure) == [
        (1, None, "People asked.", ""),
        (2, dt.date(2022, 4, 1), "Homes asked.", "Asked for."),
    ]
    fresh = Measure.objects.get()
    assert fresh.definition == "Homes asked."
    assert fresh.version_on(dt.date(2022, 3, 31)).number == 1
    assert fresh.version_on(dt.date(2022, 4, 1)).number == 2


def test_without_a_day_it_applies_from_the_day_of_the_change(measure, team, actor_of):
    change(measure, actor_of(team), numerator_is="Those who agree")
    assert measure.versions.get(number=2).applies_from == clock.today()


def test_a_second_change_from_the_same_day_puts_the_first_right(measure, team, actor_of):
    change(measure, actor_of(team), definition="Homes askd.")
    change(measure, actor_of(team), definition="Homes asked.")
    assert [row[2] for row in told(measure)] == ["People asked.", "Homes asked."]


def test_a_definition_does_not_reach_back_behind_the_one_before(measure, team, actor_of):
    change(measure, actor_of(team), definition="Homes asked.", applies_from=dt.date(2022, 4, 1))
    with pytest.raises(Refusal, match="Choose that day or a later one"):
        change(measure, actor_of(team), definition="Streets.", applies_from=dt.date(2021, 4, 1))


def test_a_draft_changes_its_definition_without_a_version(measure, team, actor_of, plan):
    type(plan.strategy).objects.update(state="draft")
    change(measure, actor_of(team), definition="Homes asked.")
    assert told(measure) == [(1, None, "Homes asked.", "")]


def test_other_changes_start_no_version(measure, team, actor_of):
    change(measure, actor_of(team), title="Another title", decimals=1)
    assert len(told(measure)) == 1


def test_raw_sql_starts_a_version_too(measure):
    run("UPDATE commitments_measure SET definition = 'By hand.'")
    assert [(row[0], row[2], row[3]) for row in told(measure)] == [
        (1, "People asked.", ""),
        (2, "By hand.", "No reason was given."),
    ]


def test_a_measure_of_a_draft_can_still_be_removed(plan, team, actor_of):
    link = CommitmentMeasureFactory(commitment=plan.first)
    type(plan.strategy).objects.update(state="draft")
    link.commitment.strategy.refresh_from_db()
    measures.remove(link=link, by=actor_of(team))
    assert not Measure.objects.exists()
    assert not MeasureVersion.objects.exists()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE commitments_measureversion SET definition = 'x' WHERE number = 1",
        "UPDATE commitments_measureversion SET number = 3 WHERE number = 2",
        "DELETE FROM commitments_measureversion WHERE number = 1",
        "TRUNCATE commitments_measureversion CASCADE",
    ],
)
def test_earlier_definitions_stay(sql, measure, team, actor_of):
    change(measure, actor_of(team), definition="Homes asked.")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match=r"cannot be changed or deleted|cannot be emptied"):
        run(sql)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ("3, '2023-04-01', 'Why.'", "numbered one after the other"),
        ("2, NULL, 'Why.'", "measure_version_dated_after_the_first"),
        ("2, '2023-04-01', ''", "measure_version_with_reason"),
    ],
)
def test_versions_come_in_order_dated_and_with_a_reason(columns, says, measure):
    with pytest.raises(IntegrityError, match=says):
        run(
            "INSERT INTO commitments_measureversion "
            "(measure_id, number, applies_from, reason, definition, numerator_is, denominator_is) "
            f"SELECT id, {columns}, '', '', '' FROM commitments_measure"
        )


def test_versions_come_in_order_of_time(measure, team, actor_of):
    change(measure, actor_of(team), definition="Homes asked.", applies_from=dt.date(2022, 4, 1))
    with pytest.raises(IntegrityError, match="applies from a later day"):
        run(
            "INSERT INTO commitments_measureversion "
            "(measure_id, number, applies_from, reason, definition, numerator_is, denominator_is) "
            "SELECT id, 3, '2022-04-01', 'Why.', '', '', '' FROM commitments_measure"
        )


@pytest.mark.parametrize("column", ["over_time", "over_groups"])
@pytest.mark.parametrize("how", ["sum", "average"])
def test_percentages_are_never_averaged(column, how):
    ShareFactory()
    with pytest.raises(IntegrityError, match="measure_shares_are_never_averaged"):
        run(f"UPDATE commitments_measure SET {column} = '{how}'")


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE commitments_measure SET unit_kind = 'colour'", "measure_unit_kind_known"),
        ("UPDATE commitments_measure SET decimals = 5", "measure_decimals_at_most_four"),
        ("UPDATE commitments_target SET tolerance = -1", "target_tolerance_not_negative"),
        ("UPDATE commitments_target SET kind = 'hope'", "target_kind_known"),
        ("UPDATE commitments_dimension SET kind = 'mood'", "dimension_kind_known"),
        ("UPDATE commitments_group SET code = 'same'", "group_once_in_its_dimension"),
    ],
)
def test_named_promises(sql, constraint):
    TargetFactory(measure=MeasureFactory())
    dimension = DimensionFactory()
    GroupFactory.create_batch(2, dimension=dimension)
    with pytest.raises(IntegrityError, match=constraint):
        run(sql)


# What a machine is to read


@pytest.mark.parametrize(
    ("kind", "params", "sentence"),
    [
        ("", {}, None),
        ("reach_level", {"at_least": "15"}, None),
        ("set_a_baseline", {}, None),
        ("", {"at_least": "15"}, "Choose how the target is read before you give particulars."),
        ("reach_level", {}, "at_least and at_most are missing. Give one of them, or both for a range."),
        ("reach_level", ["at_least"], "The particulars are names with values, in curly brackets."),
    ],
)
def test_particulars_say_what_is_wrong_with_them(kind, params, sentence):
    target = TargetFactory(measure=ShareFactory(), kind=kind, params=params)
    if sentence is None:
        target.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        target.full_clean()
    assert caught.value.message_dict == {"params": [sentence]}
    target.full_clean(exclude=["params"])


def test_particulars_name_only_groups_of_the_measure():
    group = GroupFactory(code="black")
    target = TargetFactory(
        measure=ShareFactory(dimension=group.dimension),
        kind="reach_level",
        params={"at_least": 15, "group": "white"},
    )
    with pytest.raises(ValidationError, match="white"):
        target.full_clean()
    target.params["group"] = "black"
    target.full_clean()
