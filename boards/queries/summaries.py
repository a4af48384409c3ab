"""What a summary of decisions and actions says, and who it goes to."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from boards.choices import MEMBERS
from boards.disclosure import numbered
from boards.models import BoardAction, Decision, Meeting
from boards.queries.seats import seats_on
from people.models import Person
from people.queries import holders_on


@dataclass
class Addressee:
    """Somebody the summary goes to: as a member, who gets its link, and for the actions that their post owns."""

    person: Person
    is_member: bool = False
    actions: list[BoardAction] = field(default_factory=list)

    @property
    def standing(self) -> str:
        if not self.is_member:
            return "Owner of an action"
        return "Member, and owner of an action" if self.actions else "Member"


def body_of(meeting: Meeting) -> dict[str, Any]:
    """What was decided and asked for, item by item, as it stands now. Each line has its item's key, which says who may
    read it. Four queries.
    """
    items = list(meeting.items.all())
    numbers = numbered(items)
    decisions = _by_item(
        Decision.objects.standing()
        .filter(meeting=meeting)
        .select_related("board")
        .prefetch_related("effects")
        .order_by("number")
    )
    actions = _by_item(actions_of(meeting))
    return {
        "lines": [
            {
                "item": item.pk,
                "number": numbers[item.pk],
                "title": item.title,
                "decisions": [_decision(each) for each in decisions.get(item.pk, ())],
                "actions": [_action(each) for each in actions.get(item.pk, ())],
            }
            for item in items
            if item.pk in decisions or item.pk in actions
        ]
    }


def actions_of(meeting: Meeting) -> list[BoardAction]:
    """The actions that the meeting raised, by their number. One query."""
    return list(BoardAction.objects.filter(meeting=meeting).select_related("board", "owner_post").order_by("number"))


def addressees(meeting: Meeting, on: dt.date) -> list[Addressee]:
    """The members of the day, and whoever holds a post that owns an action of the meeting. Four queries."""
    found: dict[int, Addressee] = {}
    for line in seats_on([meeting.board_id], on, *MEMBERS).get(meeting.board_id, []):
        person = line.membership.person or (line.tenure.person if line.tenure else None)
        if person:
            found.setdefault(person.pk, Addressee(person)).is_member = True
    actions = actions_of(meeting)
    held = holders_on({each.owner_post_id for each in actions}, on) if actions else {}
    for action in actions:
        if tenure := held.get(action.owner_post_id):
            found.setdefault(tenure.person_id, Addressee(tenure.person)).actions.append(action)
    return list(found.values())


def _by_item(rows: Iterable) -> dict[int, list]:
    found: dict[int, list] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)
    return found


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "key": row.pk,
        "reference": row.reference,
        "kind": row.kind,
        "text": row.text,
        "to_ratify": row.needs_ratification,
        "did": [effect.sentence for effect in row.effects.all()],
    }


def _action(row: BoardAction) -> dict[str, Any]:
    return {
        "key": row.pk,
        "reference": row.reference,
        "text": row.text,
        "owner": str(row.owner_post),
        "held_by": row.owner_name,
        # As the meeting asked for it. Another date is a matter of the log of actions.
        "due": row.original_due.isoformat(),
    }
