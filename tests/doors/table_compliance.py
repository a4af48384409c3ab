"""Everybody who sees a board reads how it kept to its terms; all boards at a glance are for who runs or checks them."""

from tests.doors.table_boards import BOARDS_SEEN, OF_SENSITIVE, RUNS_OR_CHECKS
from tests.doors.words import Door

READING = (
    ("compliance", "How a board kept to its terms", ""),
    ("compliance_chart", "The chart of how a board kept to its terms", ""),
    ("compliance_pdf", "The document of how a board kept to its terms", ""),
    ("terms_pdf", "A version of terms of reference as a document", "_approved"),
)

COMPLIANCE = (
    Door("boards:compliance_all", "How all boards kept to their terms", opens=RUNS_OR_CHECKS),
    *(
        Door(f"boards:{name}", what, f"{place}{part}", said, reach=reach)
        for name, what, part in READING
        for place, said, reach in BOARDS_SEEN
    ),
    *(
        Door(
            "boards:terms_pdf",
            "A version of terms of reference as a document",
            f"{place}_draft",
            f"that is a draft, of a board {said}",
            reach=OF_SENSITIVE,
        )
        for place, said, _ in BOARDS_SEEN
    ),
)
