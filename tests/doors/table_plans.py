"""Everybody reads what is approved. The strategy team keeps drafts and what stands; what is closed stays as it was."""

from tests.doors.words import NOBODY, SIGNED_IN, TEAM, Answer, Door

SAID = {"draft": "draft", "approved": "approved", "in_force": "in force", "closed": "closed"}
EDITABLE = ("draft", "in_force", "closed")
REASON = {"reason": "Agreed by the board."}
SURE = {"sure": "yes"}

READING = tuple(
    Door(name, what, f"{state}{part}", SAID[state])
    for name, what, part in (
        ("monitoring:strategy", "A strategy", ""),
        ("commitments:workbook_export", "A strategy as a workbook", ""),
        ("monitoring:programme", "A programme", "_programme"),
        ("monitoring:commitment", "A commitment", "_commitment"),
        ("commitments:strategy_history", "What changed of a strategy", ""),
        ("commitments:commitment_history", "What changed of a commitment", "_commitment"),
        ("commitments:measure_history", "What changed of a measure", "_measure"),
    )
    for state in SAID
)

# name, what, the record, whether only drafts take it
EDITING = tuple(
    Door(
        f"commitments:{name}",
        what,
        f"{state}{part}",
        SAID[state],
        opens=NOBODY if state == "closed" or (removes and state != "draft") else TEAM,
        takes=NOBODY if state == "closed" or (removes and state != "draft") else TEAM,
        then=Answer.DOES if removes else Answer.ASKS,
        send=SURE if removes else {},
    )
    for name, what, part, removes in (
        ("strategy_edit", "Change a strategy", "", False),
        ("programme_new", "Add a programme", "", False),
        ("programme_edit", "Change a programme", "_programme", False),
        ("programme_remove", "Remove a programme", "_empty_programme", True),
        ("strand_new", "Add a strand", "_programme", False),
        ("strand_edit", "Change a strand", "_strand", False),
        ("strand_remove", "Remove a strand", "_empty_strand", True),
        ("commitment_new", "Add a commitment", "", False),
        ("commitment_edit", "Change a commitment", "_commitment", False),
        ("commitment_remove", "Remove a commitment", "_empty_commitment", True),
        ("measure_new", "Add a measure", "_commitment", False),
        ("measure_link", "Use a measure that exists", "_commitment", False),
        ("measure_edit", "Change a measure", "_measure", False),
        ("measure_remove", "Remove a measure", "_measure", True),
        ("target_new", "Add a target", "_measure", False),
        ("target_edit", "Change a target", "_target", False),
        ("target_remove", "Remove a target", "_target", True),
    )
    for state in EDITABLE
)

# A measure of a closed strategy stays as that strategy had it, whoever else uses it.
SHARED = tuple(
    Door(f"commitments:{name}", what, place, "also of a closed strategy", opens=NOBODY, takes=NOBODY)
    for name, what, place in (
        ("measure_edit", "Change a measure", "shared_measure"),
        ("target_new", "Add a target", "shared_measure"),
        ("target_edit", "Change a target", "shared_target"),
        ("target_remove", "Remove a target", "shared_target"),
    )
)

STEPS = tuple(
    Door(
        f"commitments:{name}",
        what,
        place,
        "superseded by one in force" if place == "before" else SAID[place],
        opens=TEAM if place == right else NOBODY,
        takes=TEAM if place == right else NOBODY,
        then=Answer.DOES,
        send=REASON,
    )
    for name, what, right in (
        ("strategy_approve", "Approve a strategy", "draft"),
        ("strategy_into_force", "Bring a strategy into force", "approved"),
        ("strategy_close", "Close a strategy", "in_force"),
        ("strategy_supersede", "Say that a strategy is superseded", "before"),
    )
    for place in (*SAID, *(("before",) if right == "before" else ()))
)

PLANS = (
    Door("commitments:strategies", "Strategies"),
    *READING,
    Door("commitments:strategy_new", "Start a strategy", opens=TEAM, takes=TEAM),
    *EDITING,
    *SHARED,
    *STEPS,
    Door("commitments:workbook_empty", "An empty plan workbook", opens=SIGNED_IN),
    Door("commitments:workbook_upload", "Import a plan workbook", opens=TEAM, takes=TEAM),
)
