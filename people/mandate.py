"""Authority that does not come from a role: a board has decided it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mandate:
    """A recorded decision of a board, for doors that open to whoever records it as they do to those with the role.

    It stands in for the role only: whatever else the door asks, it asks all the same. boards.effects makes them, and
    nothing else does.
    """

    board: str
    decision: str

    @property
    def sentence(self) -> str:
        """ "By decision DB 2021-22/014 of the Delivery board."."""
        return f"By decision {self.decision} of {self.board}."
