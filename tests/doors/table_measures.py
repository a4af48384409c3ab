"""Everybody reads the figures of what is approved. A measure's owner, its leads and the strategy team give them."""

from tests.doors.words import LEADS, NOBODY, TEAM, Answer, Door, Who

OWNER: Who = frozenset({"member"})
FIGURE = {"period": "2021-07-01", "value": "5", "status": "actual"}

# Whose figures, and who gives them.
GIVES: dict[str, tuple[str, Who]] = {
    "draft": ("of a draft", TEAM),
    "approved": ("of an approved strategy", TEAM | LEADS),
    "in_force": ("of a strategy in force", TEAM | LEADS),
    "owned": ("of a strategy in force, owned by another post", TEAM | LEADS | OWNER),
    "closed": ("of a closed strategy", NOBODY),
    # Who does not reach the draft sees a measure whose strategies are all closed.
    "closed_and_draft": ("of a closed strategy and a draft", TEAM),
}

MEASURES = (
    Door("monitoring:measures", "Measures"),
    Door("monitoring:measures_due", "Figures that are due"),
    Door(
        "monitoring:measures_sheet",
        "Give figures by sheet",
        opens=TEAM | LEADS | OWNER,
        takes=TEAM | LEADS | OWNER,
        send={"figures": "measure,period_starts,period_ends,value\nmeasure-owned,2021-07-01,2021-09-30,5\n"},
    ),
    *(
        Door(f"monitoring:{name}", what, f"{place}_figures", said, more=more)
        for name, what, more in (
            ("measure", "A measure and its figures", {}),
            ("measure_chart", "A chart of a measure", {"kind": "trend"}),
        )
        for place, (said, _) in GIVES.items()
    ),
    *(
        Door(
            "monitoring:measure_record",
            "Record or revise a figure",
            f"{place}_figures",
            said,
            opens=who,
            takes=who,
            then=Answer.DOES,
            send=FIGURE,
        )
        for place, (said, who) in GIVES.items()
    ),
    *(
        Door(f"monitoring:{name}", what, f"{place}_figures", said, opens=who, takes=who)
        for name, what in (
            ("measure_withdraw", "Withdraw a figure"),
            ("measure_expected", "Say when a figure is expected"),
        )
        for place, (said, who) in GIVES.items()
    ),
)
