"""A breakdown that a closed or superseded strategy has stays as that strategy had it, whatever a workbook says."""

import pytest

from commitments.choices import StrategyState
from commitments.models import Dimension, Group, Measure
from commitments.services import workbook
from tests.commitments.workbook_makers import small_plan, write_folder
from tests.factories.commitments import CommitmentFactory, CommitmentMeasureFactory, StrategyFactory

pytestmark = pytest.mark.django_db
LOCKED = [StrategyState.CLOSED, StrategyState.SUPERSEDED]


def bring_in(tmp_path, sheets, **more):
    return workbook.import_workbook(source=workbook.load_plan(write_folder(tmp_path / "p", sheets)), by=None, **more)


def shared(state: str) -> None:
    """Another measure of the breakdown, in a strategy of its own."""
    commitment = CommitmentFactory(programme__strategy=StrategyFactory(title="The old plan", state=state))
    old = Measure.objects.create(code="old", title="Old", dimension=Dimension.objects.get())
    CommitmentMeasureFactory(commitment=commitment, measure=old)


def told(report) -> list[tuple]:
    return [(each.sheet, each.row, each.column, each.found) for each in report.problems.shown]


@pytest.mark.parametrize("state", LOCKED)
@pytest.mark.parametrize(
    ("sheet", "column", "new"),
    [("dimensions", "title", "Heritage"), ("dimensions", "whole", "everybody"), ("groups", "title", "Other people")],
)
def test_a_shared_breakdown_keeps_its_words(tmp_path, state, sheet, column, new):
    assert bring_in(tmp_path, small_plan()).applied
    shared(state)
    sheets = small_plan()
    sheets[sheet][0][column] = new
    before = list(Dimension.objects.values()), list(Group.objects.values())
    report = bring_in(tmp_path, sheets, reason="New words.")
    assert not report.applied
    assert told(report) == [(sheet, 2, column, new)]
    problem = report.problems.shown[0]
    assert problem.message == f"The breakdown also belongs to The old plan, which is {state.label.lower()}."
    assert small_plan()[sheet][0][column] in problem.accepted
    assert (list(Dimension.objects.values()), list(Group.objects.values())) == before


@pytest.mark.parametrize("state", LOCKED)
def test_a_shared_breakdown_gets_no_new_group(tmp_path, state):
    assert bring_in(tmp_path, small_plan()).applied
    shared(state)
    sheets = small_plan()
    sheets["groups"].append({"dimension": "ethnicity", "code": "new", "title": "New group", "order": "9"})
    report = bring_in(tmp_path, sheets, reason="One more.")
    assert told(report) == [("groups", len(sheets["groups"]) + 1, "code", "new")]
    assert not Group.objects.filter(code="new").exists()


@pytest.mark.parametrize("state", LOCKED)
def test_a_shared_breakdown_that_is_as_it_was_comes_in(tmp_path, state):
    assert bring_in(tmp_path, small_plan()).applied
    shared(state)
    sheets = small_plan()
    sheets["strategy"][0]["summary"] = "Said again."
    assert bring_in(tmp_path, sheets, reason="Said again.").applied


def test_a_breakdown_shared_with_a_strategy_in_force_is_retitled_with_a_reason(tmp_path):
    assert bring_in(tmp_path, small_plan()).applied
    shared(StrategyState.IN_FORCE)
    sheets = small_plan()
    sheets["dimensions"][0]["title"] = "Heritage"
    assert "The old plan" in bring_in(tmp_path, sheets).refusal
    assert bring_in(tmp_path, sheets, reason="New words.").applied
    assert Dimension.objects.get().title == "Heritage"
