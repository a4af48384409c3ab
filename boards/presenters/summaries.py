"""How a summary of decisions and actions reads, line by line as its reader may see it, and what changed since the last.

Asks nothing.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from boards.choices_records import DecisionKind
from boards.models import Meeting, Summary
from boards.presenters import meetings as present_meetings
from boards.presenters.decisions import Tag, tag
from kit import reports
from kit.diff import Segment, word_diff
from kit.fields import in_words
from kit.working_days import moment_in_words

PROVISIONAL = "Provisional until the minutes of the meeting are confirmed."
CONFIRMED = "The minutes of the meeting are confirmed. They are its record."
NOTHING = "There is nothing in it for you to read."
RATIFY = "Subject to ratification."


@dataclass(frozen=True)
class DecisionLine:
    key: int
    reference: str
    tag: Tag
    text: str
    notes: list[str]


@dataclass(frozen=True)
class ActionLine:
    key: int
    reference: str
    text: str
    owner: str
    due: str


@dataclass(frozen=True)
class ItemLine:
    """An item with what was decided and asked for."""

    said: str
    decisions: list[DecisionLine]
    actions: list[ActionLine]


@dataclass(frozen=True)
class Change:
    """What is different from the summary before: new, gone, or other words."""

    reference: str
    what: str
    diff: list[Segment]


def lines(body: Mapping[str, Any], whole: Collection[int]) -> list[ItemLine]:
    """The items that the reader sees whole; of the others there is not a word. `whole` are the keys of those."""
    return [
        ItemLine(
            f"{line['number']}. {line['title']}",
            [_decision(each) for each in line["decisions"]],
            [_action(each) for each in line["actions"]],
        )
        for line in _seen(body, whole)
    ]


def changes(before: Mapping[str, Any], after: Mapping[str, Any], whole: Collection[int]) -> list[Change]:
    """Decision by decision and action by action, of the items that the reader sees whole."""
    old, new = _texts(before, whole), _texts(after, whole)
    found = []
    for reference in [*new, *(each for each in old if each not in new)]:
        if reference not in old:
            found.append(Change(reference, "New", []))
        elif reference not in new:
            found.append(Change(reference, "No longer there: it was withdrawn", []))
        elif old[reference] != new[reference]:
            found.append(Change(reference, "Changed", word_diff(old[reference], new[reference])))
    return found


def sees_all(bodies: Collection[Mapping[str, Any]], whole: Collection[int]) -> bool:
    """Whether nothing of the summaries is kept from the reader, so that even the reason of a new one may be read."""
    return all(line["item"] in whole for body in bodies for line in body["lines"])


def standing(confirmed: bool) -> str:
    """How far it may be relied on."""
    return CONFIRMED if confirmed else PROVISIONAL


def title(meeting: Meeting) -> str:
    """ "Summary of decisions and actions, 8 February 2022"."""
    return f"Summary of decisions and actions, {in_words(meeting.day)}"


def went_out(summary: Summary) -> str:
    """ "1pm on Tuesday 8 February 2022"."""
    return moment_in_words(summary.circulated_at)


def document(summary: Summary, shown: list[ItemLine], confirmed: bool) -> bytes:
    """The PDF of what this reader sees."""
    meeting = summary.meeting
    parts: list[reports.Part] = [reports.note(standing(confirmed))]
    for line in shown:
        parts.append(reports.heading(line.said))
        if line.decisions:
            parts.append(
                reports.table(
                    ["Decision", "Outcome", "What was decided"],
                    [[each.reference, each.tag.word, "\n".join([each.text, *each.notes])] for each in line.decisions],
                    caption="Decisions",
                    widths=[2, 1, 5],
                )
            )
        if line.actions:
            parts.append(
                reports.table(
                    ["Action", "What is to be done", "Owner", "Due by"],
                    [[each.reference, each.text, each.owner, each.due] for each in line.actions],
                    caption="Actions",
                    widths=[2, 4, 2, 2],
                )
            )
    if not shown:
        parts.append(reports.prose(NOTHING))
    return reports.report(
        title(meeting),
        parts,
        above=f"{meeting.board.title} ({meeting.board.code})",
        facts=[
            ("Meeting", present_meetings.when(meeting)),
            ("Number", str(summary.number)),
            ("Went out", went_out(summary)),
        ],
    )


def _seen(body: Mapping[str, Any], whole: Collection[int]) -> list[Mapping[str, Any]]:
    return [line for line in body["lines"] if line["item"] in whole]


def _texts(body: Mapping[str, Any], whole: Collection[int]) -> dict[str, str]:
    """Each decision and action by its reference, in words that can be compared."""
    found: dict[str, str] = {}
    for line in _seen(body, whole):
        for each in line["decisions"]:
            made = _decision(each)
            found[made.reference] = " ".join([f"{made.tag.word}.", made.text, *made.notes])
        for each in line["actions"]:
            asked = _action(each)
            found[asked.reference] = f"{asked.text} {asked.owner}, due by {asked.due}."
    return found


def _decision(data: Mapping[str, Any]) -> DecisionLine:
    notes = [*data["did"], *([RATIFY] if data["to_ratify"] else [])]
    return DecisionLine(data["key"], data["reference"], tag(DecisionKind(data["kind"])), data["text"], notes)


def _action(data: Mapping[str, Any]) -> ActionLine:
    owner = f"{data['owner']} ({data['held_by']})" if data["held_by"] else data["owner"]
    return ActionLine(data["key"], data["reference"], data["text"], owner, in_words(dt.date.fromisoformat(data["due"])))
