"""The parts of an item's own pages: front sheets of its papers, the action log, the minutes put to the board."""

from collections.abc import Sequence
from typing import Any

from boards.choices_papers import Marking
from kit.reports import Part, facts, heading, listing, note, prose, table

Data = dict[str, Any]


def front_sheet(paper: Data) -> list[Part]:
    """What stands before a paper: who wrote it, what it asks, where it has been."""
    rows = [("Written by", paper["author"])]
    if paper["marking"]:
        rows.append(("Marking", Marking(paper["marking"]).label))
    if paper["late"]:
        rows.append(("Late", late_words(paper)))
    parts = [heading(f"Front sheet of paper {paper['reference']}: {paper['title']}"), facts(rows)]
    parts += _said("What it is for", paper["purpose"])
    if paper["recommendation"].strip():
        parts += [heading("Recommendation", 2), note(paper["recommendation"])]
    if paper["route"]:
        parts += [heading("Governance route so far", 2), table(["Body", "When", "What it said"], paper["route"])]
    parts += _said("Equality implications", paper["equality"])
    return parts + _said("Financial implications", paper["financial"])


def late_words(paper: Data) -> str:
    """Who let it in late and why; earlier manifests do not say."""
    if not paper.get("permitted_by"):
        return "This paper came late, with the chair’s permission."
    return f"This paper came late. {paper['permitted_by']} permitted it: {paper['permitted_because']}"


def action_log(actions: Sequence[Data]) -> list[Part]:
    """The log, with the first date beside the current one; nothing when there are no actions."""
    if not actions:
        return []
    rows = [(line["reference"], line["text"], line["owner"], due_words(line), line["state"]) for line in actions]
    return [
        heading("Action log"),
        table(["Reference", "Action", "Owner", "Due", "State"], rows, widths=[5, 10, 6, 6, 5]),
    ]


def due_words(line: Data) -> str:
    """ "1 March 2022, first 1 February 2022"."""
    return f"{line['due']}, first {line['first_due']}" if line["first_due"] else line["due"]


def minutes_parts(about: Data, parts: Sequence[Data]) -> list[Part]:
    """Minutes of an earlier meeting, item by item as far as this audience sees them."""
    found = [heading(f"Minutes of {about['day']}"), prose(f"{about['state']}.")]
    for part in parts:
        found.append(heading(f"{part['number']}. {part['title']}", 2))
        if part["text"].strip():
            found.append(prose(part["text"]))
        said = [f"{reference}, {kind.lower()}: {text}" for reference, kind, text in part["decisions"]]
        said += [f"{reference}: {text} {owner}, by {due}." for reference, text, owner, due in part["actions"]]
        if said:
            found.append(listing(said))
    return found


def _said(title: str, text: str) -> list[Part]:
    return [heading(title, 2), prose(text)] if text.strip() else []
