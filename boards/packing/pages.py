"""A file's manifest as a pack for kit.pdf_join: cover, what changed, agenda, items with front sheets, papers.

Reads nothing but the manifest, so that the same manifest gives the same pages.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from boards.choices_papers import AudienceKind, Marking, PackKind
from boards.packing.item_parts import action_log, front_sheet, minutes_parts
from boards.packing.manifest import fingerprint, highest_marking, papers_in, to_follow
from boards.packing.progress import progress_parts
from kit.pdf_join import Cover, Own, Pack, Paper, Section
from kit.reports import Part, heading, listing, note, prose, table

Data = dict[str, Any]
Source = Callable[[str], Path]
AGENDA, CHANGED = "agenda", "changed"
NO_PDF = "This paper is a Word document, and there is no PDF of it to put here. Read it with the pack on the service."
TO_FOLLOW = "Paper to follow"
KEEP = "Do not pass it on: the secretariat sends each reader the copy that is theirs."


def pack_of(manifest: Data, source: Source) -> Pack:
    """The pack. `source` finds the PDF of a paper by the key of its file."""
    meeting = manifest["meeting"]
    inside = [item for item in manifest["items"] if item["inside"]]
    marking = highest_marking([paper for paper in papers_in(inside) if paper["inside"]])
    supplement = manifest["kind"] == PackKind.SUPPLEMENT
    return Pack(
        title=title_of(manifest),
        board=meeting["board"],
        meeting=meeting["day"],
        cover=_cover(manifest, marking),
        front=_front(manifest),
        sections=[*_agenda(manifest), *(_item(item, source) for item in _listed(manifest))],
        marking=marked(marking),
        double_sided=manifest["double_sided"],
        page_prefix=f"S{manifest['number']}-" if supplement else "",
    )


def title_of(manifest: Data) -> str:
    """What the file calls itself."""
    return f"{_what(manifest)}, {manifest['meeting']['board']}, {manifest['meeting']['day']}"


def marked(key: str) -> str:
    """The words of a marking; empty where there is none."""
    return Marking(key).label if key else ""


def item_key(item: Data) -> str:
    """What the section of an item is called in the file's body."""
    return f"item-{item['key']}"


def paper_key(paper: Data) -> str:
    """The same for a paper."""
    return f"paper-{paper['key']}"


def edition_words(manifest: Data) -> str:
    """ "Edition 2 of 1 February 2022. It replaces edition 1 of 27 January 2022."."""
    since = manifest["since"]
    said = f"Edition {manifest['number']}, made on {manifest['made_on']}."
    if since is None:
        return said
    if manifest["kind"] == PackKind.SUPPLEMENT:
        return f"{said} It holds only what is new since edition {since['number']} of {since['day']}: read both."
    return f"{said} It replaces edition {since['number']} of {since['day']}."


def _what(manifest: Data) -> str:
    return "Supplement to the pack" if manifest["kind"] == PackKind.SUPPLEMENT else "Meeting pack"


def _cover(manifest: Data, marking: str) -> Cover:
    meeting = manifest["meeting"]
    facts = [
        ("When", f"{meeting['weekday']} {meeting['day']}, {meeting['starts']} to {meeting['ends']}"),
        ("Where", meeting["place"] or "To be announced"),
        ("Copy", manifest["audience"]["label"]),
    ]
    if marking:
        facts.append(("Highest marking inside", marked(marking)))
    parts = [prose(edition_words(manifest)), note(f"{_for_whom(manifest)} {KEEP}")]
    parts.append(prose(f"Fingerprint of what it was made from: {fingerprint(manifest)[:16]}"))
    return Cover(title=_what(manifest), facts=facts, parts=parts)


def _for_whom(manifest: Data) -> str:
    audience = manifest["audience"]
    if audience["kind"] == AudienceKind.PERSON:
        return f"This copy was made for {audience['label']}."
    if audience["kind"] == AudienceKind.FULL:
        return "This copy leaves nothing out. It is for those who may read every item."
    return f"This copy is for {audience['label'].lower()}."


def _front(manifest: Data) -> list[Section]:
    if manifest["since"] is None:
        return []
    since = f"Since edition {manifest['since']['number']}, circulated on {manifest['since']['day']}:"
    changed = [change["text"] for change in manifest["changed"]]
    parts = [prose(since), listing(changed)] if changed else [prose(f"{since} nothing that is put before you.")]
    return [Section("What changed", source=Own(parts=parts), key=CHANGED, stamp="what changed")]


def _agenda(manifest: Data) -> Iterator[Section]:
    """The order of the day. A supplement has it again only when it changed."""
    told = {change["what"] for change in manifest["changed"]}
    if manifest["kind"] == PackKind.SUPPLEMENT and not told.intersection(("item_new", "item_changed", "numbers")):
        return
    rows = [
        (item["begins"], f"{item['number']}. {item['title']}", item.get("purpose", ""), item.get("presenter", ""))
        for item in manifest["items"]
    ]
    if rows:
        columns = 4 if any(presenter for *_, presenter in rows) else 3
        headings, widths = ["Time", "Item", "Purpose", "Presented by"][:columns], [2, 8, 4, 6][:columns]
        agenda = table(headings, [row[:columns] for row in rows], widths=widths)
        yield Section("Agenda", source=Own(parts=[agenda]), key=AGENDA, stamp="agenda")


def _listed(manifest: Data) -> list[Data]:
    """The items that have a place in the contents: all, or in a supplement those inside."""
    supplement = manifest["kind"] == PackKind.SUPPLEMENT
    return [item for item in manifest["items"] if item["inside"] or not supplement]


def _item(item: Data, source: Source) -> Section:
    papers = [paper for paper in item.get("papers", ()) if paper["inside"]]
    children = [_paper(paper, source) for paper in papers]
    if item["inside"]:
        children += [Section(each["title"], each["reference"], notes=[TO_FOLLOW]) for each in to_follow(item)]
    if item.get("progress"):
        parts = progress_parts(item["progress"])
        children.append(Section("Progress report", source=Own(parts=parts), key=f"progress-{item['key']}"))
    parts = _item_parts(item, papers) if item["inside"] else []
    own = None
    if parts or children:
        facts = [("Purpose", item["purpose"]), ("Time", f"{item['begins']}, {item['minutes']} minutes")]
        facts += [("Presented by", item["presenter"])] if item["presenter"] else []
        own = Own(parts=parts, facts=facts)
    return Section(
        item["title"],
        reference=item["number"],
        source=own,
        children=children,
        key=item_key(item),
        marking=marked(highest_marking(papers)),
    )


def _item_parts(item: Data, papers: Sequence[Data]) -> list[Part]:
    parts = [heading("What the board is asked"), prose(item["note"])] if item["note"].strip() else []
    if item["minutes_of"]:
        parts += minutes_parts(item["minutes_of"], item["parts"])
    parts += action_log(item["actions"])
    return parts + [part for paper in papers for part in front_sheet(paper)]


def _paper(paper: Data, source: Source) -> Section:
    file = paper["file"]
    notes, page = [], None
    if file is None:
        notes.append("Front sheet only")
    elif file["pdf_key"]:
        page = Paper(source(file["pdf_key"]))
    else:
        page = Own(parts=[note(NO_PDF)])
        notes.append("Word document, not in this file")
    return Section(
        paper["title"],
        reference=paper["reference"],
        source=page,
        key=paper_key(paper),
        marking=marked(paper["marking"]),
        late=paper["late"],
        notes=notes,
    )
