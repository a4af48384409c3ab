"""The seats of a meeting: who sits there on its day, what they replied, who came."""

from dataclasses import dataclass

from boards.choices import Category, MeetingState
from boards.models import Attendance, Meeting, Membership
from people.queries import holders_on

ORDER = list(Category.values)


@dataclass(frozen=True)
class Line:
    """One seat. `attendance` is not saved while nobody has answered for it; `deputy` is the deputy that is named."""

    attendance: Attendance
    membership: Membership | None
    deputy: str = ""
    holder_key: str = ""

    @property
    def key(self) -> str:
        return f"seat-{self.membership.pk}" if self.membership else f"row-{self.attendance.pk}"

    @property
    def vacant(self) -> bool:
        return not self.attendance.name


def lines_of(meeting: Meeting) -> list[Line]:
    """Every seat of the day, chair first; of a meeting that was held, what was written then. At most three queries."""
    stored = list(meeting.attendances.select_related("membership", "post", "person", "arrived_for", "left_after"))
    if meeting.state == MeetingState.HELD:
        return _in_order([Line(each, each.membership, holder_key=_written(each)) for each in stored])
    by_seat = {each.membership_id: each for each in stored}
    seats = list(
        meeting.board.memberships.lasting_on(meeting.day).select_related(
            "post", "person", "deputy_post", "deputy_person"
        )
    )
    posts = {key for seat in seats for key in (seat.post_id, seat.deputy_post_id) if key}
    held = holders_on(posts, meeting.day) if posts else {}
    return _in_order([_line(meeting, seat, by_seat.get(seat.pk), held) for seat in seats])


def _line(meeting: Meeting, seat: Membership, stored: Attendance | None, held: dict) -> Line:
    holding = held.get(seat.post_id)
    person = seat.person or (holding.person if holding else None)
    row = stored or Attendance(meeting=meeting, membership=seat)
    # Until it is held, a seat is shown as it is on the day, whatever it was when somebody replied.
    row.category, row.post, row.person = seat.category, seat.post, seat.person
    row.label, row.name = seat.label, person.name if person else ""
    deputising = held.get(seat.deputy_post_id)
    deputy = seat.deputy_person or (deputising.person if deputising else None)
    return Line(row, seat, deputy.name if deputy else "", str(person.pk) if person else "")


def _written(attendance: Attendance) -> str:
    """Two seats of one name are one person."""
    return str(attendance.person_id or attendance.name)


def _in_order(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (ORDER.index(line.attendance.category), line.attendance.label))
