"""What is new, changed or gone between two views of an agenda (boards.packing.manifest), in sentences.

Both are views of one audience, so that nothing is said here which that audience may not read.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from boards.disclosure import Sight
from boards.progress_report import undrawn
from kit.working_days import listed

Data = dict[str, Any]
ABOUT_ITEM = {"title": "its title", "purpose": "what it is for", "presenter": "who presents it"} | {
    "note": "what the board is asked",
    "minutes": "how long it takes",
}
FRONT_SHEET = {
    "title": "title",
    "author": "author",
    "marking": "marking",
    "purpose": "purpose",
    "recommendation": "recommendation",
    "equality": "equality implications",
    "financial": "financial implications",
    "route": "governance route",
}
PARTS = {
    "progress": ("the progress report was drawn again", "a progress report was added"),
    "actions": ("the action log has changed", "the action log was added"),
    "parts": ("the minutes put to the board have changed", "minutes were put to the board"),
}
ABOUT_MEETING = {
    "board": "The board is now called {}.",
    "day": "The meeting moved to {weekday} {day}.",
    "starts": "The meeting starts at {}.",
    "ends": "The meeting ends at {}.",
    "place": "The meeting is now at {}.",
}


def of_meeting(before: Data, after: Data) -> list[Data]:
    """What changed of the meeting itself."""
    return [
        _change("meeting", None, sentence.format(after[key] or "no place that is known yet", **after))
        for key, sentence in ABOUT_MEETING.items()
        if before[key] != after[key]
    ]


def of_items(before: Sequence[Data], after: Sequence[Data], on_agenda: Collection[int]) -> list[Data]:
    """What changed of the agenda. `on_agenda` are the keys of all items there are now, seen or not.

    An item that is still on the agenda and no longer seen is not spoken of.
    """
    was, now = ({item["key"]: item for item in view} for view in (before, after))
    found = [change for item in after for change in _of_item(was.get(item["key"]), item)]
    found += [
        _change("item_gone", item, f"Item {item['number']}, {item['title']}, was taken off the agenda.")
        for key, item in was.items()
        if key not in now and key not in on_agenda
    ]
    moved = [
        f"{item['number']} was {was[key]['number']}"
        for key, item in now.items()
        if key in was and item["number"] != was[key]["number"]
    ]
    if moved:
        found.append(_change("numbers", None, f"Items have other numbers: {listed(moved)}."))
    return found


def _of_item(was: Data | None, item: Data) -> Iterator[Data]:
    name = f"Item {item['number']}, {item['title']}"
    if was is None:
        yield _change("item_new", item, f"{name}, was added.")
        yield from _of_papers([], item)
    elif was["sight"] != item["sight"]:
        fuller = item["sight"] == Sight.WHOLE
        said = "is now put before you" if fuller else "is in this edition with its title only"
        yield _change("item_new" if fuller else "item_changed", item, f"{name}, {said}.")
    elif item["sight"] == Sight.WHOLE:
        different = [words for key, words in ABOUT_ITEM.items() if was[key] != item[key]]
        if different:
            yield _change("item_changed", item, f"{name}: {listed(different)} changed.")
        for key, (again, first) in PARTS.items():
            if was[key] != item[key] and (key != "progress" or undrawn(was[key]) != undrawn(item[key])):
                yield _change("part_changed", item, f"{name}: {again if was[key] else first}.")
        yield from _of_papers(was["papers"], item)
    elif (was["title"], was["minutes"]) != (item["title"], item["minutes"]):
        yield _change("item_changed", item, f"{name}: its title or time changed.")


def _of_papers(before: Sequence[Data], item: Data) -> Iterator[Data]:
    was = {paper["key"]: paper for paper in before}
    now = item.get("papers", ())
    for paper in now:
        name = f"Paper {paper['reference']}, {paper['title']}"
        old = was.get(paper["key"])
        late = ", late" if paper["late"] else ""
        if old is None:
            yield _change("paper_new", item, f"{name}, was added{late}.", paper)
        elif _file(old) != _file(paper):
            why = f" {paper['what_changed'].rstrip('.')}." if paper["what_changed"] else ""
            yield _change("paper_changed", item, f"{name}, has a newer version ({paper['version']}).{why}", paper)
        elif different := [words for key, words in FRONT_SHEET.items() if old[key] != paper[key]]:
            yield _change("paper_changed", item, f"{name}: the front sheet changed ({', '.join(different)}).", paper)
    there = {paper["key"] for paper in now}
    for key, old in was.items():
        if key not in there:
            yield _change("paper_gone", item, f"Paper {old['reference']}, {old['title']}, was taken out.", old)


def _file(paper: Data) -> tuple:
    file = paper["file"] or {}
    return paper["version"], file.get("sha256"), file.get("pdf_sha256")


def _change(what: str, item: Data | None, text: str, paper: Data | None = None) -> Data:
    return {
        "what": what,
        "item": item["key"] if item else None,
        "paper": paper["key"] if paper else None,
        "text": text,
    }
