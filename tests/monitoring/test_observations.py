"""Figures: who records them, what is refused and how it is said, revisions, what was known when, what is due."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection

from commitments.models import Measure
from kit import clock
from kit.periods import Period, period_holding
from kit.verdict import Refusal
from monitoring.models import Observation
from monitoring.rules_observations import Figure, periods_due
from monitoring.services import observations
from people.actor import actor_for
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    StrategyFactory,
)
from tests.factories.monitoring import ObservationFactory, open_round, play
from tests.factories.people import PostFactory, TenureFactory

pytestmark = pytest.mark.django_db
Q2 = period_holding(dt.date(2021, 7, 1), "quarterly")
Q3 = period_holding(dt.date(2021, 10, 1), "quarterly")


@pytest.fixture
def groups():
    dimension = DimensionFactory(title="Ethnicity")
    return [GroupFactory(dimension=dimension, code=code, title=code.title()) for code in ("black", "mixed")]


@pytest.fixture
def share(plan, groups):
    measure = ShareFactory(code="detections", dimension=groups[0].dimension)
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    return measure


@pytest.fixture
def count(plan):
    measure = MeasureFactory(code="panels")
    CommitmentMeasureFactory(commitment=plan.second, measure=measure)
    return measure


@pytest.fixture
def by(team, actor_of):
    return actor_of(team)


def record(measure, by, period=Q2, **figure):
    numbers = {
        name: Decimal(figure[name]) for name in ("value", "numerator", "denominator") if figure.get(name) is not None
    }
    at = figure.pop("at", clock.now())
    return observations.record(measure=measure, period=period, by=by, at=at, **{**figure, **numbers})


# What is recorded


def test_a_figure_says_who_when_and_by_which_definition(share, lead, actor_of, lead_post):
    row = record(share, actor_of(lead), value="12.4", source_note="Crime system, 4 October")
    assert (row.value, row.revision, row.status) == (Decimal("12.4"), 1, "actual")
    assert (row.by_name, row.by_user, row.post, row.post_title) == ("Lena Lead", lead, lead_post, lead_post.title)
    assert row.entered_at.date() == clock.today()
    assert row.version == share.versions.get()
    assert row.group is None


def test_a_percentage_is_worked_out(share, by):
    assert record(share, by, numerator="1", denominator="3").value == Decimal("33.333333")


def test_a_given_percentage_may_be_rounded_at_the_fourth_decimal_and_is_kept_exact(share, by):
    assert record(share, by, value="33.3333", numerator="1", denominator="3").value == Decimal("33.333333")


def test_an_average_is_worked_out_too(by):
    measure = MeasureFactory(unit_kind="days", over_time="ratio_of_sums")
    assert record(measure, by, numerator="300", denominator="8").value == Decimal("37.5")


def test_so_many_of_so_many_is_a_count(count, by):
    row = record(count, by, numerator="402", denominator="629")
    assert (row.value, row.denominator) == (402, 629)


def test_nothing_out_of_nothing_has_no_value(share, by):
    row = record(share, by, numerator="0", denominator="0")
    assert row.value is None
    assert not row.withdrawn


@pytest.mark.parametrize("value", ["0", "1"])
def test_yes_or_no(value, by):
    assert record(MeasureFactory(unit_kind="yes_no"), by, value=value).value == Decimal(value)


def test_the_definition_is_the_one_in_force_on_the_last_day(share, by):
    share.refresh_from_db()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('stride.definition_from', '2021-09-30', TRUE)")
    Measure.objects.filter(pk=share.pk).update(definition="Something else.")
    q1 = period_holding(dt.date(2021, 4, 1), "quarterly")
    assert record(share, by, q1, value="1").version.number == 1
    assert record(share, by, Q2, value="1").version.number == 2


# What is refused


@pytest.mark.parametrize(
    ("figure", "sentence"),
    [
        ({}, "Give a value."),
        ({"value": "130"}, "A percentage lies between 0 and 100, so it cannot be 130."),
        ({"value": "-0.1"}, "A percentage lies between 0 and 100, so it cannot be -0.1."),
        ({"numerator": "5", "denominator": "4"}, "The numerator (5) is greater than the denominator (4)."),
        ({"numerator": "-1", "denominator": "4"}, "The numerator cannot be less than 0."),
        ({"numerator": "1", "denominator": "-4"}, "The denominator cannot be less than 0."),
        ({"numerator": "1"}, "Give the numerator and the denominator, or neither."),
        (
            {"value": "30", "numerator": "1", "denominator": "4"},
            "1 of 4 is 25 per cent, not 30. Leave the value empty and it is worked out.",
        ),
        (
            {"value": "0", "numerator": "0", "denominator": "0"},
            "Nothing out of nothing is no percentage. Leave the value empty.",
        ),
        ({"value": "NaN"}, "This number is too large to be kept."),
        ({"value": "1e30"}, "This number is too large to be kept."),
        ({"value": "5", "status": "guessed"}, "A figure is one of actual, provisional, estimated."),
    ],
)
def test_a_percentage_that_cannot_be(figure, sentence, share, by):
    with pytest.raises(observations.NotAFigure) as caught:
        record(share, by, **figure)
    assert caught.value.sentence == sentence
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("kind", "figure", "sentence"),
    [
        ("count", {"value": "2.5"}, "A count is a whole number, 0 or more, so it cannot be 2.5."),
        ("count", {"value": "-2"}, "A count is a whole number, 0 or more, so it cannot be -2."),
        (
            "count",
            {"value": "3", "numerator": "2", "denominator": "5"},
            "So many of so many: the numerator (2) is the count, so it cannot be 3.",
        ),
        (
            "count",
            {"numerator": "2.5", "denominator": "5"},
            "A count is a whole number, 0 or more, so it cannot be 2.5.",
        ),
        (
            "count",
            {"numerator": "6", "denominator": "5"},
            "The numerator (6) is greater than the denominator (5).",
        ),
        (
            "yes_no",
            {"value": "1", "numerator": "1", "denominator": "1"},
            "A yes or no has no numerator and denominator. Give a value.",
        ),
        ("yes_no", {"value": "2"}, "Yes is 1 and no is 0, so it cannot be 2."),
        ("days", {"value": "-1"}, "Days are 0 or more, so they cannot be -1."),
        (
            "rate",
            {"numerator": "1", "denominator": "4"},
            "Give the rate itself too: its numerator and denominator do not say per how many it is.",
        ),
    ],
)
def test_a_number_of_another_kind(kind, figure, sentence, by):
    with pytest.raises(Refusal) as caught:
        record(MeasureFactory(unit_kind=kind), by, **figure)
    assert caught.value.sentence == sentence


@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        ("2021-07-01", "2021-06-30", "The period ends before it starts."),
        (
            "2021-07-01",
            "2021-07-31",
            "This measure is collected quarterly. The period that holds 1 July 2021 is Q2 2021-22: "
            "1 July 2021 to 30 September 2021.",
        ),
        ("2022-01-01", "2022-03-31", "Q4 2021-22 ends on 31 March 2022. Record it when it is over."),
    ],
)
def test_a_period_that_does_not_fit(starts, ends, sentence, share, by):
    period = Period(dt.date.fromisoformat(starts), dt.date.fromisoformat(ends), "")
    with pytest.raises(Refusal) as caught:
        record(share, by, period, value="5")
    assert caught.value.sentence == sentence


def test_a_period_is_over_on_the_day_after_its_last(share, team):
    with pytest.raises(Refusal, match="Record it when it is over"):
        record(share, actor_for(team, dt.date(2021, 12, 31)), Q3, value="5")
    assert record(share, actor_for(team, dt.date(2022, 1, 1)), Q3, value="5")


def test_a_group_of_another_breakdown(share, by):
    other = GroupFactory(title="Camden")
    with pytest.raises(Refusal, match="Camden is not a group of this measure"):
        record(share, by, group=other, value="5")


def test_a_group_of_a_measure_without_breakdown(count, by):
    with pytest.raises(Refusal, match="This measure is not broken down, so it has no figure for Camden"):
        record(count, by, group=GroupFactory(title="Camden"), value="5")


def test_a_whole_that_there_is_not(by, plan, lead_post):
    group = GroupFactory(dimension__whole="", dimension__title="Figure")
    measure = MeasureFactory(code="two", dimension=group.dimension)
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    with pytest.raises(Refusal, match=r"This measure has no figure for the whole\. Say which"):
        record(measure, by, value="5")
    assert record(measure, by, group=group, value="5")
    assert due(lead_post, dt.date(2021, 7, 1)) == [("two", "Q1 2021-22", group.code)]
    Measure.objects.update(over_groups="sum")
    assert record(Measure.objects.get(), by, value="5")


# Who may


@pytest.mark.parametrize("persona", ["lead", "delegate", "team", "admin"])
def test_those_who_may(persona, share, request, actor_of):
    assert record(share, actor_of(request.getfixturevalue(persona)), value="5")


@pytest.mark.parametrize("persona", ["overseer", "secretariat", "member", "viewer", "stranger"])
def test_those_who_may_not(persona, share, request, actor_of):
    with pytest.raises(Refusal, match="Only the owner of this measure, the leads of its commitments"):
        record(share, actor_of(request.getfixturevalue(persona)), value="5")


def test_an_auditor_never_even_as_lead(share, auditor, actor_of, lead_post):
    TenureFactory(post=lead_post, person=auditor.person)
    with pytest.raises(Refusal, match="Auditors read"):
        record(share, actor_of(auditor), value="5")


def test_the_owner_of_the_measure(share, member, member_post, actor_of):
    Measure.objects.filter(pk=share.pk).update(owner_post=member_post)
    row = record(share, actor_of(member), value="5")
    assert row.post == member_post


def test_nobody_once_every_strategy_is_closed(share, by, plan):
    type(plan.strategy).objects.update(state="closed")
    with pytest.raises(Refusal, match="Every strategy that this measure belongs to is closed"):
        record(share, by, value="5")


# Revisions


def test_a_revision_keeps_the_earlier_value_and_says_why(share, by):
    first = record(share, by, value="5", status="provisional")
    second = record(share, by, value="6", reason="Two forces had not reported.")
    assert [(row.revision, row.value, row.reason) for row in Observation.objects.order_by("revision")] == [
        (1, 5, ""),
        (2, 6, "Two forces had not reported."),
    ]
    assert list(Observation.objects.current()) == [second]
    assert first.status == "provisional"


def test_a_revision_without_a_reason_is_refused(share, by):
    record(share, by, value="5")
    with pytest.raises(Refusal, match="Say why it is revised"):
        record(share, by, value="6", reason="  ")


def test_the_same_again_writes_nothing(share, by):
    first = record(share, by, numerator="1", denominator="3")
    assert record(share, by, numerator="1", denominator="3") == first
    assert record(share, by, value="33.3333", numerator="1", denominator="3") == first


def test_provisional_becomes_actual_by_a_revision(share, by):
    record(share, by, value="5", status="provisional")
    assert record(share, by, value="5", status="actual", reason="Confirmed.").revision == 2


def test_groups_and_the_whole_are_revised_apart(share, by, groups):
    record(share, by, value="5")
    record(share, by, value="6", group=groups[0])
    record(share, by, value="7", group=groups[0], reason="Late forms.")
    found = {(row.group, row.revision): row.value for row in Observation.objects.current()}
    assert found == {(None, 1): 5, (groups[0], 2): 7}


def test_a_withdrawn_figure_leaves_a_gap_and_stays_in_the_record(share, by):
    row = record(share, by, value="5")
    taken = observations.withdraw(observation=row, reason="Counted twice.", by=by, at=clock.now())
    assert taken.withdrawn
    assert (taken.revision, taken.reason) == (2, "Counted twice.")
    with pytest.raises(Refusal, match="revised since you looked"):
        observations.withdraw(observation=row, reason="Again.", by=by, at=clock.now())
    with pytest.raises(Refusal, match="withdrawn already"):
        observations.withdraw(observation=taken, reason="Again.", by=by, at=clock.now())
    assert record(share, by, value="6", reason="Counted once.").revision == 3


def test_what_was_known_on_a_date(share, by):
    days = [dt.datetime(2021, 10, day, 9, tzinfo=dt.UTC) for day in (4, 11)]
    record(share, by, value="5", at=days[0])
    record(share, by, value="6", reason="Late forms.", at=days[1])
    known = lambda at: [row.value for row in Observation.objects.as_known_on(at)]  # noqa: E731
    assert known(days[0] - dt.timedelta(seconds=1)) == []
    assert known(days[0]) == [5]
    assert known(days[1] - dt.timedelta(seconds=1)) == [5]
    assert known(days[1]) == [6]


def test_all_or_nothing(share, count, by):
    figures = [Figure(share, Q2, value=Decimal(5)), Figure(count, Q2, value=Decimal("2.5"))]
    with pytest.raises(observations.NotAFigure) as caught:
        observations.record_many(figures=figures, by=by, at=clock.now())
    assert [fault.field for fault in caught.value.faults] == ["value"]
    assert not Observation.objects.exists()


# In a return


def test_figures_come_in_with_a_return_while_it_is_written(share, count, lead, actor_of, plan):
    version = play(plan.first, open_round(plan.strategy), until="draft").versions.get()
    row = record(share, actor_of(lead), Q3, value="5", return_version=version)
    assert row.return_version == version
    with pytest.raises(Refusal, match="is none of the measures of this commitment"):
        record(count, actor_of(lead), Q3, value="5", return_version=version)


def test_a_submitted_return_takes_no_figures(share, lead, overseer, actor_of, plan):
    version = play(plan.first, open_round(plan.strategy), until="submitted").versions.get()
    with pytest.raises(Refusal, match="This return is with the overseer"):
        record(share, actor_of(lead), Q3, value="5", return_version=version)


# Reach


def test_figures_of_drafts_are_seen_by_those_who_keep_and_check(actor_of, share, team, auditor, viewer, member):
    shown = ObservationFactory(measure=share)
    draft = CommitmentMeasureFactory(
        commitment=CommitmentFactory(programme__strategy=StrategyFactory(state="draft")), measure=MeasureFactory()
    )
    hidden = ObservationFactory(measure=draft.measure)
    for user in (team, auditor):
        assert set(Observation.objects.visible_to(actor_of(user))) == {shown, hidden}
    for user in (viewer, member):
        assert set(Observation.objects.visible_to(actor_of(user))) == {shown}


# What is due


def due(post, on, **more):
    return [
        (each.measure.code, each.period.label, each.group.code if each.group else "")
        for each in observations.due_from([post.pk], on, **more)
    ]


def test_due_from_the_lead_on_the_day_after_a_period(count, lead_post):
    assert due(lead_post, dt.date(2021, 6, 30)) == []
    assert due(lead_post, dt.date(2021, 7, 1)) == [("panels", "Q1 2021-22", "")]
    assert due(lead_post, dt.date(2021, 10, 1)) == [("panels", "Q1 2021-22", ""), ("panels", "Q2 2021-22", "")]


def test_what_is_recorded_is_no_longer_due_and_what_is_withdrawn_is_again(count, lead_post, by):
    q1 = period_holding(dt.date(2021, 4, 1), "quarterly")
    row = record(count, by, q1, value="5")
    assert due(lead_post, dt.date(2021, 7, 1)) == []
    observations.withdraw(observation=row, reason="Counted twice.", by=by, at=clock.now())
    assert due(lead_post, dt.date(2021, 7, 1)) == [("panels", "Q1 2021-22", "")]


def test_groups_are_due_one_by_one_and_the_whole_unless_it_is_worked_out(share, lead_post):
    on = dt.date(2021, 7, 1)
    assert due(lead_post, on) == [("detections", "Q1 2021-22", group) for group in ("", "black", "mixed")]
    Measure.objects.filter(pk=share.pk).update(over_groups="ratio_of_sums")
    assert due(lead_post, on) == [("detections", "Q1 2021-22", group) for group in ("black", "mixed")]


def test_an_owner_is_asked_instead_of_the_leads(count, lead_post, member_post):
    Measure.objects.update(owner_post=member_post)
    on = dt.date(2021, 7, 1)
    assert due(lead_post, on) == []
    assert due(member_post, on) == [("panels", "Q1 2021-22", "")]


def test_only_what_is_due_for_one_commitment(count, share, lead_post, plan):
    found = due(lead_post, dt.date(2021, 7, 1), commitment=plan.second)
    assert found == [("panels", "Q1 2021-22", "")]
    assert due(PostFactory(), dt.date(2021, 7, 1)) == []


@pytest.mark.parametrize("state", ["draft", "closed", "superseded"])
def test_nothing_is_due_for_a_strategy_that_does_not_stand(count, lead_post, plan, state):
    type(plan.strategy).objects.update(state=state)
    assert due(lead_post, dt.date(2021, 7, 1)) == []


@pytest.mark.parametrize(
    ("cadence", "since", "on", "labels"),
    [
        ("monthly", dt.date(2024, 2, 1), dt.date(2024, 2, 29), []),
        ("monthly", dt.date(2024, 2, 1), dt.date(2024, 3, 1), ["February 2024"]),
        ("monthly", dt.date(2024, 1, 31), dt.date(2024, 3, 1), ["February 2024"]),
        ("monthly", dt.date(2023, 2, 1), dt.date(2023, 3, 1), ["February 2023"]),
        ("quarterly", dt.date(2024, 1, 1), dt.date(2024, 3, 31), []),
        ("quarterly", dt.date(2024, 1, 1), dt.date(2024, 4, 1), ["Q4 2023-24"]),
        ("six_monthly", dt.date(2021, 4, 1), dt.date(2022, 4, 1), ["H1 2021-22", "H2 2021-22"]),
        ("yearly", dt.date(2021, 4, 1), dt.date(2022, 3, 31), []),
        ("yearly", dt.date(2021, 4, 1), dt.date(2022, 4, 1), ["2021-22"]),
    ],
)
def test_periods_due(cadence, since, on, labels):
    assert [period.label for period in periods_due(cadence, since, on)] == labels


@pytest.mark.parametrize("many", [1, 4])
def test_what_due_costs(many, plan, lead_post, django_assert_num_queries):
    for _ in range(many):
        dimension = GroupFactory().dimension
        CommitmentMeasureFactory(commitment=plan.first, measure=MeasureFactory(dimension=dimension))
    with django_assert_num_queries(5):
        assert observations.due_from([lead_post.pk], dt.date(2021, 7, 1))
