"""Who sits on a board, and who is there for an item. Plain values: no database, no clock.

Source: DESIGN, section 4 ("Quorum").
"""

from dataclasses import dataclass
from enum import StrEnum


class Category(StrEnum):
    CHAIR = "chair"
    DEPUTY_CHAIR = "deputy_chair"
    INTERNAL = "internal"
    EXTERNAL_ADVISER = "external_adviser"
    STANDING_INVITATION = "standing_invitation"
    ATTENDEE = "attendee"
    SECRETARIAT = "secretariat"


# Members. The others may be in the room, and count for nothing.
COUNTING = frozenset({Category.CHAIR, Category.DEPUTY_CHAIR, Category.INTERNAL, Category.EXTERNAL_ADVISER})
# Whoever sits here leads the meeting, which a deputy may do only where the terms say so.
CHAIRS = frozenset({Category.CHAIR, Category.DEPUTY_CHAIR})


class How(StrEnum):
    """At the meeting, or as replied beforehand: NOT_KNOWN is then somebody who has not replied.

    NOT_YET and LEFT came to the meeting, but not for the item.
    """

    PRESENT = "present"
    DEPUTY = "deputy"
    APOLOGIES = "apologies"
    ABSENT = "absent"
    NOT_YET = "not_yet"
    LEFT = "left"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place on the board on a day.

    key: unique on the board. label: the post's title or the person's name. holder: the name of who holds it that day,
    none when it is vacant. post: the post's code, empty for a member by person. person: a key of the holder; whoever
    sits in two seats counts once.
    """

    key: str
    label: str
    category: Category
    holder: str | None = None
    post: str = ""
    person: str = ""

    def __post_init__(self) -> None:
        # From a database it comes as plain text. Raises ValueError for one that is not known.
        object.__setattr__(self, "category", Category(self.category))

    @property
    def counts(self) -> bool:
        return self.category in COUNTING

    @property
    def vacant(self) -> bool:
        return self.holder is None

    @property
    def name(self) -> str:
        """Jane Roe (Deputy Commissioner), or the label alone where it says all."""
        if self.holder is None or self.holder == self.label:
            return self.label
        return f"{self.holder} ({self.label})"

    @property
    def body(self) -> str:
        """Whom it stands for when people are counted: its holder's key, else the seat itself."""
        return f"person {self.person}" if self.person and not self.vacant else f"seat {self.key}"


@dataclass(frozen=True, slots=True)
class Presence:
    """A seat at the moment of an item. deputy: a key of the deputy as a person, where it is known."""

    seat: Seat
    how: How
    deputy_name: str = ""
    deputy: str = ""
    recused: bool = False
    presiding: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "how", How(self.how))
