"""The doors of a strategy and the keeping of its parts, by the services alone."""

import pytest
from django.db import IntegrityError, connection, transaction

from commitments.choices import StrategyState
from commitments.models import Commitment, CommitmentMeasure, Measure, Programme, Strategy, StrategyAct, Target
from commitments.services import measures, plans, strategies
from kit import clock, stale
from kit.verdict import Refusal
from tests.factories.commitments import (
    CommitmentFactory,
    CommitmentMeasureFactory,
    MeasureFactory,
    ProgrammeFactory,
    StrandFactory,
    StrategyFactory,
    TargetFactory,
)

DRAFT, APPROVED, IN_FORCE = StrategyState.DRAFT, StrategyState.APPROVED, StrategyState.IN_FORCE
CLOSED, SUPERSEDED = StrategyState.CLOSED, StrategyState.SUPERSEDED


@pytest.fixture
def by(team, actor_of):
    return actor_of(team)


def promising(state: str, **more) -> Strategy:
    """A strategy in a state, with one commitment."""
    strategy = StrategyFactory(state=state, **more)
    CommitmentFactory(programme__strategy=strategy)
    return strategy


def last_reason(table: str) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pgh_context->>'reason' FROM {table} ORDER BY pgh_id DESC LIMIT 1")
        return cursor.fetchone()[0]


def test_a_whole_life_is_recorded(by):
    strategy = promising(DRAFT)
    for step in (strategies.approve, strategies.bring_into_force, strategies.close):
        step(strategy=strategy, by=by, at=clock.now(), reason="Agreed.")
    strategy.refresh_from_db()
    assert strategy.state == CLOSED
    acts = StrategyAct.objects.order_by("id").values_list("verb", "from_state", "to_state", "by_name", "reason")
    assert list(acts) == [
        ("approved", "draft", "approved", "Tess Team", "Agreed."),
        ("brought into force", "approved", "in_force", "Tess Team", "Agreed."),
        ("closed", "in_force", "closed", "Tess Team", "Agreed."),
    ]


def test_nothing_is_approved_without_a_commitment(by):
    with pytest.raises(Refusal, match="promises nothing yet"):
        strategies.approve(strategy=StrategyFactory(state=DRAFT), by=by, at=clock.now())


@pytest.mark.parametrize(
    ("step", "state"),
    [(step, state) for step, start in (
        (strategies.approve, DRAFT), (strategies.bring_into_force, APPROVED), (strategies.close, IN_FORCE),
    ) for state in StrategyState if state != start],
)  # fmt: skip
def test_a_state_has_one_door(step, state, by):
    strategy = promising(state)
    with pytest.raises(Refusal):
        step(strategy=strategy, by=by, at=clock.now())
    assert not StrategyAct.objects.exists()


def test_a_stale_copy_does_not_open_a_door_twice(by):
    strategy = promising(DRAFT)
    copy = Strategy.objects.get(pk=strategy.pk)
    strategies.approve(strategy=strategy, by=by, at=clock.now())
    with pytest.raises(Refusal):
        strategies.approve(strategy=copy, by=by, at=clock.now())


@pytest.mark.parametrize(("state", "passes"), [(DRAFT, False), (APPROVED, False), (IN_FORCE, True), (CLOSED, False)])
def test_a_strategy_is_superseded_by_a_successor_in_force(state, passes, by):
    old = promising(IN_FORCE)
    promising(state, predecessor=old)
    if passes:
        strategies.supersede(strategy=old, by=by, at=clock.now())
    else:
        with pytest.raises(Refusal):
            strategies.supersede(strategy=old, by=by, at=clock.now())
    old.refresh_from_db()
    assert (old.state == SUPERSEDED) is passes


@pytest.mark.parametrize("persona", ["lead", "overseer", "delegate", "secretariat", "auditor", "viewer", "stranger"])
def test_the_services_themselves_refuse_everybody_else(persona, plan, request, actor_of):
    who = actor_of(request.getfixturevalue(persona))
    link = CommitmentMeasureFactory(commitment=plan.first)
    values = {"title": "Other"}
    seen = stale.token(plan.first, values)
    tries = [
        lambda: strategies.add(strategy=Strategy(slug="x", title="X"), by=who),
        lambda: strategies.change(
            strategy=plan.strategy, values=values, seen=stale.token(plan.strategy, values), by=who
        ),
        lambda: strategies.close(strategy=plan.strategy, by=who, at=clock.now()),
        lambda: plans.add(part=Programme(strategy=plan.strategy, number=9), strategy=plan.strategy, by=who),
        lambda: plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=who, reason="r"),
        lambda: plans.remove(part=plan.first, strategy=plan.strategy, by=who),
        lambda: measures.add(measure=Measure(code="m"), commitment=plan.first, by=who, reason="r"),
        lambda: measures.link(measure=MeasureFactory(), commitment=plan.first, by=who, reason="r"),
        lambda: measures.remove(link=link, by=who),
        lambda: measures.add_target(target=Target(measure=link.measure, code="t"), by=who, reason="r"),
    ]
    for attempt in tries:
        with pytest.raises(Refusal, match="The strategy team keeps the plan"):
            attempt()


@pytest.mark.parametrize("state", [CLOSED, SUPERSEDED])
def test_nothing_in_a_locked_strategy_changes(state, plan, by):
    link = CommitmentMeasureFactory(commitment=plan.first)
    target = TargetFactory(measure=link.measure)
    Strategy.objects.update(state=state)
    values = {"title": "Other"}
    seen = stale.token(plan.first, values)
    tries = [
        lambda: strategies.change(
            strategy=plan.strategy, values=values, seen=stale.token(plan.strategy, values), by=by, reason="r"
        ),
        lambda: plans.add(part=Programme(strategy=plan.strategy, number=9), strategy=plan.strategy, by=by, reason="r"),
        lambda: plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by, reason="r"),
        lambda: plans.remove(part=plan.strand, strategy=plan.strategy, by=by),
        lambda: measures.add(measure=Measure(code="m"), commitment=plan.first, by=by, reason="r"),
        lambda: measures.link(measure=MeasureFactory(), commitment=plan.first, by=by, reason="r"),
        lambda: measures.remove(link=link, by=by),
        lambda: measures.change(
            measure=link.measure, values=values, seen=stale.token(link.measure, values), by=by, reason="r"
        ),
        lambda: measures.add_target(target=Target(measure=link.measure, code="t"), by=by, reason="r"),
        lambda: measures.change_target(
            target=target, values={"wording": "x"}, seen=stale.token(target, ["wording"]), by=by, reason="r"
        ),
        lambda: measures.remove_target(target=target, by=by),
    ]
    for attempt in tries:
        with pytest.raises(Refusal, match=str(StrategyState(state).label.lower())):
            attempt()


def test_what_stands_is_changed_with_a_reason_that_goes_on_the_ledger(plan, by):
    values = {"title": "Other"}
    seen = stale.token(plan.first, values)
    with pytest.raises(Refusal, match="Say why"):
        plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by)
    plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by, reason="The board asked.")
    assert last_reason("commitments_commitmentevent") == "The board asked."


def test_an_edit_of_what_was_not_seen_is_stale(plan, by):
    values = {"title": "Theirs"}
    seen = stale.token(plan.first, values)
    plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by, reason="r")
    with pytest.raises(stale.Stale):
        plans.change(part=plan.first, strategy=plan.strategy, values={"title": "Mine"}, seen=seen, by=by, reason="r")


def test_the_lead_and_the_overseer_differ(plan, by):
    values = {"overseer_post": plan.first.lead_post}
    seen = stale.token(plan.first, values)
    with pytest.raises(Refusal, match="must be different posts"):
        plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by, reason="r")


def test_a_commitment_stays_out_of_the_strand_of_another_programme(plan, by):
    values = {"strand": StrandFactory(programme__strategy=plan.strategy)}
    seen = stale.token(plan.first, values)
    with pytest.raises(Refusal, match="does not belong"):
        plans.change(part=plan.first, strategy=plan.strategy, values=values, seen=seen, by=by, reason="r")


@pytest.mark.parametrize("part", ["programme", "strand"])
def test_what_hangs_on_a_part_is_named_when_it_cannot_go(part, plan, by):
    Strategy.objects.update(state=DRAFT)
    with pytest.raises(Refusal, match=r"1 commitment|2 commitments"):
        plans.remove(part=getattr(plan, part), strategy=plan.strategy, by=by)


def test_an_empty_part_of_a_draft_goes_and_stays_on_the_ledger(by):
    strategy = StrategyFactory(state=DRAFT)
    programme = ProgrammeFactory(strategy=strategy)
    plans.remove(part=programme, strategy=strategy, by=by)
    assert not Programme.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_label FROM commitments_programmeevent ORDER BY pgh_id")
        assert cursor.fetchall() == [("insert",), ("delete",)]


def test_a_number_is_given_once(plan, by):
    again = Commitment(
        strategy=plan.strategy,
        programme=plan.programme,
        number=1,
        lead_post=plan.first.lead_post,
        overseer_post=plan.first.overseer_post,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        plans.add(part=again, strategy=plan.strategy, by=by, reason="r")


def test_a_new_measure_supports_its_commitment_last_in_order(plan, by):
    CommitmentMeasureFactory(commitment=plan.first, order=4)
    measure = measures.add(measure=Measure(code="m", title="M"), commitment=plan.first, by=by, reason="r")
    assert CommitmentMeasure.objects.get(measure=measure).order == 5


def test_a_shared_measure_stays_as_the_closed_strategy_had_it(plan, by):
    closed = promising(CLOSED)
    measure = MeasureFactory()
    CommitmentMeasureFactory(commitment=plan.first, measure=measure)
    CommitmentMeasureFactory(commitment=closed.commitments.get(), measure=measure)
    values = {"title": "Other"}
    with pytest.raises(Refusal, match="which is closed"):
        measures.change(measure=measure, values=values, seen=stale.token(measure, values), by=by, reason="r")


def test_a_measure_taken_from_its_last_commitment_goes_unless_something_was_promised(by):
    strategy = promising(DRAFT)
    commitment = strategy.commitments.get()
    bare = CommitmentMeasureFactory(commitment=commitment)
    promised = CommitmentMeasureFactory(commitment=commitment)
    TargetFactory(measure=promised.measure)
    measures.remove(link=bare, by=by)
    measures.remove(link=promised, by=by)
    assert list(Measure.objects.all()) == [promised.measure]
