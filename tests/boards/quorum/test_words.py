"""Rules and policies as terms of reference would put them."""

import pytest

from boards.quorum import (
    THE_CHAIR,
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Category,
    Present,
    Presides,
    Rounding,
    ShareOf,
    Who,
    chair_plus,
    describe,
    describe_policies,
)
from tests.boards.quorum.makers import (
    ADVISORY,
    CHAIR_IN_PERSON,
    LIVERPOOL,
    NORTHERN_IRELAND,
    POLICIES,
    WESTERN_AUSTRALIA,
    WYRE_FOREST,
)

EXTERNAL = Who((Category.EXTERNAL_ADVISER,))
HALF = ShareOf(Base.MEMBERSHIP, 1, 2)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (ADVISORY, "The chair plus five members, including two external advisers"),
        (chair_plus(4), "The chair plus four members"),
        (
            chair_plus(12, (1, Category.INTERNAL), (1, Category.EXTERNAL_ADVISER)),
            "The chair plus 12 members, including one internal member and one external adviser",
        ),
        (
            WESTERN_AUSTRALIA,
            "At least four members; the chair or the deputy chair must preside; and at least one external adviser",
        ),
        (
            LIVERPOOL,
            "At least a third of the membership, rounded down, plus one; "
            "and at least half of those present, rounded up, must be external advisers",
        ),
        (NORTHERN_IRELAND, "At least a third of the members appointed, rounded up"),
        (CHAIR_IN_PERSON, "The chair must be present in person"),
        (WYRE_FOREST, "At least half of the membership, rounded up"),
        (
            AnyOf((Present(THE_CHAIR), AtLeast(2, Who(posts=("dep", "hr"))))),
            "Either the chair must be present, or at least two from among Deputy Commissioner and “hr”",
        ),
        (ShareOf(Base.MEMBERSHIP, 3, 7, Rounding.EXACT), "At least 3 out of 7 of the membership"),
        (
            ShareOf(Base.PRESENT, 1, 2, Rounding.EXACT, among=EXTERNAL),
            "At least half of those present must be external advisers",
        ),
        (
            ShareOf(Base.APPOINTED, 2, 3, among=EXTERNAL),
            "External advisers numbering at least two thirds of the members appointed, rounded up",
        ),
        (AtLeast(3, besides=Who(posts=("dep",))), "At least three members besides the Deputy Commissioner"),
        # A minimum that the chair could be part of is not among the five.
        (
            AllOf((*chair_plus(5).rules, AtLeast(2, Who((Category.CHAIR, Category.INTERNAL))))),
            "The chair must be present; at least five members besides the chair; "
            "and at least two chairs or internal members",
        ),
    ],
)
def test_the_words(rule, words):
    assert describe(rule, {"dep": "Deputy Commissioner"}) == words


def test_the_policies_are_three_sentences():
    assert describe_policies(POLICIES, [CHAIR_IN_PERSON, HALF]) == [
        "Vacant seats count in the membership that a share is taken of.",
        "Deputies do not count towards the quorum.",
        "A member who has withdrawn from an item does not count for it.",
    ]


def test_a_policy_that_makes_no_difference_is_not_said():
    vacancies, deputies, recused = describe_policies(POLICIES, [HALF])
    assert describe_policies(POLICIES, [chair_plus(3)]) == [deputies, recused]
    assert describe_policies(POLICIES, [HALF], deputies_allowed=False) == [vacancies, recused]
    assert describe_policies(POLICIES, [Presides(Who((Category.CHAIR,)))], deputies_allowed=False) == []
