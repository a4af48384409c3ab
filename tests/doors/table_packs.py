"""The secretariat builds and sends packs, whoever checks boards reads all, others read what was sent to them."""

from tests.doors.words import NOBODY, Answer, Door, Who

RUNS: Who = frozenset({"admin", "secretariat"})
ALL: Who = RUNS | {"auditor"}
SENT: Who = ALL | {"lead", "member"}


def reading(name: str, what: str, place: str, when: str, who: Who, opens: Who | None = None) -> Door:
    """A page for those who have what it is about; nobody else finds it."""
    return Door(f"boards:{name}", what, place, when, opens=who if opens is None else opens, reach=who)


PACKS = (
    reading("pack", "The pack of a meeting", "pack", "that was sent", SENT),
    reading("pack", "The pack of a meeting", "pack_held", "of a meeting that was held", ALL),
    Door(
        "boards:pack_build",
        "Build a pack",
        "pack",
        "that was sent",
        opens=RUNS,
        takes=RUNS,
        then=Answer.DOES,
        send={"kind": "replacement"},
    ),
    Door("boards:pack_build", "Build a pack", "pack_held", "of a meeting that was held", opens=NOBODY, takes=NOBODY),
    reading("pack_building", "Watch a pack being built", "pack_held", "", ALL),
    reading("pack_edition", "An edition", "pack_sent", "that went out", ALL),
    reading("pack_edition", "An edition", "pack_built", "that was built", ALL),
    reading("pack_copies", "Who was sent an edition", "pack_sent", "that went out", ALL),
    Door(
        "boards:pack_circulate",
        "Circulate an edition",
        "pack_built",
        "that was built",
        opens=RUNS,
        takes=RUNS,
        then=Answer.DOES,
        reach=ALL,
    ),
    Door(
        "boards:pack_circulate",
        "Circulate an edition",
        "pack_sent",
        "that went out",
        opens=NOBODY,
        takes=NOBODY,
        reach=ALL,
    ),
    reading("pack_file", "A pack as PDF", "pack_file", "for all members", SENT),
    reading("pack_file", "A pack as PDF", "pack_full", "with an item for the chair only", SENT, SENT - {"member"}),
    reading("pack_file", "A pack as PDF", "pack_built_file", "that was built and not sent", ALL),
    reading("pack_read", "A pack as a web page", "pack_sent", "that went out", SENT),
    reading("pack_read", "A pack as a web page", "pack_built", "that was built and not sent", ALL),
    reading("pack_paper", "A paper as it is in a pack", "pack_paper", "for all members", SENT),
)
