"""Five real rules at their boundaries, with vacancies, deputies and members who have withdrawn."""

from dataclasses import replace

import pytest

from boards.quorum import Deputies, How, ItemRule, evaluate, rule_for
from tests.boards.quorum.makers import (
    ADVISORY,
    CHAIR_IN_PERSON,
    LIVERPOOL,
    NORTHERN_IRELAND,
    POLICIES,
    WESTERN_AUSTRALIA,
    WYRE_FOREST,
    all_but,
    room,
)

COUNT = replace(POLICIES, deputies_count=Deputies.COUNT)
PRESIDE = replace(POLICIES, deputies_count=Deputies.MAY_PRESIDE)
RECUSED = replace(POLICIES, recused_counts=True)
FILLED = replace(POLICIES, vacancies_count=False)
TEN = "ciiiieeeee"  # the advisory board: the Commissioner, four internal members, five external advisers
DEPUTY = {"how": How.DEPUTY, "deputy_name": "Sam Poe"}


@pytest.mark.parametrize(
    ("policies", "who", "quorate"),
    [
        # The boundary: the chair, four internal and one external is one external short.
        (POLICIES, all_but("apologies", "e2", "e3", "e4", "e5"), False),
        (POLICIES, all_but("apologies", "i1", "e3", "e4", "e5"), True),
        (POLICIES, all_but("apologies", "i1", "i2", "e3", "e4", "e5"), False),
        (POLICIES, {"c1": "apologies"}, False),
        # Vacancies change nothing where no share is asked for.
        (POLICIES, all_but("vacant", "i1", "e3", "e4", "e5"), True),
        (POLICIES, all_but("vacant", "i1", "i2", "e3", "e4", "e5"), False),
        # Deputies: for an external adviser, and for the chair.
        (POLICIES, all_but("apologies", "e3", "e4", "e5") | {"e2": DEPUTY}, False),
        (COUNT, all_but("apologies", "e3", "e4", "e5") | {"e2": DEPUTY}, True),
        (COUNT, {"c1": DEPUTY}, False),
        (PRESIDE, {"c1": DEPUTY}, True),
        # Withdrawn from the item.
        (POLICIES, all_but("apologies", "e3", "e4", "e5") | {"e2": "recused"}, False),
        (RECUSED, all_but("apologies", "e3", "e4", "e5") | {"e2": "recused"}, True),
        (POLICIES, {"c1": "recused"}, False),
    ],
)
def test_the_chair_plus_five_members_including_two_external_advisers(policies, who, quorate):
    assert evaluate(ADVISORY, policies, room(TEN, **who)).quorate is quorate


def test_an_adviser_and_the_others_are_not_counted_twice_as_the_five():
    """The five are besides the chair; the two are among the five."""
    assert evaluate(ADVISORY, POLICIES, room("ciiiee")).quorate
    assert not evaluate(ADVISORY, POLICIES, room("ciiee")).quorate
    assert not evaluate(ADVISORY, POLICIES, room("ciieeaaaa")).quorate, "attendees do not count"


def test_the_second_of_joint_chairs_is_one_of_the_members():
    assert evaluate(ADVISORY, POLICIES, room("cciiee")).quorate
    assert evaluate(ADVISORY, POLICIES, room("cciiiee", c1="apologies")).quorate
    assert not evaluate(ADVISORY, POLICIES, room("cciiee", c1="apologies")).quorate


@pytest.mark.parametrize(
    ("policies", "who", "quorate"),
    [
        (POLICIES, {"c1": "presiding"}, True),
        (POLICIES, {"c1": "apologies", "d1": "presiding"}, True),
        (POLICIES, {"c1": "apologies", "d1": "presiding", "i1": "absent"}, False),
        (POLICIES, {"c1": "presiding", "e1": "absent"}, False),
        (POLICIES, {"i1": "presiding"}, False),
        (POLICIES, {}, False),  # the chair is there, and nobody is known to preside
        (POLICIES, {"c1": "vacant", "d1": "presiding"}, True),
        (COUNT, {"c1": DEPUTY | {"presiding": True}}, False),
        (PRESIDE, {"c1": DEPUTY | {"presiding": True}}, True),
        (COUNT, {"c1": "presiding", "e1": DEPUTY}, True),
        # Whoever has withdrawn cannot preside, even where they count.
        (RECUSED, {"c1": {"recused": True, "presiding": True}}, False),
        (RECUSED, {"c1": "recused", "d1": "presiding"}, True),
        (POLICIES, {"c1": "recused", "d1": "presiding", "i1": "recused"}, False),
    ],
)
def test_four_members_with_the_chair_or_deputy_chair_presiding_and_an_independent_one(policies, who, quorate):
    assert evaluate(WESTERN_AUSTRALIA, policies, room("cdiie", **who)).quorate is quorate


@pytest.mark.parametrize(
    ("letters", "who", "policies", "quorate"),
    [
        # A third of 11, rounded down, plus one is 4, and half of those 4 is 2.
        ("ciiiiieeeee", all_but("absent", "i2", "i3", "i4", "i5", "e3", "e4", "e5"), RECUSED, True),
        ("ciiiiieeeee", all_but("absent", "i1", "i2", "i3", "i4", "i5", "e3", "e4", "e5"), RECUSED, False),
        # Of 5, half is 3.
        ("ciiiiieeeee", all_but("absent", "i3", "i4", "i5", "e3", "e4", "e5"), RECUSED, False),
        # Twelve with a vacancy: 5 with it in the membership, 4 without.
        (
            "ciiiiieeeeee",
            {"i1": "vacant"} | all_but("absent", "i3", "i4", "i5", "e3", "e4", "e5", "e6"),
            RECUSED,
            False,
        ),
        (
            "ciiiiieeeeee",
            {"i1": "vacant"} | all_but("absent", "i3", "i4", "i5", "e3", "e4", "e5", "e6"),
            replace(RECUSED, vacancies_count=False),
            True,
        ),
        # A member who withdraws still counts; under the other policy the share of externals is lost.
        ("ciee", {"e2": "recused"}, RECUSED, True),
        ("ciee", {"e2": "recused"}, POLICIES, False),
        # A deputy counts towards the share or not at all.
        ("ciee", {"e2": DEPUTY}, COUNT, True),
        ("ciee", {"e2": DEPUTY}, POLICIES, False),
        ("ciee", all_but("absent", "c1", "i1", "e1", "e2"), RECUSED, False),
    ],
)
def test_a_third_rounded_down_plus_one_and_half_of_those_present_external(letters, who, policies, quorate):
    assert evaluate(LIVERPOOL, policies, room(letters, **who)).quorate is quorate


def test_only_a_failing_external_share_may_be_deferred_once():
    only_share = evaluate(LIVERPOOL, RECUSED, room("ciiee"))
    assert only_share.consequence == "The decision may be deferred once."
    assert only_share.sentence.endswith("when more members come). The decision may be deferred once.")
    both = evaluate(LIVERPOOL, RECUSED, room("ciiiiee", **all_but("absent", "i2", "i3", "i4", "e1", "e2")))
    assert (both.quorate, both.consequence) == (False, "")


@pytest.mark.parametrize(
    ("letters", "who", "policies", "quorate"),
    [
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5"), POLICIES, True),
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5", "i6"), POLICIES, False),
        ("ciiiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5", "i6"), POLICIES, False),  # 3⅓ is 4
        # Nobody is appointed to a vacant seat, whatever the policy for the membership.
        ("ciiiiiiiii", {"i9": "vacant"} | all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5"), POLICIES, True),
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5") | {"i6": DEPUTY}, COUNT, True),
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5") | {"i6": DEPUTY}, POLICIES, False),
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5") | {"i6": "recused"}, POLICIES, False),
        ("ciiiiiiii", all_but("absent", "c1", "i1", "i2", "i3", "i4", "i5") | {"i6": "recused"}, RECUSED, True),
    ],
)
def test_a_third_of_the_members_appointed(letters, who, policies, quorate):
    assert evaluate(NORTHERN_IRELAND, policies, room(letters, **who)).quorate is quorate


def test_an_appointment_also_needs_the_chair_in_person():
    """Of the same meeting, one item is quorate and another is not."""
    kept = [ItemRule("appointment of the chief executive", CHAIR_IN_PERSON)]
    appointment = rule_for(NORTHERN_IRELAND, kept, kind="appointment of the chief executive")
    another = rule_for(NORTHERN_IRELAND, kept, kind="decision")
    without_chair, by_deputy = room("ciiiii", c1="apologies"), room("ciiiii", c1=DEPUTY)
    assert evaluate(another, PRESIDE, without_chair).quorate
    assert evaluate(appointment, PRESIDE, without_chair).sentence == (
        "Not quorate: the chair is not present in person; Chair 1 has sent apologies."
    )
    assert evaluate(another, PRESIDE, by_deputy).quorate
    assert evaluate(appointment, PRESIDE, by_deputy).sentence == (
        "Not quorate: the chair is not present in person; Sam Poe for Chair 1 is present, but no deputy may stand in."
    )
    assert evaluate(appointment, PRESIDE, room("ciiiii")).quorate


@pytest.mark.parametrize(
    ("letters", "who", "policies", "quorate"),
    [
        ("ciiii", all_but("absent", "i1", "i2"), POLICIES, True),  # 2½ is 3
        ("ciiii", all_but("absent", "i1", "i2", "i3"), POLICIES, False),
        ("ciiiii", all_but("absent", "i1", "i2", "i3"), POLICIES, True),
        ("ciiii", {"i4": "vacant"} | all_but("absent", "i1", "i2"), POLICIES, False),
        ("ciiii", {"i4": "vacant"} | all_but("absent", "i1", "i2"), FILLED, True),
        ("ciiii", all_but("absent", "i1", "i2") | {"i3": DEPUTY}, POLICIES, False),
        ("ciiii", all_but("absent", "i1", "i2") | {"i3": DEPUTY}, COUNT, True),
        ("ciiii", all_but("absent", "i1", "i2") | {"i3": "recused"}, POLICIES, False),
        ("ciiii", all_but("absent", "i1", "i2") | {"i3": "recused"}, RECUSED, True),
    ],
)
def test_half_the_membership_with_fractions_rounded_up(letters, who, policies, quorate):
    assert evaluate(WYRE_FOREST, policies, room(letters, **who)).quorate is quorate


def test_where_only_some_items_are_inquorate_only_those_are_deferred():
    finding = evaluate(WYRE_FOREST, POLICIES, room("ciii", i1="recused", i2="recused", i3="absent"))
    assert finding.consequence == "Only this item is deferred."
    assert evaluate(WYRE_FOREST, POLICIES, room("ciii", i3="absent")).consequence == ""
