"""What is wrong with a rule before anybody meets."""

from dataclasses import replace

import pytest

from boards.quorum import (
    THE_CHAIR,
    AnyOf,
    AtLeast,
    Base,
    Category,
    Present,
    Presides,
    ShareOf,
    Who,
    chair_plus,
    problems,
)
from tests.boards.quorum.makers import ADVISORY, LIVERPOOL, POLICIES, REAL, seats

FILLED = replace(POLICIES, vacancies_count=False)
DEPUTY_CHAIR = Who((Category.DEPUTY_CHAIR,))


@pytest.mark.parametrize("name", REAL)
def test_a_real_rule_has_none_on_a_fitting_board(name):
    assert problems(REAL[name], POLICIES, seats("cdiiiiee")) == []


@pytest.mark.parametrize(
    ("rule", "letters", "found"),
    [
        (ADVISORY, "iiiiiee", ["The rule needs the chair, but the board has no chair."]),
        (chair_plus(4), "ciii", ["The rule needs 4 members besides the chair, but the board has only 3."]),
        (chair_plus(4), "ciiiaaaa", ["The rule needs 4 members besides the chair, but the board has only 3."]),
        (ADVISORY, "ciiiiie", ["The rule needs 2 external advisers, but the board has only 1."]),
        (
            AtLeast(1, Who((Category.EXTERNAL_ADVISER,))),
            "ci",
            ["The rule needs 1 external adviser, but the board has none."],
        ),
        (ShareOf(Base.MEMBERSHIP, 1, 1, plus=1), "cii", ["The rule needs 4 members, but the board has only 3."]),
        (LIVERPOOL, "ciii", ["The rule needs an external adviser, but the board has no such member."]),
        (Presides(DEPUTY_CHAIR), "ci", ["The rule needs the deputy chair, but the board has no such member."]),
        (AnyOf((Present(THE_CHAIR), Present(DEPUTY_CHAIR))), "ci", []),
        (
            AnyOf((Present(THE_CHAIR), Present(DEPUTY_CHAIR))),
            "ii",
            [
                "The rule needs the chair, but the board has no chair.",
                "The rule needs the deputy chair, but the board has no such member.",
            ],
        ),
        (Present(Who(posts=("nobody",))), "ci", ["The rule names the post “nobody”, which is not on the board."]),
        (
            AtLeast(1, besides=Who(posts=("nobody",))),
            "ci",
            ["The rule names the post “nobody”, which is not on the board."],
        ),
        (
            Present(Who(posts=("post-a1",))),
            "cia",
            ["The rule names the Guest 1, who attends but is not a member who counts."],
        ),
    ],
)
def test_what_does_not_fit_the_board(rule, letters, found):
    assert problems(rule, POLICIES, seats(letters)) == found


def test_too_many_vacancies():
    board = [*seats("ci"), *(replace(seat, holder=None) for seat in seats("ciii")[2:])]
    assert problems(chair_plus(2), POLICIES, board) == [
        "No meeting can be quorate while Director 2 and Director 3 are vacant: "
        "only 1 of 2 members needed besides the chair is coming."
    ]
    assert problems(chair_plus(1), POLICIES, board) == []


def test_a_vacancy_only_counts_where_the_policy_says_so():
    board = [*seats("c"), *(replace(seat, holder=None) for seat in seats("cii")[1:])]
    half = ShareOf(Base.MEMBERSHIP, 1, 2)
    assert problems(half, FILLED, board) == []
    assert problems(half, POLICIES, board) == [
        "No meeting can be quorate while Director 1 and Director 2 are vacant: "
        "only 1 of 2 members needed is coming (half of 3 members, 2 of them vacant, rounded up)."
    ]
