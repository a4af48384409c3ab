"""Everybody reads about meetings. The secretariat runs them; a seat's holder replies and keeps their own interests."""

from collections.abc import Iterator

from tests.doors.words import LEADS, NOBODY, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SEES_ALL: Who = RUNS | {"auditor"}
OWN: Who = RUNS | {"member"}
STATES = {"planned": "still to come", "begun": "that has begun", "held": "that was held"}


def of_meeting(
    name: str, what: str, right: tuple[str, ...], then: Answer = Answer.ASKS, part: str = "", who: Who = RUNS, **more
) -> Iterator[Door]:
    """A form about a meeting: refused in the states in which there is nothing to do."""
    for state, said in STATES.items():
        if part == "_declaration" and state == "planned":
            continue
        may = who if state in right else NOBODY
        yield Door(f"boards:{name}", what, f"at_{state}{part}", said, opens=may, takes=may, then=then, **more)


OPEN = ("planned", "begun")
MEETINGS = (
    *(Door("boards:meeting", "A meeting", f"at_{state}", said) for state, said in STATES.items()),
    *of_meeting("meeting_hold", "Record a meeting as held", ("begun",), Answer.DOES),
    *(
        Door("boards:agenda", "Change an agenda", f"at_{s}", said, opens=RUNS if s in OPEN else NOBODY)
        for s, said in STATES.items()
    ),
    *of_meeting("agenda_order", "Put an agenda in order", OPEN, Answer.ASKS, leads_on=True, send={"version": "1"}),
    *of_meeting("agenda_standing", "Add the standing items", OPEN, Answer.DOES, leads_on=True, send={"version": "1"}),
    *of_meeting("agenda_copy", "Copy from the last meeting", OPEN, Answer.ASKS, leads_on=True, send={"version": "1"}),
    *of_meeting("item_new", "Add an agenda item", OPEN),
    *of_meeting("item_edit", "Change an agenda item", OPEN, part="_item"),
    *of_meeting("item_edit", "Change an agenda item left out for others", OPEN, part="_absent", reach=SEES_ALL),
    *of_meeting("item_remove", "Take an item off", OPEN, Answer.DOES, part="_item", send={"version": "1"}),
    *of_meeting("replies", "Record replies", ("planned",), Answer.DOES),
    *of_meeting(
        "reply", "Reply for a seat", ("planned",), Answer.DOES, "_seat", RUNS | LEADS, send={"reply": "coming"}
    ),
    *of_meeting("attendance", "Record who is there", ("begun",), Answer.DOES),
    *of_meeting("declaration_new", "Record a declaration", OPEN),
    *of_meeting("declaration_remove", "Take a declaration out", OPEN, Answer.DOES, part="_declaration"),
    Door("boards:forward_plan", "Forward plan of a board", "plan"),
    Door("boards:forward_plan_new", "Add to a forward plan", "plan", opens=RUNS, takes=RUNS),
    Door("boards:forward_plan_fill", "Fill agendas", "plan", opens=RUNS, takes=RUNS),
    Door("boards:forward_plan_edit", "Change an entry", "plan_waits", "that waits", opens=RUNS, takes=RUNS),
    Door("boards:forward_plan_edit", "Change an entry", "plan_dropped", "that was dropped", opens=NOBODY, takes=NOBODY),
    Door("boards:forward_plan_drop", "Drop an entry", "plan_waits", "that waits", opens=RUNS, takes=RUNS),
    Door("boards:interests", "Interests of those on a board", "plan"),
    Door("boards:interests_of", "A person’s register of interests", "register", "who sits on a board"),
    Door(
        "boards:interests_of",
        "A person’s register of interests",
        "register_of_nobody",
        "who sits on none",
        reach=RUNS | {"viewer"},
    ),
    Door("boards:interest_new", "Add an interest", "register", opens=OWN, takes=OWN),
    Door("boards:interest_edit", "Change an interest", "register_entry", opens=OWN, takes=OWN),
)
