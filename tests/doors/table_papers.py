"""The author's post writes a paper, the secretariat runs it, the chair lets it in late; cleared it is for the board."""

from collections.abc import Iterator

from tests.doors.words import NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
AUTHOR: Who = frozenset({"overseer"})
INSIDE: Who = RUNS | AUTHOR | {"auditor"}
READERS: Who = INSIDE | {"lead", "delegate", "member"}
WRITES: Who = RUNS | AUTHOR
STATES = {
    "asked": "that was commissioned",
    "written": "that is written",
    "late": "that is overdue, whose author asked the chair",
    "given": "that was submitted",
    "cleared": "that was cleared",
    "withdrawn": "that was withdrawn",
    "held": "of a meeting that was held",
}
WITH_AUTHOR = ("asked", "written", "late")


def reach(state: str) -> Who:
    return READERS if state == "cleared" else INSIDE


def act(
    name: str, what: str, who: dict[str, Who], then: Answer = Answer.ASKS, more: Who = NOBODY, **send: str
) -> Iterator[Door]:
    """A form about a paper: refused in the states in which there is nothing to do. `more` reach it to answer it."""
    for state, said in STATES.items():
        may = who.get(state, NOBODY)
        yield Door(
            f"boards:{name}",
            what,
            f"paper_{state}",
            said,
            opens=may,
            takes=may,
            then=then,
            send=send,
            reach=reach(state) | (more if may else NOBODY),
        )


def of(states: tuple[str, ...], who: Who) -> dict[str, Who]:
    return dict.fromkeys(states, who)


READ = {"secret": "that was cleared, for an item left out for others"} | STATES
PAPERS = (
    Door("boards:papers", "Papers"),
    Door("boards:meeting_papers", "Papers of a meeting", "papers_board", "still to come"),
    Door("boards:meeting_papers", "Papers of a meeting", "papers_held", "that was held"),
    Door(
        "boards:papers_chase",
        "Chase papers",
        "papers_board",
        "still to come",
        opens=RUNS,
        takes=RUNS,
        then=Answer.DOES,
    ),
    Door("boards:papers_chase", "Chase papers", "papers_held", "that was held", opens=NOBODY, takes=NOBODY),
    Door("boards:paper_new", "Commission a paper", "papers_item", "for a meeting to come", opens=RUNS, takes=RUNS),
    Door("boards:paper_new", "Commission a paper", "papers_item_held", "that was held", opens=NOBODY, takes=NOBODY),
    *(
        Door("boards:paper", "A paper", f"paper_{state}", said, opens=SIGNED_IN, reach=reach(state))
        for state, said in READ.items()
    ),
    *(
        Door("boards:paper_file", "The file of a paper", f"paper_{state}_file", said, reach=reach(state))
        for state, said in READ.items()
    ),
    *act("paper_front", "Fill in a front sheet", of(WITH_AUTHOR, WRITES)),
    *act("paper_route", "Change a governance route", of(WITH_AUTHOR, WRITES)),
    *act("paper_upload", "Add the file of a paper", of(WITH_AUTHOR, WRITES)),
    *act("paper_submit", "Submit a paper", of(("written",), WRITES), Answer.DOES),
    *act("paper_send_back", "Send a paper back", of(("given", "cleared"), RUNS)),
    *act("paper_clear", "Clear a paper", of(("given",), RUNS), Answer.DOES),
    *act("paper_withdraw", "Withdraw a paper", of((*WITH_AUTHOR, "given"), WRITES) | of(("cleared",), RUNS)),
    *act("paper_late_ask", "Ask the chair to let a paper in late", of(WITH_AUTHOR, WRITES)),
    *act(
        "paper_late_permit",
        "Let a paper in late",
        of(("late",), RUNS | {"lead"}),
        more=frozenset({"lead"}),
    ),
)
