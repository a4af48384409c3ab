"""Everybody sees the rounds that opened and what was signed off. The strategy team runs them."""

from tests.doors.words import NOBODY, SIGNED_IN, TEAM, Answer, Door

SAID = {"planned": "planned", "opened": "open", "round_closed": "closed"}

ROUNDS = (
    Door("monitoring:dashboards", "Dashboards", query="?all=yes"),
    *(
        Door("monitoring:dashboard", "The dashboard of a strategy", place, said)
        for place, said in (
            ("draft", "draft"),
            ("approved", "approved"),
            ("in_force", "in force"),
            ("closed", "closed"),
        )
    ),
    Door("monitoring:rounds", "Rounds"),
    *(Door("monitoring:round", "A round", place, said) for place, said in SAID.items()),
    Door("monitoring:round_new", "Plan a round", opens=TEAM, takes=TEAM),
    *(
        Door(
            f"monitoring:{name}",
            what,
            place,
            SAID[place],
            opens=TEAM if place in right else NOBODY,
            takes=TEAM if place in right else NOBODY,
            then=then,
            send=send,
        )
        for name, what, right, then, send in (
            ("round_edit", "Change a round", ("planned", "opened"), Answer.ASKS, {}),
            ("round_open", "Open a round", ("planned",), Answer.DOES, {"sure": "yes"}),
            ("round_close", "Close a round", ("opened",), Answer.DOES, {"reason": "All are in."}),
        )
        for place in SAID
    ),
    *(
        Door(
            "monitoring:round_chase",
            "Chase",
            place,
            SAID[place],
            opens=TEAM,
            takes=TEAM,
            then=Answer.DOES,
            send={"returns": "0"},
        )
        for place in ("opened", "round_closed")
    ),
    Door("monitoring:returns", "Returns", opens=SIGNED_IN),
)
