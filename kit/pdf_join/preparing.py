"""A paper made ready for any pack: cleaned, its tags in order, its objects as text that only lacks their numbers.

What is ready depends on the paper alone, never on the pack, so it can be kept beside the paper and used again.
"""

import io
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, String

from kit.pdf_join import freezing, hooks, papers, tags
from kit.pdf_join.freezing import Frozen, Text
from kit.pdf_join.names import LINK
from kit.pdf_join.papers import Opened, box, turned

# Names of what is written apart: a link that gets its tag in the pack, an element that gets its Part.
UNTAGGED, PARENT = "untagged", "/P"
# Written anew for every pack, so not part of the page's text.
OURS = ("/Parent", "/Contents", "/Annots", "/Tabs", "/StructParents", "/Type")


@dataclass(frozen=True)
class Leaf:
    """A page: its number and text, its contents and links, its key in the tags (-1: none), what is seen of it.

    `ending` makes the names of the stamps' fonts free on it; `readable` says whether there are letters on it.
    """

    number: int
    text: Text
    contents: list[int]
    links: list[int]
    key: int
    box: tuple[float, float, float, float]
    turned: int
    ending: str
    readable: bool


@dataclass(frozen=True)
class Apart:
    """An object that needs more than a number: `ending` of fonts, `key` in the tags under `name`, a place to go."""

    number: int
    text: Text
    stream: bytes | None = None
    ending: str = ""
    name: str = ""
    key: int = -1
    go: str = ""


@dataclass
class Prepared:
    """All that a pack needs of a paper. Numbers are counted in the paper."""

    tagged: bool
    lang: str
    problems: list[str]
    frozen: Frozen
    pages: list[Leaf]
    apart: list[Apart] = field(default_factory=list)
    part: int = 0
    kids: Text = field(default_factory=lambda: Text(b"", []))
    parents: list[int] = field(default_factory=list)
    ids: list[tuple[str, int]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    spaces: list[int] = field(default_factory=list)
    layers: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    # Of our own pages: the elements of the first level, each with the page that it begins on.
    tops: list[tuple[int, int]] = field(default_factory=list)


def prepare(data: bytes, *, own: bool = False) -> Prepared:
    """Read the paper and make it ready. `own` pages keep their links by key. Raises papers.Unreadable."""
    paper = papers.opened(data)
    papers.clean(paper, own=own)
    pdf, lang = paper.pdf, paper.lang
    paper.annotations = [[freezing.indirect(pdf, link) for link in found] for found in paper.annotations]
    held = tags.of(paper, own=own) if paper.tagged else tags.Held()
    if not paper.tagged:
        _without_tags(paper)
    drafts = [_Draft(page, links) for page, links in zip(paper.pages, paper.annotations, strict=True)]
    shared = {draft.resources.objgen: draft for draft in drafts if draft.resources.is_indirect}
    keyed, goes = _keyed(paper, held), _addresses(paper) if own else {}
    keyed |= {objgen: (link, "", -1) for objgen, (link, _) in goes.items() if objgen not in keyed}
    groups, hidden = papers.layers(paper)
    for draft in drafts:
        draft.strip()
    data, at = _settled(
        pdf,
        {
            "pages": paper.pages,
            "contents": [draft.contents for draft in drafts],
            "links": paper.annotations,
            "resources": [draft.resources for draft in shared.values()],
            "keyed": [holder for holder, _, _ in keyed.values()],
            "parents": held.parents,
            "ids": [element for _, element in held.ids],
            "classes": [value for _, value in held.classes],
            "spaces": held.spaces,
            "part": [held.part] if held.part is not None else [],
            "tops": [element for element, _ in held.tops],
            "layers": groups,
            "hidden": hidden,
        },
    )
    frozen, found = freezing.freeze(
        data, {number for name in ("pages", "resources", "keyed", "part", "tops") for number in at[name]}, held.renamed
    )
    made = Prepared(paper.tagged, lang, paper.problems, frozen, [])
    for number, (draft, page) in enumerate(zip(drafts, at["pages"], strict=True)):
        text = _inside(found[page][0])
        key = held.pages.get(number, -1)
        made.pages.append(draft.leaf(page, text, at["contents"][number], at["links"][number], key))
    made.apart = [
        Apart(number, _inside(found[number][0]), ending=draft.ending)
        for number, draft in zip(at["resources"], shared.values(), strict=True)
    ]
    for number, (holder, name, key) in zip(at["keyed"], keyed.values(), strict=True):
        stream = found[number][1] if isinstance(holder, pikepdf.Stream) else None
        go = goes[holder.objgen][1] if holder.objgen in goes else ""
        text = _inside(found[number][0], stream=stream is not None)
        made.apart.append(Apart(number, text, stream, name=name, key=key, go=go))
    made.apart += [Apart(number, _inside(found[number][0]), name=PARENT) for number in at["tops"]]
    made.tops = [(number, page) for number, (_, page) in zip(at["tops"], held.tops, strict=True)]
    if at["part"]:
        made.part, made.kids = at["part"][0], _inside(found[at["part"][0]][0])
    made.parents, made.spaces, made.layers, made.hidden = (
        at[name] for name in ("parents", "spaces", "layers", "hidden")
    )
    made.ids = [(name, number) for (name, _), number in zip(held.ids, at["ids"], strict=True)]
    made.classes = {name: number for (name, _), number in zip(held.classes, at["classes"], strict=True)}
    made.roles = held.roles
    if pdf.get_warnings():
        made.problems.append(papers.DAMAGED)
    made.problems = list(dict.fromkeys(made.problems))
    return made


class _Draft:
    """A page while its paper is still open."""

    def __init__(self, page: Any, links: list[Any]) -> None:
        self.page, self.links = page, links
        resources = page.get("/Resources")
        self.readable = isinstance(resources, Dictionary) and "/Font" in resources
        self.ending = hooks.put(page)
        self.resources = page.Resources
        self.contents = _streams(page.get("/Contents"))
        self.box, self.turned = box(page), turned(page)

    def strip(self) -> None:
        """Take off what the pack writes anew."""
        for key in OURS:
            if key in self.page:
                del self.page[key]

    def leaf(self, number: int, text: Text, contents: list[int], links: list[int], key: int) -> Leaf:
        """The page as it is kept."""
        return Leaf(number, text, contents, links, key, self.box, self.turned, self.ending, self.readable)


def _keyed(paper: Opened, held: tags.Held) -> dict[tuple[int, int], tuple[Any, str, int]]:
    """What has a key in the tags, each once: with the name that the key stands under."""
    if paper.tagged:
        return {holder.objgen: (holder, name, key) for holder, name, key in reversed(held.keyed)}
    return {link.objgen: (link, UNTAGGED, -1) for links in paper.annotations for link in links}


def _settled(pdf: pikepdf.Pdf, kept: dict[str, list[Any]]) -> tuple[bytes, dict[str, list[Any]]]:
    """What is written, and the numbers in it of what is kept.

    Pages that the paper has in no place are emptied, and what hides in odd corners is taken out.
    """
    data = freezing.written(pdf, list(kept.values()))
    found = freezing.kept_in(data)
    strays, hides = freezing.strays(data), hooks.hides(data)
    if strays or hides:
        with pikepdf.open(io.BytesIO(data)) as again:
            for number in strays:
                stray = again.get_object((number, 0))
                if str(stray.get("/Type")) in ("/Page", "/Pages", "/Catalog"):
                    for key in list(stray.keys()):
                        del stray[key]
            if hides:
                hooks.scrub(again)
            data = freezing.written(again, _objects(again, found))
        found = freezing.kept_in(data)
    return data, dict(zip(kept, found, strict=True))


def _objects(pdf: pikepdf.Pdf, numbers: list[Any]) -> list[Any]:
    return [_objects(pdf, each) if isinstance(each, list) else pdf.get_object((each, 0)) for each in numbers]


def _inside(said: bytes, *, stream: bool = False) -> Text:
    """Without the brackets of the dictionary, and without the length of a stream."""
    cut = said.removeprefix(b"<< ").removesuffix(b">>").strip()
    return freezing.text(hooks.LENGTH.sub(b"", cut) if stream else cut)


def _streams(found: Any) -> list[Any]:
    many = list(found) if isinstance(found, Array) else [found]
    return [each for each in many if isinstance(each, pikepdf.Stream)]


def _addresses(paper: Opened) -> dict[tuple[int, int], tuple[Any, str]]:
    """Links by key, and where they lead; the address itself goes."""
    found = {}
    for link in (each for links in paper.annotations for each in links):
        address = str(link.A.get("/URI", "")) if "/A" in link else ""
        if address.startswith(LINK):
            del link["/A"]
            found[link.objgen] = (link, address.removeprefix(LINK))
    return found


def _without_tags(paper: Opened) -> None:
    """Marks left over from tags that are not there would be taken for ours; links say where they lead."""
    for page, links in zip(paper.pages, paper.annotations, strict=True):
        _forget_marks(paper.pdf, page)
        for link in links:
            if "/StructParent" in link:
                del link["/StructParent"]
            if "/Contents" not in link:
                link["/Contents"] = String(str(link.A.URI) if "/A" in link else "Another page of this paper")
    for drawing in paper.drawings:
        for key in ("/StructParents", "/StructParent"):
            if key in drawing:
                del drawing[key]


def _forget_marks(pdf: pikepdf.Pdf, page: Any) -> None:
    streams = _streams(page.get("/Contents"))
    words = b"\n".join(each.read_bytes() for each in streams)
    if b"BDC" not in words and b"BMC" not in words:
        return
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) not in ("BDC", "BMC", "EMC", "DP", "MP")
    ]
    page["/Contents"] = pdf.make_stream(pikepdf.unparse_content_stream(kept))
