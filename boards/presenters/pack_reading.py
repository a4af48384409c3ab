"""A file of a pack as a web page: the same manifest that its PDF was made from. Asks nothing."""

from dataclasses import dataclass, field
from typing import Any

from boards.models import Meeting, PackEdition, PackFile
from boards.packing.item_parts import due_words
from boards.packing.manifest import papers_in, to_follow
from boards.packing.pages import item_key, marked, paper_key
from boards.presenters.packs import address

Data = dict[str, Any]
FRONT = (
    ("purpose", "What it is for"),
    ("recommendation", "Recommendation"),
    ("equality", "Equality implications"),
    ("financial", "Financial implications"),
)


@dataclass(frozen=True)
class PaperPart:
    """A paper with its front sheet; `url` opens its file, and is empty when none was given."""

    reference: str
    title: str
    facts: str
    front: list[tuple[str, str]]
    route: list[list[str]]
    is_late: bool
    url: str = ""
    link: str = ""
    remark: str = ""


@dataclass(frozen=True)
class ItemPart:
    """An item as this audience sees it. Only what is `inside` has more than a title and a time."""

    item: Data
    inside: bool
    facts: str
    pack_page: int = 0
    papers: list[PaperPart] = field(default_factory=list)
    to_follow: list[str] = field(default_factory=list)
    log: list[tuple[str, str, str, str, str]] = field(default_factory=list)


def items(meeting: Meeting, edition: PackEdition, file: PackFile) -> list[ItemPart]:
    """The agenda with what belongs to each item."""
    return [_item(meeting, edition, file, item) for item in file.manifest["items"]]


def paper_in(manifest: Data, key: int) -> Data | None:
    """The paper if it is in the file."""
    inside = [item for item in manifest["items"] if item["inside"]]
    return next((paper for paper in papers_in(inside) if paper["key"] == key and paper["inside"]), None)


def _item(meeting: Meeting, edition: PackEdition, file: PackFile, item: Data) -> ItemPart:
    time = f"{item['minutes']} minutes" if item["minutes"] else ""
    facts = [item["begins"], time, item.get("purpose", ""), item.get("presenter", "")]
    said = " · ".join(filter(None, facts))
    if not item["inside"]:
        return ItemPart(item, False, said)
    return ItemPart(
        item,
        True,
        said,
        pack_page=file.body.get(item_key(item), {}).get("first", 0),
        papers=[_paper(meeting, edition, file, paper) for paper in item["papers"] if paper["inside"]],
        to_follow=[f"{each['reference']} {each['title']}" for each in to_follow(item)],
        log=[
            (line["reference"], line["text"], line["owner"], due_words(line), line["state"]) for line in item["actions"]
        ],
    )


def _paper(meeting: Meeting, edition: PackEdition, file: PackFile, paper: Data) -> PaperPart:
    given, place = paper["file"], file.body.get(paper_key(paper), {})
    facts = [paper["author"], marked(paper["marking"])]
    url = link = remark = ""
    if given:
        url = address("pack_paper", meeting, edition.number, file.pk, paper["key"])
        if not given["pdf_key"]:
            link = "Word document"
        elif place.get("included", True):
            pages = place.get("pages") or given["pages"] or 0
            link = f"PDF, {pages} page{'' if pages == 1 else 's'}, pack page {place.get('first', '')}"
            remark = "" if place.get("tagged", True) else "Not tagged: hard to use with a screen reader."
        else:
            link, remark = "PDF", "It could not be put into the pack."
    return PaperPart(
        reference=paper["reference"],
        title=paper["title"],
        facts=" · ".join(filter(None, facts)),
        front=[(label, paper[key]) for key, label in FRONT if paper[key].strip()],
        route=paper["route"],
        is_late=paper["late"],
        url=url,
        link=link,
        remark=remark,
    )
