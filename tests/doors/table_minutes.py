"""Minutes: the secretariat writes them, the board reads them unconfirmed, and confirmed they are read by all."""

from tests.doors.words import LEADS, NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SEES_ALL: Who = RUNS | {"auditor"}
# The lead's post is in the chair, the member's sits beside it.
ON_THE_BOARD: Who = SEES_ALL | LEADS | {"member"}
STATES = {
    "none": (NOBODY, "that are not begun"),
    "draft": (SEES_ALL, "in draft"),
    "circulated": (ON_THE_BOARD, "that went out"),
    "confirmed": (SIGNED_IN, "that are confirmed"),
}


def only(state: str, wanted: str) -> Who:
    return RUNS if state == wanted else NOBODY


MINUTES = (
    *(Door("boards:minutes", "Minutes of a meeting", f"minutes_{state}", said) for state, (_, said) in STATES.items()),
    *(
        Door(
            "boards:minutes_draft",
            "Begin minutes",
            f"minutes_{state}",
            said,
            opens=only(state, "none"),
            takes=only(state, "none"),
            then=Answer.DOES,
        )
        for state, (_, said) in STATES.items()
    ),
    *(
        Door(
            f"boards:{name}",
            what,
            f"minutes_{state}{tail}",
            said,
            reach=reach,
            opens=only(state, wanted),
            takes=only(state, wanted),
            then=then,
        )
        for name, what, tail, wanted, then in (
            ("minutes_part", "Write a part of minutes", "_item", "draft", Answer.ASKS),
            ("minutes_circulate", "Circulate minutes", "", "draft", Answer.DOES),
            ("minutes_correct", "Correct circulated minutes", "_item", "circulated", Answer.ASKS),
        )
        for state, (reach, said) in STATES.items()
    ),
    *(
        Door(f"boards:{name}", what, f"minutes_{state}", said, reach=reach)
        for name, what in (
            ("minutes_pdf", "Minutes as a document"),
            ("minutes_docx", "Minutes as a Word document"),
        )
        for state, (reach, said) in STATES.items()
    ),
)
