"""What somebody sees of an agenda item. One answer for every page, file and pack.

Numbers are the same for everybody: an item that is left out for others has a letter after the number before it (3A), so
that who does not see it finds no gap.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from boards.choices import Outcome, Visibility
from boards.models import AgendaItem, Attendance, AudienceEntry, Declaration
from people.actor import Actor
from people.models import Role

# They run the meeting, or check it.
SEE_ALL_ITEMS = (Role.ADMINISTRATOR, Role.SECRETARIAT, Role.AUDITOR)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Sight(IntEnum):
    """How much of an item: each step shows more than the one before."""

    NOTHING = 0
    COVER_TITLE = 1
    TITLE = 2
    WHOLE = 3


SHOWS = {
    Visibility.VISIBLE: Sight.WHOLE,
    Visibility.TITLE_ONLY: Sight.TITLE,
    Visibility.COVER_TITLE: Sight.COVER_TITLE,
    Visibility.ABSENT: Sight.NOTHING,
}


@dataclass(frozen=True)
class Seen:
    """An item as one reader sees it. Only when it is seen whole may anything but its title and time be shown."""

    item: AgendaItem
    sight: Sight
    number: str = ""

    @property
    def whole(self) -> bool:
        return self.sight is Sight.WHOLE

    @property
    def title(self) -> str:
        if self.sight is Sight.NOTHING:
            return ""
        return self.item.cover_title if self.sight is Sight.COVER_TITLE else self.item.title

    @property
    def said(self) -> str:
        """Its number and the title that this reader sees: "4. The estate"."""
        return f"{self.number}. {self.title}" if self.number else self.title


def seen(item: AgendaItem, actor: Actor) -> Sight:
    """How much of the item the actor sees. Asks nothing when the audience and the meeting's declarations are loaded."""
    if actor.has(*SEE_ALL_ITEMS):
        return Sight.WHOLE
    sight = Sight.WHOLE if _entitled(item, actor) else SHOWS[Visibility(item.visibility)]
    return min(sight, Sight.TITLE) if _withheld(item, actor) else sight


def seen_of(items: Iterable[AgendaItem], actor: Actor) -> list[Seen]:
    """The items of one agenda, in its order, as the actor sees them; those that are left out for them are not there."""
    items = list(items)
    numbers = numbered(items)
    found = [Seen(item, seen(item, actor), numbers[item.pk]) for item in items]
    return [each for each in found if each.sight is not Sight.NOTHING]


def numbered(items: Iterable[AgendaItem]) -> dict[int, str]:
    """The number of each item of an agenda, by its key. All items have to be given, in their order."""
    found: dict[int, str] = {}
    number = left_out = 0
    for item in items:
        if item.visibility == Visibility.ABSENT:
            found[item.pk] = f"{number}{LETTERS[left_out % 26] * (left_out // 26 + 1)}"
            left_out += 1
        else:
            number, left_out = number + 1, 0
            found[item.pk] = str(number)
    return found


def shown_declarations(declarations: Iterable[Declaration], items: Iterable[Seen], actor: Actor) -> list[Declaration]:
    """Those for the whole meeting, for items seen whole, and the actor's own for an item whose title they see."""
    sights = {each.item.pk: each.sight for each in items}
    return [
        each
        for each in declarations
        if each.item_id is None
        or sights.get(each.item_id) is Sight.WHOLE
        or (each.item_id in sights and is_theirs(each.attendance, actor))
    ]


def is_theirs(attendance: Attendance, actor: Actor) -> bool:
    """Whether the seat is the actor's: as a person, or by a post they hold or are a delegate of."""
    return _speaks(actor, attendance.post_id, attendance.person_id)


def _entitled(item: AgendaItem, actor: Actor) -> bool:
    audience: Iterable[AudienceEntry] = item.audience.all()
    return _speaks(actor, item.presenter_post_id, None) or any(
        _speaks(actor, entry.post_id, entry.person_id) for entry in audience
    )


def _withheld(item: AgendaItem, actor: Actor) -> bool:
    """Whoever declared an interest and is not sent the paper does not read what the board is asked."""
    return any(
        each.outcome == Outcome.NOT_SENT and each.item_id in (None, item.pk) and is_theirs(each.attendance, actor)
        for each in item.meeting.declarations.all()
    )


def _speaks(actor: Actor, post_id: int | None, person_id: int | None) -> bool:
    by_person = person_id is not None and person_id == actor.person_id
    return by_person or (post_id is not None and post_id in actor.speaks_for)
