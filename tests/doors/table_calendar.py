"""Everybody sees when boards meet. The secretariat plans meetings; proposals are for who runs or checks the boards."""

from tests.doors.words import NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SEES_ALL: Who = RUNS | {"auditor"}
SAID = {"proposed": "proposed", "planned": "planned", "held": "held", "cancelled": "cancelled"}
DAY = {"day_day": "20", "day_month": "4", "day_year": "2022", "at": "10am", "minutes": "60"}


def doors_of(name: str, what: str, right: tuple[str, ...], then: Answer, place: str = "sitting", send=None):
    """A form about a meeting: refused in the states in which there is nothing to do."""
    return (
        Door(
            f"boards:{name}",
            what,
            f"{place}_{state}",
            said,
            opens=RUNS if state in right else NOBODY,
            takes=RUNS if state in right else NOBODY,
            then=then,
            send=send or {},
            reach=SEES_ALL if state == "proposed" else SIGNED_IN,
        )
        for state, said in SAID.items()
    )


CALENDAR = (
    Door("boards:calendar", "The calendar of all boards"),
    Door("boards:calendar_file", "The calendar as a file for diaries"),
    Door("boards:map", "The governance map"),
    Door("boards:calendar_propose", "Propose a year of meetings", opens=RUNS, takes=RUNS),
    Door("boards:calendar_proposals", "Proposed meetings", opens=SEES_ALL, takes=RUNS),
    Door("boards:closures", "Closure days", opens=SEES_ALL),
    Door("boards:closure_new", "Add closure days", opens=RUNS, takes=RUNS),
    Door("boards:closure_edit", "Change closure days", "closure", opens=RUNS, takes=RUNS),
    Door("boards:closure_remove", "Remove closure days", "closure", opens=RUNS, takes=RUNS, then=Answer.DOES),
    Door("boards:meeting_new", "Add a meeting", "calendar_board", opens=RUNS, takes=RUNS, then=Answer.DOES, send=DAY),
    *doors_of("meeting_accept", "Accept a proposal", ("proposed",), Answer.DOES),
    *doors_of("meeting_move", "Move a meeting", ("proposed", "planned"), Answer.ASKS),
    *doors_of("meeting_cancel", "Cancel a meeting", ("proposed", "planned"), Answer.DOES, send={"reason": "None"}),
    *doors_of("milestone_met", "Say when a product came", ("planned", "held"), Answer.ASKS, place="deadline"),
)
