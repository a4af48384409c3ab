"""What the parts of the example's records find of one another while they are played, and how sheets name things."""

from dataclasses import dataclass, field

from boards.models import AgendaItem, BoardAction, Decision, Meeting, Paper, Referral
from stride import demonstration_steps
from stride.demonstration_steps import Row, day

FOLDER = "stride25-records"


@dataclass
class Kept:
    """What was made so far, by the keys that the sheets use."""

    papers: dict[str, Paper] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    actions: dict[str, BoardAction] = field(default_factory=dict)
    referrals: dict[str, Referral] = field(default_factory=dict)


def rows(name: str) -> list[Row]:
    """A sheet of the records."""
    return demonstration_steps.rows(FOLDER, name)


def meeting_of(row: Row) -> Meeting:
    """The meeting of a row, by its board and day."""
    found = Meeting.objects.select_related("board").exclude(state="cancelled")
    return found.get(board__slug=row["board"], starts_at__date=day(row["day"]))


def item_of(row: Row) -> AgendaItem:
    """The agenda item of a row, by its board, day and title."""
    return meeting_of(row).items.select_related("meeting__board").get(title=row["item"])
