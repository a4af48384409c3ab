"""The secretariat raises actions and records what the board says of them; owners say how they stand.

Those who sit on the board read them; others do once its summary went out. The lead and their delegate contribute.
"""

from collections.abc import Iterator

from tests.doors.words import NOBODY, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
OWNER: Who = frozenset({"overseer"})
HELPS: Who = frozenset({"lead", "delegate"})
INSIDE: Who = RUNS | OWNER | {"auditor"}
READERS: Who = INSIDE | HELPS | {"member"}
STATES = {
    "open": "that is open",
    "proposed": "that is proposed for closure",
    "closed": "that the board closed",
}
STANDING = ("open", "proposed")
MEETINGS = {"met": "that has begun", "coming": "still to come", "confirmed": "whose minutes are confirmed"}


def act(name: str, what: str, states: tuple[str, ...], who: Who, helps: Who = NOBODY) -> Iterator[Door]:
    """A form about an action: refused in the states in which there is nothing to do. Those who help with the open one
    may do it there.
    """
    for state, said in STATES.items():
        may = who if state in states else NOBODY
        may |= helps if state == "open" else NOBODY
        yield Door(f"boards:{name}", what, f"action_{state}", said, opens=may, takes=may, reach=READERS)


BOARD_ACTIONS = (
    Door("boards:actions", "Board actions"),
    Door("boards:actions_chase", "Remind owners of actions", opens=RUNS, takes=RUNS, then=Answer.DOES),
    *(
        Door("boards:action", "A board action", f"action_{state}", said, opens=READERS, reach=READERS)
        for state, said in STATES.items()
    ),
    Door(
        "boards:action",
        "A board action",
        "action_secret",
        "of an item left out for others",
        opens=INSIDE,
        reach=INSIDE,
    ),
    *act("action_update", "Say how an action stands", STANDING, RUNS | OWNER, HELPS),
    *act("action_move", "Move the date of an action", STANDING, RUNS),
    *act("action_park", "Park an action", STANDING, RUNS),
    *act("action_assign", "Give an action to another post", STANDING, RUNS),
    *act("action_propose", "Propose to close an action", ("open",), RUNS | OWNER),
    *act("action_keep_open", "Record that an action is kept open", ("proposed",), RUNS),
    *act("action_close", "Record that an action is closed", STANDING, RUNS),
    *(
        Door(
            "boards:action_new",
            "Raise an action at a meeting",
            f"actions_{name}_item",
            said,
            opens=RUNS if name == "met" else NOBODY,
            takes=RUNS if name == "met" else NOBODY,
        )
        for name, said in MEETINGS.items()
    ),
    *(
        Door(
            "boards:meeting_actions",
            "The action log at a meeting",
            f"actions_{name}",
            said,
            takes=RUNS if name == "met" else NOBODY,
        )
        for name, said in MEETINGS.items()
    ),
)
