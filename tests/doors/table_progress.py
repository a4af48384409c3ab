"""The secretariat chooses the round of a progress report; whoever the item is put before reads it."""

from tests.doors.words import NOBODY, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
SECRET: Who = RUNS | {"auditor"}
READERS: Who = SECRET | {"member"}
STATES = {"progress": "for a meeting to come", "progress_held": "that was held"}

PROGRESS = (
    *(
        Door("boards:progress_preview", "A progress report as it would be drawn now", place, said, reach=READERS)
        for place, said in STATES.items()
    ),
    Door(
        "boards:progress_preview",
        "A progress report as it would be drawn now",
        "progress_secret",
        "of an item left out for others",
        reach=SECRET,
    ),
    Door(
        "boards:progress_preview",
        "A progress report as it would be drawn now",
        "progress_none",
        "of an item without one",
        opens=NOBODY,
        reach=NOBODY,
    ),
    *(
        Door("boards:item_progress", "Choose the round of a progress report", place, said, opens=who, takes=who)
        for place, said, who in (
            ("progress", "for a meeting to come", RUNS),
            ("progress_none", "of an item without one", RUNS),
            ("progress_held", "that was held", NOBODY),
        )
    ),
    Door(
        "boards:item_progress",
        "Choose the round of a progress report",
        "progress_secret",
        "of an item left out for others",
        opens=RUNS,
        takes=RUNS,
        reach=SECRET,
    ),
)
