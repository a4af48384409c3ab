"""Referrals are read by who sees the item they come from or one that takes them; the secretariat moves them on."""

from collections.abc import Iterator

from tests.doors.words import LEADS, NOBODY, SIGNED_IN, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SEES_ALL: Who = RUNS | {"auditor"}
STATES = {
    "waiting": "that waits for an agenda",
    "taken": "that was on an agenda",
    "answered": "that was answered",
    "noted": "whose outcome was noted",
    "withdrawn": "that was withdrawn",
    "restricted": "from an item left out for others",
}
WAITS = ("waiting", "restricted")
# The lead's post is in the audience of the restricted item.
READ_BY = {"restricted": SEES_ALL | LEADS}
# The lead's post chairs the one board, the member's the other.
NOTED_BY: Who = SEES_ALL | LEADS | {"member"}


def act(name: str, what: str, right: tuple[str, ...], then: Answer = Answer.ASKS) -> Iterator[Door]:
    """A form about a referral: refused in the states in which there is nothing to do."""
    for state, said in STATES.items():
        may, reach = (RUNS if state in right else NOBODY), READ_BY.get(state, SIGNED_IN)
        yield Door(f"boards:{name}", what, f"referral_{state}", said, opens=may, takes=may, then=then, reach=reach)


REFERRALS = (
    Door("boards:referrals", "Referrals across boards"),
    *(
        Door("boards:referral", "A referral", f"referral_{state}", said, reach=READ_BY.get(state, SIGNED_IN))
        for state, said in STATES.items()
    ),
    Door("boards:referral_new", "Send something to other boards", "referral_from", opens=RUNS, takes=RUNS),
    Door(
        "boards:referral_new",
        "Send something to other boards",
        "referral_from_absent",
        "from an item left out for others",
        opens=RUNS,
        takes=RUNS,
        reach=SEES_ALL | LEADS,
    ),
    *act("referral_receive", "Confirm receipt", (*WAITS,), Answer.DOES),
    *act("referral_place", "Place a referral on an agenda", WAITS),
    *act("referral_answer", "Answer a referral", ("taken",)),
    *act("referral_note", "Record that the outcome was noted", ("answered",)),
    *act("referral_withdraw", "Withdraw a referral", (*WAITS, "taken")),
    Door("boards:notes", "Quarterly notes of a board", "notes_of"),
    Door("boards:note_new", "Write a quarterly note", "notes_of", opens=RUNS, takes=RUNS),
    Door("boards:note", "A quarterly note", "note_issued", reach=NOTED_BY),
    Door("boards:note_pdf", "A quarterly note as a document", "note_issued", reach=NOTED_BY),
)
