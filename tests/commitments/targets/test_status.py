"""What measures say together: the worst, what most reach, or only counts. Never an average."""

from itertools import product

import pytest

from commitments.targets import Verdict
from commitments.targets.status import of_commitment, of_measure, of_programme
from commitments.targets.verdicts import ORDER, RANK

MET, ON_TRACK, SLIPPING, OFF_TRACK, NO_DATA, NOT_DUE = Verdict


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([], NO_DATA),
        ([NOT_DUE], NOT_DUE),
        ([NOT_DUE, MET], MET),
        ([MET, NO_DATA], NO_DATA),
        ([SLIPPING, NO_DATA], SLIPPING),
        ([MET, ON_TRACK], ON_TRACK),
        ([MET] * 9 + [OFF_TRACK], OFF_TRACK),
    ],
)
def test_a_measure_is_as_good_as_its_worst_target(verdicts, status):
    assert of_measure(verdicts) is status


@pytest.mark.parametrize(
    ("verdicts", "status"),
    [
        ([MET, MET, OFF_TRACK], MET),
        ([MET, ON_TRACK, OFF_TRACK], ON_TRACK),
        ([MET, OFF_TRACK], OFF_TRACK),
        ([MET, NO_DATA, NO_DATA], NO_DATA),
        ([NOT_DUE, NOT_DUE, SLIPPING], SLIPPING),
        ([NOT_DUE], NOT_DUE),
        ([], NO_DATA),
    ],
)
def test_a_commitment_by_majority(verdicts, status):
    assert of_commitment(verdicts, "majority").verdict is status


@pytest.mark.parametrize("rule", ["worst_of", "majority"])
def test_a_better_measure_never_makes_a_worse_commitment(rule):
    for verdicts in product(ORDER, repeat=4):
        now = of_commitment(verdicts, rule).verdict
        for better in ORDER[RANK[verdicts[0]] :]:
            assert RANK[of_commitment((better, *verdicts[1:]), rule).verdict] >= RANK[now]


def test_the_rule_is_said_and_so_are_the_counts():
    status = of_commitment([MET, SLIPPING, SLIPPING], "worst_of")
    assert status.sentence == "Slipping, the worst of its measures. Of 3 measures: 1 met, 2 slipping."
    assert dict(status.counts) == {MET: 1, ON_TRACK: 0, SLIPPING: 2, OFF_TRACK: 0, NO_DATA: 0, NOT_DUE: 0}


def test_without_a_rule_there_are_only_counts():
    status = of_commitment([MET, OFF_TRACK], "none")
    assert (status.verdict, status.sentence) == (None, "Of 2 measures: 1 met, 1 off track.")


def test_a_programme_is_counts():
    assert of_programme([MET, MET, OFF_TRACK]).sentence == "Of 3 commitments: 2 met, 1 off track."
    assert of_programme([]).sentence == "No commitments."
    assert of_programme([MET]).verdict is None


def test_another_rule_is_refused():
    with pytest.raises(ValueError, match="average"):
        of_commitment([MET], "average")
