"""What the replies say beforehand."""

from dataclasses import replace

import pytest

from boards.quorum import Deputies, How, Outlook, Presence, forecast, parse
from tests.boards.quorum.makers import (
    ADVISORY,
    LIVERPOOL,
    POLICIES,
    WESTERN_AUSTRALIA,
    WYRE_FOREST,
    all_but,
    room,
    seats,
)

COUNT = replace(POLICIES, deputies_count=Deputies.COUNT)
LIKELY, UNLIKELY, CANNOT_TELL = Outlook


@pytest.mark.parametrize(
    ("rule", "replies", "outlook", "sentence", "needed"),
    [
        (
            ADVISORY,
            room("ciiiieee", e3="not_known"),
            LIKELY,
            "Likely to be quorate: the chair and 6 other members are coming (5 needed), "
            "2 of them external advisers (2 needed).",
            0,
        ),
        (
            ADVISORY,
            room("ciiiiee", e1="apologies", i1="not_known"),
            UNLIKELY,
            "Unlikely to be quorate: even if everybody who has not replied comes, only 1 of 2 external advisers needed "
            "is coming; Dr 1 has sent apologies.",
            None,
        ),
        (
            ADVISORY,
            room("ciiiiee", c1="apologies"),
            UNLIKELY,
            "Unlikely to be quorate: the chair is not coming; Chair 1 has sent apologies.",
            None,
        ),
        (
            WYRE_FOREST,
            room("ciiii", **all_but("not_known", "c1", "i1", "i2") | {"i3": "apologies"}),
            CANNOT_TELL,
            "Cannot tell yet: quorate if any 2 of the 3 who have not replied come.",
            2,
        ),
        (
            WYRE_FOREST,
            room("ciiii", **all_but("not_known", "c1", "i1") | all_but("apologies", "i2", "i3")),
            CANNOT_TELL,
            "Cannot tell yet: quorate if all 2 who have not replied come.",
            2,
        ),
        (
            WYRE_FOREST,
            room("ciiii", **all_but("not_known", "c1", "i1", "i2")),
            CANNOT_TELL,
            "Cannot tell yet: quorate if any 1 of the 3 who have not replied comes.",
            1,
        ),
        (
            ADVISORY,
            room("ciiiieee", e1="not_known", e2="apologies", c1="not_known"),
            CANNOT_TELL,
            "Cannot tell yet: quorate if all 2 who have not replied come.",
            2,
        ),
        (
            ADVISORY,
            room("ciiiieee", i1="not_known", e1="not_known", e2="not_known"),
            CANNOT_TELL,
            "Cannot tell yet: at least 1 of the 3 who have not replied must come; "
            "still needed: 1 more member and 1 more external adviser.",
            1,
        ),
        (
            ADVISORY,
            room("ciiiiee", e1="not_known"),
            CANNOT_TELL,
            "Cannot tell yet: quorate if Dr 1, who has not replied, comes.",
            1,
        ),
        (
            WESTERN_AUSTRALIA,
            room("cdiiie", c1="apologies", d1="not_known"),
            CANNOT_TELL,
            "Cannot tell yet: quorate if Deputy chair 1, who has not replied, comes.",
            1,
        ),
        (
            LIVERPOOL,
            room("cieee" + "iii", i2="not_known", i3="not_known", i4="not_known"),
            CANNOT_TELL,
            "Cannot tell yet: quorate if none of the 3 who have not replied come.",
            0,
        ),
        (
            LIVERPOOL,
            room("ciee", c1="apologies", i1="not_known"),
            LIKELY,
            None,
            0,
        ),
    ],
)
def test_the_outlook(rule, replies, outlook, sentence, needed):
    found = forecast(rule, POLICIES, replies)
    assert (found.outlook, found.needed) == (outlook, needed)
    if sentence:
        assert found.sentence == sentence


def test_a_choice_between_rules_lists_nothing():
    """There is no one list of what is missing."""
    rule = parse({"any_of": [{"at_least": 3}, {"present": {"categories": ["chair"]}}]})
    found = forecast(rule, POLICIES, room("ciii", **all_but("not_known", "c1", "i1", "i2", "i3")))
    assert found.sentence == "Cannot tell yet: quorate if 1 of the 4 who have not replied comes."


def test_a_vacant_seat_will_not_reply():
    replies = room("ciii", i3="vacant")
    replies[3] = replace(replies[3], how=How.NOT_KNOWN)
    found = forecast(parse({"at_least": 4}), POLICIES, replies)
    assert (found.outlook, found.not_replied) == (UNLIKELY, 0)


def test_a_deputy_who_is_announced_counts():
    replies = room("ciiiiee", e1={"how": How.DEPUTY, "deputy_name": "Sam Poe"})
    assert forecast(ADVISORY, COUNT, replies).outlook is LIKELY
    assert forecast(ADVISORY, POLICIES, replies).sentence == (
        "Unlikely to be quorate: only 1 of 2 external advisers needed is coming; "
        "Sam Poe for Dr 1 is coming, but deputies do not count."
    )


def test_a_large_board_is_told_without_numbers():
    """Twenty posts that the rule names one by one are more than a million ways to come."""
    board = seats("c" + "i" * 20)
    posts = [seat.post for seat in board[1:]]
    rule = parse(
        {
            "all_of": [
                {"at_least": 12},
                *({"any_of": [{"present": {"posts": [post]}}, {"at_least": 19}]} for post in posts[:12]),
            ]
        }
    )
    replies = [Presence(seat, How.NOT_KNOWN) for seat in board]
    found = forecast(rule, POLICIES, replies)
    assert (found.outlook, found.needed, found.not_replied) == (CANNOT_TELL, None, 21)
    assert found.sentence == "Cannot tell yet: 21 have not replied."
    named = forecast(parse({"all_of": [{"present": {"posts": [post]}} for post in posts[:12]]}), POLICIES, replies)
    assert named.sentence.startswith(
        "Cannot tell yet: 21 have not replied; still needed: the Director 1, the Director 2,"
    )
