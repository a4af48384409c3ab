"""Who sits on a board on a day, with who holds each post that day."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from boards import quorum
from boards.choices import Category
from boards.models import Membership
from people.models import Tenure
from people.queries import holders_on

ORDER = {category: place for place, category in enumerate(Category)}


@dataclass(frozen=True)
class SeatLine:
    """A seat with its holder of the day. A seat by post without a tenure is vacant."""

    membership: Membership
    tenure: Tenure | None
    deputy_tenure: Tenure | None

    @property
    def holder(self) -> str:
        """The holder's name; empty when the post is vacant."""
        if self.membership.person:
            return self.membership.person.name
        return self.tenure.person.name if self.tenure else ""

    @property
    def url(self) -> str:
        """The page of the post, or of the person."""
        return (self.membership.post or self.membership.person).get_absolute_url()

    @property
    def deputy(self) -> str:
        """The named deputy: the post with its holder, or the person; empty when there is none."""
        if self.membership.deputy_person:
            return self.membership.deputy_person.name
        if self.membership.deputy_post is None:
            return ""
        held = self.deputy_tenure.person.name if self.deputy_tenure else "vacant"
        return f"{self.membership.deputy_post.title} ({held})"


def seats_on(board_ids: Iterable[int], day: dt.date, *categories: str) -> dict[int, list[SeatLine]]:
    """The seats of the day by board, chair first; only those of the categories when some are given. Two queries."""
    rows = Membership.objects.lasting_on(day).filter(board__in=set(board_ids))
    if categories:
        rows = rows.filter(category__in=categories)
    found: dict[int, list[SeatLine]] = {}
    for line in _lines(rows, day):
        found.setdefault(line.membership.board_id, []).append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (ORDER[line.membership.category], line.membership.label.casefold()))
    return found


def seats_over_time(board_id: int, day: dt.date) -> list[SeatLine]:
    """Every seat there ever was, the newest first, with who holds it on the day. Two queries."""
    return _lines(Membership.objects.filter(board=board_id).order_by("-starts", "-id"), day)


def quorum_seats(lines: Iterable[SeatLine]) -> list[quorum.Seat]:
    """The same seats as the quorum engine knows them."""
    return [_quorum_seat(line) for line in lines]


def _lines(rows, day: dt.date) -> list[SeatLine]:
    seats = list(rows.select_related("post", "person", "deputy_post", "deputy_person"))
    posts = {key for seat in seats for key in (seat.post_id, seat.deputy_post_id) if key}
    held = holders_on(posts, day) if posts else {}
    return [SeatLine(seat, held.get(seat.post_id), held.get(seat.deputy_post_id)) for seat in seats]


def _quorum_seat(line: SeatLine) -> quorum.Seat:
    seat = line.membership
    person = seat.person_id or (line.tenure.person_id if line.tenure else None)
    return quorum.Seat(
        key=str(seat.pk),
        label=seat.label,
        category=quorum.Category(seat.category),
        holder=line.holder or None,
        post=seat.post.code if seat.post else "",
        person=str(person) if person else "",
    )
