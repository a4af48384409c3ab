"""What the measures say, and where it differs from what the leads say."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.choices import TargetKind
from commitments.models import Commitment, Target
from commitments.targets import KINDS, Verdict
from kit import clock
from kit.periods import period_holding
from monitoring.models import Observation
from monitoring.queries import measures as queries
from monitoring.services import observations
from tests.factories.commitments import (
    CommitmentMeasureFactory,
    DimensionFactory,
    GroupFactory,
    MeasureFactory,
    ShareFactory,
    TargetFactory,
)
from tests.factories.monitoring import ObservationFactory, open_round, play, reopen, team_actor

pytestmark = pytest.mark.django_db
ON = dt.date(2021, 12, 31)
Q3 = period_holding(dt.date(2021, 10, 1), "quarterly")


def test_the_names_and_labels_of_kinds_are_those_that_judge():
    assert {kind.name: kind.label for kind in KINDS.values()} == dict(TargetKind.choices)


def measure_of(commitment, at_least, value, **target):
    """A percentage of a commitment with one target, to reach a level at all times, and one figure for Q2."""
    link = CommitmentMeasureFactory(commitment=commitment, measure=ShareFactory())
    TargetFactory(
        measure=link.measure,
        **{"kind": "reach_level", "params": {"at_least": str(at_least)}, "trajectory": "none", **target},
    )
    if value is not None:
        ObservationFactory(measure=link.measure, value=value)
    return link.measure


def status(commitment, **more):
    return queries.statuses([Commitment.objects.get(pk=commitment.pk)], ON, **more)[commitment.pk]


@pytest.mark.parametrize(
    ("value", "tolerance", "verdict"),
    [(15, 0, Verdict.MET), (14, 1, Verdict.SLIPPING), (14, 0, Verdict.OFF_TRACK), (None, 0, Verdict.NO_DATA)],
)
def test_a_verdict_comes_out_of_the_newest_figure(plan, value, tolerance, verdict):
    measure_of(plan.first, 15, value, tolerance=tolerance)
    found = status(plan.first)
    assert found.verdict is verdict
    assert found.counts == {verdict: 1}


def test_the_worst_target_counts_or_most_of_them_or_none(plan):
    measure_of(plan.first, 15, 16)
    measure_of(plan.first, 15, 16)
    measure_of(plan.first, 15, 14)
    assert status(plan.first).verdict is Verdict.OFF_TRACK
    assert status(plan.first).counts == {Verdict.MET: 2, Verdict.OFF_TRACK: 1}
    for rule, verdict in (("majority", Verdict.MET), ("none", None)):
        Commitment.objects.filter(pk=plan.first.pk).update(status_rule=rule)
        assert status(plan.first).verdict is verdict


def test_of_as_many_the_worse_counts_for_the_majority(plan):
    measure_of(plan.first, 15, 16)
    measure_of(plan.first, 15, 14)
    Commitment.objects.update(status_rule="majority")
    assert status(plan.first).verdict is Verdict.OFF_TRACK


def test_a_target_that_no_machine_reads_is_counted_apart(plan):
    measure_of(plan.first, 15, 16)
    measure_of(plan.first, 15, 16, kind="", params={})
    measure_of(plan.first, 15, 16, params={"at_most_perhaps": 3})
    found = status(plan.first)
    assert (found.verdict, found.read, found.unread) == (Verdict.MET, 1, 2)


def test_why_a_target_is_not_read(plan):
    measure = measure_of(plan.first, 15, 16, params={"at_most_perhaps": 3})
    (judged,) = queries.load([measure.pk])[measure.pk].judged(ON)
    assert judged.outcome is None
    assert judged.problem.startswith("at_least and at_most are missing.")


def test_withdrawn_figures_and_nothing_out_of_nothing_are_no_points(plan):
    measure = measure_of(plan.first, 15, 16)
    row = Observation.objects.get()
    observations.withdraw(observation=row, reason="Wrong.", by=team_actor(clock.today()), at=clock.now())
    assert status(plan.first).verdict is Verdict.NO_DATA
    ObservationFactory(measure=measure, about=Q3.starts, value=None, numerator=0, denominator=0)
    assert status(plan.first).verdict is Verdict.NO_DATA


def test_as_it_was_known(plan):
    measure = measure_of(plan.first, 15, 16)
    ObservationFactory(
        measure=measure, value=14, revision=2, reason="Late.", entered_at=dt.datetime(2021, 12, 1, tzinfo=dt.UTC)
    )
    assert status(plan.first).verdict is Verdict.OFF_TRACK
    assert status(plan.first, known=dt.datetime(2021, 11, 30, tzinfo=dt.UTC)).verdict is Verdict.MET
    assert status(plan.first, known=dt.datetime(2021, 9, 1, tzinfo=dt.UTC)).verdict is Verdict.NO_DATA


def test_groups_have_their_names(plan):
    group = GroupFactory(code="black", title="Black respondents")
    link = CommitmentMeasureFactory(commitment=plan.first, measure=ShareFactory(dimension=group.dimension))
    ObservationFactory(measure=link.measure, group=group, value=40)
    ObservationFactory(measure=link.measure, value=45)
    TargetFactory(measure=link.measure, kind="gap_at_most", params={"points": "5", "groups": ["black"]})
    book = queries.load([link.measure.pk])[link.measure.pk]
    assert book.facts.groups["black"] == "Black respondents"
    (judged,) = book.judged(ON)
    assert judged.problem == ""
    assert judged.verdict is Verdict.MET


def test_a_programme_shows_how_many_have_which(plan):
    measure_of(plan.first, 15, 16)
    measure_of(plan.second, 15, 14)
    found = queries.statuses(plan.commitments, ON)
    together = queries.programme_status(found.values())
    assert together.verdict is Verdict.OFF_TRACK
    assert together.counts == {Verdict.MET: 1, Verdict.OFF_TRACK: 1}


@pytest.mark.parametrize("many", [1, 5])
def test_what_statuses_cost(many, plan, django_assert_num_queries):
    for _ in range(many):
        dimension = GroupFactory(dimension=DimensionFactory()).dimension
        measure = MeasureFactory(dimension=dimension)
        CommitmentMeasureFactory(commitment=plan.first, measure=measure)
        TargetFactory(measure=measure, kind="set_a_baseline")
        ObservationFactory(measure=measure)
    with django_assert_num_queries(6):
        queries.statuses(plan.commitments, ON)


# Signed returns keep what they rested on


def test_late_data_changes_todays_figure_never_a_signed_off_returns(plan):
    measure = measure_of(plan.first, 15, 14)
    round = open_round(plan.strategy)
    version = play(plan.first, round).versions.get()
    frozen = version.basis
    ObservationFactory(measure=measure, value=16, revision=2, reason="Late.", entered_at=clock.now())
    measure.definition = "Something else now."
    measure.save()
    Target.objects.update(params={"at_least": "1"})
    assert status(plan.first).verdict is Verdict.MET
    version.refresh_from_db()
    assert version.basis == frozen
    (kept,) = version.basis["measures"]
    assert (kept["version"], kept["definition"]) == (1, "")
    assert [(row["value"], row["revision"]) for row in kept["observations"]] == [("14", 1)]
    assert kept["targets"][0]["params"] == {"at_least": "15"}
    assert kept["targets"][0]["outcome"]["verdict"] == "off_track"
    assert version.basis["status"]["verdict"] == "off_track"


def test_figures_entered_after_the_signing_are_not_in_it(plan):
    measure = measure_of(plan.first, 15, 14)
    ObservationFactory(measure=measure, about=Q3.starts, value=16, entered_at=dt.datetime(2022, 1, 18, tzinfo=dt.UTC))
    version = play(plan.first, open_round(plan.strategy), on=dt.date(2022, 1, 17)).versions.get()
    assert [row["period"][1] for row in version.basis["measures"][0]["observations"]] == ["2021-09-30"]


def test_a_return_is_judged_as_on_the_last_day_of_its_period(plan):
    measure_of(plan.first, 15, 14, due_on=dt.date(2022, 1, 1), starts=None)
    version = play(plan.first, open_round(plan.strategy)).versions.get()
    assert version.basis["judged_on"] == "2021-12-31"
    assert version.basis["measures"][0]["targets"][0]["reading"]


def test_a_reopened_return_is_signed_with_what_is_known_then(plan):
    measure = measure_of(plan.first, 15, 14)
    row = play(plan.first, open_round(plan.strategy), on=dt.date(2022, 1, 11))
    ObservationFactory(
        measure=measure, value=16, revision=2, reason="Late.", entered_at=dt.datetime(2022, 1, 12, tzinfo=dt.UTC)
    )
    reopen(row)
    play(plan.first, row.round, on=dt.date(2022, 1, 19))
    verdicts = {each.number: each.basis["status"]["verdict"] for each in row.versions.all()}
    assert verdicts == {1: "off_track", 2: "met"}


# Optimism


@pytest.mark.parametrize(
    ("rating", "value", "tolerance", "rosier"),
    [
        ("green", 16, 0, None),
        ("green", 14, 1, True),
        ("green", 14, 0, True),
        ("amber", 14, 0, True),
        ("amber", 14, 1, None),
        ("amber", 16, 0, False),
        ("red", 14, 0, None),
        ("red", 16, 0, False),
        ("green", None, 0, None),
    ],
)
def test_a_gap_between_words_and_numbers(plan, actor_of, team, rating, value, tolerance, rosier):
    measure_of(plan.first, 15, value, tolerance=tolerance)
    round = open_round(plan.strategy)
    play(plan.first, round, rating=rating)
    found = queries.gaps(actor_of(team), [round])
    assert [gap.rosier for gap in found] == ([] if rosier is None else [rosier])


def test_the_rosiest_come_first_and_only_signed_ones(plan, actor_of, team, django_assert_num_queries):
    measure_of(plan.first, 15, 14, tolerance=Decimal(1))
    measure_of(plan.second, 15, 14)
    round = open_round(plan.strategy)
    play(plan.first, round)
    play(plan.second, round)
    actor = actor_of(team)
    with django_assert_num_queries(1):
        found = queries.gaps(actor, [round])
        assert [gap.commitment.lead_post.title for gap in found]
    assert [gap.commitment for gap in found] == [plan.second, plan.first]
    reopen(round.returns.get(commitment=plan.second))
    assert [gap.commitment for gap in queries.gaps(actor, [round])] == [plan.first]


@pytest.mark.parametrize("persona", ["viewer", "auditor"])
def test_gaps_follow_reach(plan, actor_of, request, persona):
    measure_of(plan.first, 15, 14)
    round = open_round(plan.strategy)
    play(plan.first, round)
    actor = actor_of(request.getfixturevalue(persona))
    assert len(queries.gaps(actor, [round])) == 1
    type(plan.strategy).objects.update(state="draft")
    assert len(queries.gaps(actor, [round])) == (1 if persona == "auditor" else 0)
