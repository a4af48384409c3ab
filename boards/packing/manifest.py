"""What a pack is made from, as plain data. The same manifest gives the same file, byte for byte.

`whole` is everything there is; `seen_by` is what of it one audience sees, and only that can reach their file.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from boards.choices_papers import FileKind, Marking
from boards.disclosure import Sight, numbered
from boards.models import AgendaItem, BoardAction, Meeting, Minutes, Paper
from boards.packing.audience import Sights
from boards.packing.gathering import Gathered
from kit.fields import in_words
from kit.working_days import at_time

Data = dict[str, Any]
FORMAT = 1
ORDER = list(Marking.values)
# What of an item is shown when not all of it is.
LITTLE = ("key", "number", "title", "minutes")
# Lists inside an item whose lines are of items of earlier meetings, each seen or not by itself.
OF_EARLIER = ("actions", "parts")


def fingerprint(data: Data) -> str:
    """The SHA-256 of a manifest: the same whatever order its keys come in."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def of_meeting(meeting: Meeting) -> Data:
    """The meeting itself, as the cover says it."""
    starts, ends = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "key": meeting.pk,
        "board": meeting.board.title,
        "day": in_words(starts.date()),
        "weekday": f"{starts:%A}",
        "starts": at_time(starts.time()),
        "starts_at": starts.isoformat(),
        "ends": at_time(ends.time()),
        "place": meeting.place,
    }


def whole(found: Gathered) -> list[Data]:
    """Every item with all that belongs to it."""
    return [_item(found, item) for item in found.items]


def seen_by(sights: Sights, items: Sequence[Data], starts_at: str) -> list[Data]:
    """The items as somebody with these sights sees them, with their times; nothing else of them is left."""
    view = [_seen(item, Sight(sights.get(item["key"], 0)), sights) for item in items]
    return _timed([item for item in view if item], starts_at)


def papers_in(items: Sequence[Data]) -> list[Data]:
    """All papers of items, in order."""
    return [paper for item in items for paper in item.get("papers", ())]


def to_follow(item: Data) -> Sequence[Data]:
    """Papers that an item waits for; only who sees the item whole is told. Earlier manifests do not say."""
    return item.get("to_follow", ())


def highest_marking(papers: Sequence[Data]) -> str:
    """The key of the highest marking that any of the papers has."""
    return max((paper["marking"] for paper in papers), key=ORDER.index, default="")


def inside(items: Sequence[Data]) -> Sights:
    """What somebody has to see to open a file in which these items are, those of earlier meetings among them."""
    found = {item["key"]: item["sight"] for item in items}
    lines = (line for item in items for key in OF_EARLIER for line in item.get(key, ()))
    return found | {line["item"]: int(Sight.WHOLE) for line in lines}


def _item(found: Gathered, item: AgendaItem) -> Data:
    number = found.numbers[item.pk]
    holding = found.holders.get(item.presenter_post_id)
    presenter = item.presenter_post.title if item.presenter_post else ""
    minutes = found.minutes.get(item.pk)
    return {
        "key": item.pk,
        "number": number,
        "title": item.title,
        "cover_title": item.cover_title,
        "purpose": item.get_purpose_display() + (f": {item.stream}" if item.stream else ""),
        "minutes": item.minutes,
        "presenter": f"{presenter} ({holding.person.name})" if presenter and holding else presenter,
        "note": item.note,
        "papers": [_paper(paper, number) for paper in found.papers.get(item.pk, ())],
        "to_follow": [_to_follow(paper, number) for paper in found.waiting if paper.item_id == item.pk],
        "progress": found.progress.get(item.pk),
        "actions": [_action(action) for action in found.log] if item.standing == "action_log" else [],
        "minutes_of": _minutes_facts(minutes) if minutes else None,
        "parts": _minutes_parts(minutes) if minutes else [],
    }


def _paper(paper: Paper, number: str) -> Data:
    version = paper.newest
    return {
        "key": paper.pk,
        "reference": f"{number}.{paper.number}",
        "title": paper.title,
        "author": paper.author_post.title,
        "marking": paper.marking,
        "late": paper.is_late,
        "permitted_by": paper.late_permitted_name if paper.is_late else "",
        "permitted_because": paper.late_reason if paper.is_late else "",
        "purpose": paper.purpose,
        "recommendation": paper.recommendation,
        "equality": paper.equality,
        "financial": paper.financial,
        "route": [[step.body, in_words(step.on), step.comment] for step in paper.route.all()],
        "version": version.number if version else None,
        "what_changed": version.what_changed if version else "",
        "file": {
            "kind": FileKind(version.kind).label,
            "sha256": version.sha256,
            "key": version.key,
            "pdf_key": version.pack_key,
            "pdf_sha256": version.pack_sha256,
            "pages": version.pages,
            "tagged": version.is_tagged,
        }
        if version
        else None,
    }


def _to_follow(paper: Paper, number: str) -> Data:
    """A paper that is not cleared: no word of it but its title."""
    return {"reference": f"{number}.{paper.number}", "title": paper.title}


def _action(action: BoardAction) -> Data:
    moved = action.due != action.original_due
    state = action.get_state_display()
    if action.state == "open" and action.parked_until:
        state = f"Parked until {in_words(action.parked_until)}"
    return {
        "item": action.item_id,
        "reference": action.reference,
        "text": action.text,
        "owner": action.owner_post.title,
        "first_due": in_words(action.original_due) if moved else "",
        "due": in_words(action.due),
        "state": state,
    }


def _minutes_facts(minutes: Minutes) -> Data:
    return {"day": in_words(minutes.meeting.day), "state": minutes.get_state_display()}


def _minutes_parts(minutes: Minutes) -> list[Data]:
    items = list(minutes.meeting.items.all())
    numbers = numbered(items)
    texts = {part.item_id: part.text for part in minutes.parts.all()}
    return [
        {
            "item": item.pk,
            "number": numbers[item.pk],
            "title": item.title,
            "text": texts.get(item.pk, ""),
            "decisions": [
                [each.reference, each.get_kind_display(), each.text]
                for each in minutes.meeting.taken
                if each.item_id == item.pk
            ],
            "actions": [
                [each.reference, each.text, each.owner_post.title, in_words(each.original_due)]
                for each in minutes.meeting.raised
                if each.item_id == item.pk
            ],
        }
        for item in items
    ]


def _seen(item: Data, sight: Sight, sights: Mapping[int, int]) -> Data | None:
    if sight is Sight.NOTHING:
        return None
    if sight is not Sight.WHOLE:
        title = item["cover_title"] if sight is Sight.COVER_TITLE else item["title"]
        return {**{key: item[key] for key in LITTLE}, "title": title, "sight": int(sight)}
    lists = {key: [line for line in item[key] if sights.get(line["item"]) == Sight.WHOLE] for key in OF_EARLIER}
    return {**item, **lists, "papers": [dict(paper) for paper in item["papers"]], "sight": int(sight)}


def _timed(items: list[Data], starts_at: str) -> list[Data]:
    """Times of the clock over what this audience sees, so that they show no gap."""
    moment = dt.datetime.fromisoformat(starts_at)
    for item in items:
        item["begins"] = at_time(moment.time())
        moment += dt.timedelta(minutes=item["minutes"])
    return items
