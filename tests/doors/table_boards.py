"""Everybody reads about boards that are open, and about sensitive ones who runs, checks or sits on them.

The secretariat keeps boards, members and terms. A draft of terms is for those who run or check, and for members.
"""

from tests.doors.words import NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
RUNS_OR_CHECKS: Who = RUNS | {"auditor"}
OF_SENSITIVE: Who = RUNS_OR_CHECKS | {"member"}
WHY = {"reason": "It was agreed."}

READING = (
    ("board", "A board", ""),
    ("board_history", "What changed of a board", ""),
    ("members", "Members of a board", ""),
    ("terms", "Terms of reference in force", ""),
    ("terms_version", "A version of terms of reference", "_approved"),
    ("terms_compare", "Compare versions of terms of reference", ""),
)
KEEPING = (
    ("board_edit", "Change a board", "", {}, Answer.ASKS),
    ("member_new", "Add a member", "", {}, Answer.ASKS),
    ("member_edit", "Change a seat", "_seat", {}, Answer.ASKS),
    ("member_end", "End a seat", "_seat", {}, Answer.ASKS),
    ("relationship_new", "Add a relationship", "", {}, Answer.ASKS),
    ("relationship_end", "End a relationship", "_relationship", WHY, Answer.DOES),
)
BOARDS_SEEN = (("board", "that is open", SIGNED_IN), ("sensitive", "that is sensitive", OF_SENSITIVE))


def drafts(name: str, what: str, **line) -> tuple[Door, ...]:
    """A page of the draft: who does not see the draft finds nothing."""
    return tuple(
        Door(
            f"boards:{name}",
            what,
            place,
            f"of a board {said}",
            reach=RUNS_OR_CHECKS | {"member"},
            opens=RUNS,
            **({"takes": RUNS} | line),
        )
        for place, said, _ in BOARDS_SEEN
    )


BOARDS = (
    Door("boards:boards", "Boards"),
    Door("boards:board_new", "Add a board", opens=RUNS, takes=RUNS),
    *(
        Door(f"boards:{name}", what, f"{place}{part}", said, reach=reach)
        for name, what, part in READING
        for place, said, reach in BOARDS_SEEN
    ),
    *(
        Door(
            "boards:terms_version",
            "A version of terms of reference",
            f"{place}_draft",
            f"that is a draft, of a board {said}",
            reach=OF_SENSITIVE,
        )
        for place, said, _ in BOARDS_SEEN
    ),
    *(
        Door(f"boards:{name}", what, f"{place}{part}", said, reach=reach, opens=RUNS, takes=RUNS, then=then, send=send)
        for name, what, part, send, then in KEEPING
        for place, said, reach in BOARDS_SEEN
    ),
    Door("boards:terms_new", "Draft terms", "bare", "without a draft", opens=RUNS, takes=RUNS, then=Answer.DOES),
    Door("boards:terms_new", "Draft terms", "board", "with a draft", opens=NOBODY, takes=NOBODY),
    Door(
        "boards:terms_new",
        "Draft terms",
        "sensitive",
        "that is sensitive",
        reach=OF_SENSITIVE,
        opens=NOBODY,
        takes=NOBODY,
    ),
    *drafts("terms_edit", "Sections of a draft of terms", takes=None),
    *drafts("terms_section", "Change a section of a draft of terms", more={"section": "quorum"}),
    *drafts("terms_approve", "Approve terms of reference"),
)
