"""What was recorded of a meeting after its minutes went out: it belongs among their corrections, with both texts."""

from collections.abc import Mapping
from typing import Any

from boards.choices_records import DecisionKind
from boards.models import BoardAction, DecisionAct, Minutes


def late_records(minutes: Minutes, numbers: Mapping[int, str]) -> list[dict[str, Any]]:
    """Decisions recorded, corrected or withdrawn, and actions raised, since the minutes went out, oldest first.

    Empty for a draft; otherwise three queries at most.
    """
    if minutes.circulated_at is None:
        return []
    acts = DecisionAct.objects.filter(decision__meeting=minutes.meeting_id)
    found, becomes = [], {}
    # The newest first: what an act left behind is what the next one found.
    for act in acts.select_related("decision__board").order_by("-id"):
        row = act.decision
        now = becomes.get(row.pk) or _words(row.reference, act.to_state, row.text)
        was = ""
        if act.verb == "withdrawn":
            was, now = now, ""
        elif act.verb == "corrected":
            was = _words(row.reference, act.from_state, act.before)
        becomes[row.pk] = was
        if act.at > minutes.circulated_at:
            because = f"{row.reference} was {act.verb}. {act.reason}".strip()
            found.append(_entry(row.item_id, numbers, was, now, because, act.at.isoformat(), act.by_name))
    raised = BoardAction.objects.filter(meeting=minutes.meeting_id, raised_at__gt=minutes.circulated_at)
    for action in raised.select_related("board", "owner_post").prefetch_related("acts"):
        by = next((act.by_name for act in action.acts.all() if act.verb == "raised"), "")
        words = f"{action.reference}: {action.text} {action.owner_post}."
        said = f"{action.reference} was raised."
        found.append(_entry(action.item_id, numbers, "", words, said, action.raised_at.isoformat(), by))
    return sorted(found, key=lambda each: each["at"])


def _words(reference: str, kind: str, text: str) -> str:
    return f"{reference}, {DecisionKind(kind).label.lower()}: {text}"


def _entry(item: int, numbers: Mapping[int, str], was: str, becomes: str, because: str, at: str, by: str) -> dict:
    return {
        "item": item,
        "number": numbers[item],
        "was": was,
        "becomes": becomes,
        "asked_by": "",
        "because": because,
        "at": at,
        "by": by,
    }
