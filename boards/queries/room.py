"""What the room page shows of a meeting's items besides the agenda: notes, decisions, actions and papers, by item."""

from collections.abc import Iterable
from dataclasses import dataclass

from boards.models import AgendaItem, BoardAction, Decision, ItemRecord, Meeting, Paper
from boards.queries.decisions import is_confirmed, with_ratifier
from boards.queries.papers import papers_of


@dataclass(frozen=True)
class Room:
    """All by the key of the item."""

    records: dict[int, ItemRecord]
    decisions: dict[int, list[Decision]]
    actions: dict[int, list[BoardAction]]
    papers: dict[int, list[Paper]]
    confirmed: bool


def room_of(meeting: Meeting) -> Room:
    """For those who run or check the board, who see every item whole. Nine queries, however many items."""
    decisions = (
        Decision.objects.filter(meeting=meeting)
        .with_ratification()
        .select_related("board")
        .prefetch_related("effects")
        .order_by("number")
    )
    actions = BoardAction.objects.filter(meeting=meeting).select_related("board", "owner_post").order_by("number")
    records = ItemRecord.objects.filter(item__meeting=meeting)
    return Room(
        records={each.item_id: each for each in records},
        decisions=_by_item(with_ratifier(list(decisions))),
        actions=_by_item(actions),
        papers=papers_of(meeting),
        confirmed=is_confirmed(meeting),
    )


def record_of(item: AgendaItem) -> ItemRecord | None:
    """What is noted of one item. One query."""
    return ItemRecord.objects.filter(item=item).first()


def _by_item(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found
