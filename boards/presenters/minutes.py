"""How minutes read: on their page and in documents, as one reader may see them. Asks nothing."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from boards.choices import MEMBERS, Category, Presence
from boards.choices_records import DecisionKind, MinutesState
from boards.disclosure import Seen
from boards.models import Meeting, Minutes
from boards.presenters import meetings as present_meetings
from boards.presenters.decisions import Tag, tag
from boards.queries.minutes import Reading
from kit.diff import Segment, word_diff
from kit.fields import in_words
from kit.working_days import moment_in_words

LOOKS = {MinutesState.DRAFT: "warn", MinutesState.CIRCULATED: "accent", MinutesState.CONFIRMED: "good"}
MARKS = {MinutesState.DRAFT: "DRAFT", MinutesState.CIRCULATED: "UNCONFIRMED", MinutesState.CONFIRMED: ""}
SAID = {
    MinutesState.DRAFT: "A draft. Nobody but those who run and check boards reads it.",
    MinutesState.CIRCULATED: "Unconfirmed until the board confirms them at a later meeting.",
    MinutesState.CONFIRMED: "Confirmed by the board. They stay as they are.",
}
NOT_READ = "What was said on it is for those to whom the item was open."
NOT_WRITTEN = "Nothing was noted."
RATIFY = "Subject to ratification."


@dataclass(frozen=True)
class Paragraph:
    """A numbered paragraph ("4.2"): what was discussed, decided or asked for. `label` and `key` name the record."""

    number: str
    kind: str
    text: str
    label: str = ""
    key: int = 0
    tag: Tag | None = None
    notes: Sequence[str] = ()
    said: str = ""

    @property
    def anchor(self) -> str:
        return f"m{self.number.replace('.', '-')}"


@dataclass(frozen=True)
class ItemPart:
    """An item as its reader sees it. Of one that they do not see whole there is its title alone."""

    key: int
    said: str
    whole: bool
    paragraphs: Sequence[Paragraph] = ()
    quorum: str = ""
    inquorate: bool = False


@dataclass(frozen=True)
class Group:
    """People under one heading: "Present"."""

    title: str
    people: Sequence[str]


@dataclass(frozen=True)
class Corrected:
    """A correction with both texts, word by word."""

    about: str
    diff: Sequence[Segment]
    was: str
    becomes: str
    who: str
    because: str


@dataclass(frozen=True)
class View:
    """All of the minutes that one reader sees, in words."""

    title: str
    board: str
    when: str
    state: Tag
    mark: str
    standing: str
    facts: Sequence[tuple[str, str]]
    presided: str
    groups: Sequence[Group]
    declarations: Sequence[str]
    quorum: str
    inquorate: bool
    items: Sequence[ItemPart]
    closed: Sequence[str]
    next: str
    corrections: Sequence[Corrected] = field(default_factory=tuple)


def view(found: Reading) -> View:
    """The minutes in words; everything of an item that the reader does not see whole is left out."""
    minutes, body = found.minutes, found.body
    whole = {each.item.pk for each in found.items if each.whole}
    lines = {line["item"]: line for line in body["items"]}
    shared = _shared([line for key, line in lines.items() if key in whole])
    parts = [_part(each, lines[each.item.pk], shared) for each in found.items if each.item.pk in lines]
    return View(
        title=title(minutes.meeting),
        board=f"{body['board']['title']} ({body['board']['code']})",
        when=_when(body["meeting"]),
        state=state_tag(minutes),
        mark=MARKS[MinutesState(minutes.state)],
        standing=SAID[MinutesState(minutes.state)],
        facts=facts(minutes),
        presided=_presided(body["seats"]),
        groups=_groups(body, found.items),
        declarations=_declarations(body, found),
        quorum=shared or _no_quorum(body),
        inquorate=any(lines[key]["inquorate"] for key in whole if key in lines and lines[key]["quorum"] == shared),
        items=parts,
        closed=[_closed(each) for each in body["closed"] if each["item"] in found.closed],
        next=_when(body["next"]) if body["next"] else "",
        corrections=[_corrected(each) for each in body["corrections"] if each["item"] in whole],
    )


def title(meeting: Meeting) -> str:
    """ "Minutes of the meeting of 8 February 2022"."""
    return f"Minutes of the meeting of {in_words(meeting.day)}"


# To those who read them only once they are confirmed.
OUT_UNREAD = Tag("Not confirmed yet", "outline")


def state_tag(minutes: Minutes | None) -> Tag:
    """Where the minutes stand, always in the same place."""
    if minutes is None:
        return Tag("Not begun", "outline")
    state = MinutesState(minutes.state)
    return Tag(state.label, LOOKS[state])


def facts(minutes: Minutes) -> list[tuple[str, str]]:
    """When they went out, and by which decision they were confirmed."""
    found = []
    if minutes.circulated_at:
        found.append(("Went out", moment_in_words(minutes.circulated_at)))
    if minutes.state == MinutesState.CONFIRMED:
        found.append(("Confirmed on", moment_in_words(minutes.confirmed_at)))
        found.append(("By decision", minutes.confirmed_by.reference))
    return found


def _when(times: Mapping[str, Any]) -> str:
    starts, ends = (dt.datetime.fromisoformat(times[name]) for name in ("starts", "ends"))
    return present_meetings.when(Meeting(starts_at=starts, ends_at=ends, place=times["place"]))


def _presided(seats: Sequence[Mapping[str, Any]]) -> str:
    """Whoever was in the chair."""
    return ", ".join(_person(seat) for seat in seats if seat["presided"])


def _person(seat: Mapping[str, Any]) -> str:
    """ "A. Person, Head of Estates"; a deputy stands before whom they came for."""
    if seat["presence"] == Presence.DEPUTY:
        who = f"{seat['name']}, {seat['label']}" if seat["name"] not in ("", seat["label"]) else seat["label"]
        return f"{seat['deputy']}, for {who}"
    return f"{seat['name']}, {seat['label']}" if seat["name"] not in ("", seat["label"]) else seat["label"]


def _groups(body: Mapping[str, Any], items: Sequence[Seen]) -> list[Group]:
    """Present, deputies, apologies, absent and in attendance; without the seats that were vacant."""
    if not body["recorded"]:
        return []
    seats = [(seat, seat["category"] in {str(each) for each in MEMBERS}) for seat in body["seats"]]

    def listed(presence: str, of_board: bool | None = None) -> list[str]:
        return [
            f"{_person(seat)}{_stay(seat, items)}"
            for seat, is_member in seats
            if seat["presence"] == presence and of_board in (None, is_member)
        ]

    found = [
        Group("Present", [*listed(Presence.PRESENT, True)]),
        Group("Deputies", listed(Presence.DEPUTY)),
        Group("In attendance", listed(Presence.PRESENT, False)),
        Group("Apologies", listed(Presence.APOLOGIES)),
        Group("Absent", listed(Presence.ABSENT)),
    ]
    return [each for each in found if each.people]


def _stay(seat: Mapping[str, Any], items: Sequence[Seen]) -> str:
    """From and until which item, by the items that the reader sees."""
    said = [_role(seat)]
    order = {each.item.pk: each for each in items}
    if each := order.get(seat["from"]):
        said += [f"from item {each.number}"] if each is not items[0] else []
    if each := order.get(seat["until"]):
        said += [f"until item {each.number}"] if each is not items[-1] else []
    said = [word for word in said if word]
    return f" ({', '.join(said)})" if said else ""


def _role(seat: Mapping[str, Any]) -> str:
    if seat["presided"]:
        return "in the chair"
    return "chair" if seat["category"] == Category.CHAIR else ""


def _declarations(body: Mapping[str, Any], found: Reading) -> list[str]:
    said = {each.item.pk: each.said for each in found.items}
    lines = []
    for each in body["declarations"]:
        if each["key"] not in found.declarations:
            continue
        about = f"item {said[each['item']]}" if each["item"] in said else "the whole meeting"
        lines.append(f"{each['who']}, on {about}: {each['what'].strip().rstrip('.')}. {each['outcome']}.")
    return lines


def _shared(lines: Sequence[Mapping[str, Any]]) -> str:
    """The quorum sentence that most of the items share, said once."""
    said = Counter(line["quorum"] for line in lines if line["quorum"]).most_common(1)
    return said[0][0] if said else ""


def _no_quorum(body: Mapping[str, Any]) -> str:
    return "" if body["recorded"] else "It is not recorded yet who was there."


def _part(seen: Seen, line: Mapping[str, Any], shared: str) -> ItemPart:
    if not seen.whole:
        return ItemPart(seen.item.pk, seen.said, whole=False)
    own = line["quorum"] if line["quorum"] != shared else ""
    return ItemPart(
        seen.item.pk,
        seen.said,
        whole=True,
        paragraphs=_paragraphs(line),
        quorum=own,
        inquorate=bool(own) and line["inquorate"],
    )


def _paragraphs(line: Mapping[str, Any]) -> list[Paragraph]:
    made: list[dict[str, Any]] = [{"kind": "said", "text": text} for text in _blocks(line["text"])]
    for each in line["decisions"]:
        notes = [*each["did"], *([RATIFY] if each["to_ratify"] else [])]
        outcome = tag(DecisionKind(each["kind"]))
        made.append(_made("decision", "Decision", each) | {"tag": outcome, "notes": notes})
    for each in line["actions"]:
        owner = f"{each['owner']} ({each['held_by']})" if each["held_by"] else each["owner"]
        said = f"{owner}, due by {in_words(dt.date.fromisoformat(each['due']))}"
        made.append(_made("action", "Action", each) | {"said": said})
    return [Paragraph(number=f"{line['number']}.{place}", **each) for place, each in enumerate(made, start=1)]


def _made(kind: str, word: str, each: Mapping[str, Any]) -> dict[str, Any]:
    return {"kind": kind, "label": f"{word} {each['reference']}", "key": each["key"], "text": each["text"]}


def _blocks(text: str) -> list[str]:
    """Paragraphs are parted by an empty line."""
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def _closed(each: Mapping[str, Any]) -> str:
    return f"{each['reference']}: {each['text']} {each['owner']}"


def _corrected(each: Mapping[str, Any]) -> Corrected:
    at = timezone.localtime(dt.datetime.fromisoformat(each["at"]))
    asked = f"Asked for by {each['asked_by']}. " if each["asked_by"] else ""
    return Corrected(
        about=f"Item {each['number']}",
        diff=word_diff(each["was"], each["becomes"]),
        was=each["was"] or "Nothing",
        becomes=each["becomes"] or "Nothing",
        who=f"{asked}Recorded by {each['by']} on {in_words(at.date())}",
        because=each["because"],
    )
