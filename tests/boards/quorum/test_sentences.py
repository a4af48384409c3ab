"""What a finding says, word by word."""

from dataclasses import replace

import pytest

from boards.quorum import (
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Category,
    Deputies,
    How,
    Presence,
    Present,
    Rounding,
    Seat,
    ShareOf,
    Who,
    chair_plus,
    evaluate,
)
from tests.boards.quorum.makers import ADVISORY, LIVERPOOL, POLICIES, WESTERN_AUSTRALIA, WYRE_FOREST, all_but, room

COUNT = replace(POLICIES, deputies_count=Deputies.COUNT)
RECUSED = replace(POLICIES, recused_counts=True)
DEPUTY = {"how": How.DEPUTY, "deputy_name": "Sam Poe"}
TEN = "ciiiieeeee"


@pytest.mark.parametrize(
    ("rule", "policies", "there", "sentence"),
    [
        (
            ADVISORY,
            POLICIES,
            room(TEN, **all_but("apologies", "e3", "e4", "e5")),
            "Quorate: the chair and 6 other members are present (5 needed), 2 of them external advisers (2 needed).",
        ),
        (
            ADVISORY,
            POLICIES,
            room("ciiiiee", e1="apologies"),
            "Not quorate: only 1 of 2 external advisers needed is present; Dr 1 has sent apologies.",
        ),
        (
            ADVISORY,
            COUNT,
            room("ciiiiee", e1="apologies"),
            "Not quorate: only 1 of 2 external advisers needed is present; "
            "Dr 1 has sent apologies (a deputy would count).",
        ),
        (
            ADVISORY,
            COUNT,
            room("ciiiiee", e1=DEPUTY),
            "Quorate: the chair and 6 other members are present (5 needed), 2 of them external advisers (2 needed); "
            "Sam Poe counts for Dr 1.",
        ),
        (
            ADVISORY,
            POLICIES,
            room("ciiiiee", e1=DEPUTY),
            "Not quorate: only 1 of 2 external advisers needed is present; "
            "Sam Poe for Dr 1 is present, but deputies do not count.",
        ),
        (
            ADVISORY,
            COUNT,
            room("ciiiiee", c1=DEPUTY),
            "Not quorate: the chair is not present; Sam Poe for Chair 1 is present, but no deputy may stand in.",
        ),
        (
            ADVISORY,
            POLICIES,
            room("ciiiiee", e1="recused", e2="recused"),
            "Not quorate: only 4 of 5 members needed besides the chair are present; no external adviser is present "
            "(2 needed); Dr 1 and Dr 2 have withdrawn and do not count for this item.",
        ),
        (
            ADVISORY,
            RECUSED,
            room("ciiiiee", e1="recused"),
            "Quorate: the chair and 6 other members are present (5 needed), 2 of them external advisers (2 needed); "
            "Dr 1 has withdrawn and still counts.",
        ),
        (
            ADVISORY,
            POLICIES,
            room("ciiiiee", c1="vacant", e1="not_known", e2="absent"),
            "Not quorate: the chair is not present; only 4 of 5 members needed besides the chair are present; no "
            "external adviser is present (2 needed); Chair 1 is vacant; "
            "Dr 2 is absent; it is not known whether Dr 1 is there.",
        ),
        (
            WESTERN_AUSTRALIA,
            POLICIES,
            room("cdiie", c1="apologies", i1="presiding"),
            "Not quorate: Director 1 presides, but the chair or the deputy chair must; Chair 1 has sent apologies.",
        ),
        (
            WESTERN_AUSTRALIA,
            POLICIES,
            room("cdiie", d1="presiding"),
            "Quorate: 5 members are present (4 needed); Deputy chair 1 presides; "
            "1 external adviser is present (1 needed).",
        ),
        (
            WESTERN_AUSTRALIA,
            POLICIES,
            room("cdiie"),
            "Not quorate: it is not recorded that the chair or the deputy chair presides.",
        ),
        (
            LIVERPOOL,
            RECUSED,
            room("cieee", i1="vacant"),
            "Quorate: 4 members are present (2 needed: a third of 5 members, 1 of them vacant, rounded down, "
            "plus one); 3 of the 4 present are external advisers (2 needed: half of those present, rounded up; "
            "a share of those present can be lost when more members come).",
        ),
        (
            WYRE_FOREST,
            POLICIES,
            room("ciiii", **all_but("absent", "i1", "i2", "i3")),
            "Not quorate: only 2 of 3 members needed are present (half of 5 members, rounded up); "
            "Director 1, Director 2 and Director 3 are absent. Only this item is deferred.",
        ),
        (
            chair_plus(1),
            replace(POLICIES, deputies_count=Deputies.MAY_PRESIDE),
            room("ci", c1=DEPUTY),
            "Quorate: the chair is represented by a deputy and 1 other member is present (1 needed); "
            "Sam Poe counts for Chair 1.",
        ),
        (
            AnyOf((Present(Who((Category.CHAIR,))), Present(Who((Category.DEPUTY_CHAIR,))))),
            POLICIES,
            room("cdi", c1="absent", d1="apologies"),
            "Not quorate: the chair is not present and the deputy chair is not present; "
            "Deputy chair 1 has sent apologies; Chair 1 is absent.",
        ),
        (
            AnyOf((Present(Who((Category.CHAIR,))), Present(Who((Category.DEPUTY_CHAIR,))))),
            POLICIES,
            room("cdi", c1="absent"),
            "Quorate: the deputy chair is present.",
        ),
        (
            chair_plus(3),
            COUNT,
            room("cii", c1="apologies", i1="apologies"),
            "Not quorate: the chair is not present; only 1 of 3 members needed besides the chair is present; "
            "Chair 1 and Director 1 have sent apologies (a deputy would count, but not for the chair).",
        ),
        (
            AtLeast(2, Who(posts=("post-i1", "post-i2"))),
            POLICIES,
            room("ciii", i2="absent"),
            "Not quorate: only 1 of 2 needed from among Director 1 and Director 2 is present; Director 2 is absent.",
        ),
        (
            ShareOf(Base.APPOINTED, 3, 7, Rounding.EXACT),
            POLICIES,
            room("ciiiiiii", i1="vacant"),
            "Quorate: 7 members are present (3 needed: 3 out of 7 of 7 members appointed).",
        ),
        (LIVERPOOL.rules[1], POLICIES, room("cie", **all_but("absent", "c1", "i1", "e1")), None),
    ],
)
def test_the_sentence(rule, policies, there, sentence):
    found = evaluate(rule, policies, there).sentence
    if sentence is None:
        assert found.startswith("Not quorate: nobody is present; Dr 1 is absent.")
    else:
        assert found == sentence


def test_those_who_only_attend_are_in_no_share_and_in_no_sentence():
    there = room("ciiaaa", i1="absent", i2="absent", a1="absent", a2="vacant")
    assert evaluate(WYRE_FOREST, POLICIES, there).sentence == (
        "Not quorate: only 1 of 2 members needed is present (half of 3 members, rounded up); "
        "Director 1 and Director 2 are absent. Only this item is deferred."
    )


def test_what_follows_is_only_said_when_nothing_else_fails():
    rule = AllOf((WYRE_FOREST, AtLeast(4)))
    assert evaluate(rule, POLICIES, room("ciii", i1="absent", i2="absent", i3="absent")).consequence == ""
    assert evaluate(AllOf((WYRE_FOREST, AtLeast(1))), POLICIES, room("cii", i1="absent", i2="absent")).consequence


def test_many_names_are_shortened():
    there = room("c" + "i" * 9, **all_but("apologies", *(f"i{number}" for number in range(1, 10))))
    assert "Director 1, Director 2, Director 3, Director 4, Director 5 and 4 others have sent apologies" in (
        evaluate(AtLeast(3), POLICIES, there).sentence
    )


def test_a_holder_is_named_with_the_post():
    adviser = Seat("1", "Deputy Mayor", Category.EXTERNAL_ADVISER, holder="Ann Roe")
    found = evaluate(AtLeast(1), POLICIES, [Presence(adviser, How.ABSENT)])
    assert found.sentence == "Not quorate: no member is present (1 needed); Ann Roe (Deputy Mayor) is absent."


def test_parts_are_told_apart():
    finding = evaluate(ADVISORY, POLICIES, room("ciiiie"))
    assert [(part.met, part.got, part.needed) for part in finding.parts] == [(True, 1, 1), (True, 5, 5), (False, 1, 2)]
    assert finding.parts[2].sentence == "Only 1 of 2 external advisers needed is present."
    nested = evaluate(AllOf((ADVISORY, WYRE_FOREST)), POLICIES, room("ciiiie"))
    assert [part.met for part in nested.parts] == [False, True]
    assert len(nested.parts[0].parts) == 3


def test_somebody_in_two_seats_counts_once():
    """In the head count and in the membership that a share is taken of."""
    here = room("ciii")
    here[0], here[1] = (replace(each, seat=replace(each.seat, person="17")) for each in here[:2])
    assert not evaluate(AtLeast(4), POLICIES, here).quorate
    assert evaluate(AtLeast(3), POLICIES, here).quorate
    assert not evaluate(chair_plus(3), POLICIES, here).quorate
    assert evaluate(chair_plus(2), POLICIES, here).quorate
    assert "of 3 members" in evaluate(ShareOf(Base.MEMBERSHIP, 1, 1), POLICIES, here).sentence


def test_a_deputy_for_two_counts_once():
    deputy = DEPUTY | {"deputy": "9"}
    there = room("ciii", i1=deputy, i2=deputy)
    assert evaluate(AtLeast(3), COUNT, there).quorate
    assert not evaluate(AtLeast(4), COUNT, there).quorate


def test_nobody_is_present_in_a_vacant_seat():
    there = room("ci")
    there[1] = replace(there[1], seat=replace(there[1].seat, holder=None))
    assert not evaluate(AtLeast(2), POLICIES, there).quorate


def test_plain_text_is_read_as_what_it_names():
    """As it comes out of a database."""
    adviser = Seat("1", "Dr A", "external_adviser", holder="Dr A")
    policies = replace(POLICIES, deputies_count="count")
    assert evaluate(AtLeast(1), policies, [Presence(adviser, "present")]).quorate
    assert evaluate(AtLeast(1), policies, [Presence(adviser, "deputy")]).quorate
    with pytest.raises(ValueError, match="'late'"):
        Presence(adviser, "late")


def test_a_seat_is_given_once():
    with pytest.raises(ValueError, match="A seat is given twice"):
        evaluate(AtLeast(1), POLICIES, [*room("ci"), *room("c")])
