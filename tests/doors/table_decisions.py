"""In the room: the secretariat writes and decides are read by those in the room, and by all once a summary went out."""

from collections.abc import Iterator

from tests.doors.words import LEADS, NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SEES_ALL: Who = RUNS | {"auditor"}
# The lead's post is in the chair, the member's sits beside it.
IN_THE_ROOM: Who = SEES_ALL | LEADS | {"member"}
STATES = {"planned": "still to come", "begun": "that has begun", "held": "that was held", "confirmed": "confirmed"}
OPEN = ("begun", "held")


def written(name: str, what: str, then: Answer) -> Iterator[Door]:
    """A form on the room page: whoever loads its address is led back there."""
    for state, said in STATES.items():
        takes = RUNS if state in OPEN else NOBODY
        one = f"room_{state}_item"
        yield Door(
            f"boards:{name}", what, one, f"at a meeting {said}", opens=takes, takes=takes, then=then, leads_on=True
        )
    yield Door(
        f"boards:{name}",
        what,
        "room_begun_absent",
        "of an item left out for others",
        opens=RUNS,
        takes=RUNS,
        then=then,
        leads_on=True,
        reach=SEES_ALL,
    )


def of_decision(place: str, when: str, reach: Who, corrects: Who, withdraws: Who) -> Iterator[Door]:
    yield Door("boards:decision", "A decision", place, when, reach=reach)
    yield Door(
        "boards:decision_correct", "Correct a decision", place, when, reach=reach, opens=corrects, takes=corrects
    )
    yield Door(
        "boards:decision_withdraw", "Withdraw a decision", place, when, reach=reach, opens=withdraws, takes=withdraws
    )


DECISIONS = (
    *(Door("boards:room", "In the room", f"room_{state}", said, opens=SEES_ALL) for state, said in STATES.items()),
    *written("item_record", "Note what is said on an item", Answer.DOES),
    *written("decide", "Record a decision", Answer.ASKS),
    *written("item_action", "Raise an action in the room", Answer.ASKS),
    Door("boards:decisions", "Decisions of all boards"),
    *of_decision("decision_new", "before the summary went out", IN_THE_ROOM, RUNS, RUNS),
    *of_decision("decision_absent", "on an item left out for others", SEES_ALL, RUNS, RUNS),
    *of_decision("decision_summed_up", "in a summary", SIGNED_IN, RUNS, RUNS),
    *of_decision("decision_carried_out", "that was carried out", SIGNED_IN, RUNS, NOBODY),
    *of_decision("decision_withdrawn", "that was withdrawn", SIGNED_IN, NOBODY, NOBODY),
    *of_decision("decision_confirmed", "in confirmed minutes", IN_THE_ROOM, NOBODY, NOBODY),
    *(Door("boards:summary", "Summary of a meeting", f"room_{state}", said) for state, said in STATES.items()),
    *(
        Door(
            "boards:summary_send",
            "Send a summary",
            f"room_{state}",
            said,
            opens=RUNS if state in OPEN else NOBODY,
            takes=RUNS if state in OPEN else NOBODY,
            then=Answer.DOES,
        )
        for state, said in STATES.items()
    ),
    Door("boards:summary_pdf", "Summary of a meeting as a document", "room_held", "that was summed up"),
    Door("boards:summary_pdf", "Summary of a meeting as a document", "room_begun", "that was not", reach=NOBODY),
)
