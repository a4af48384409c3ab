"""Pages and tags of one pack, joined in reading order."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kit.pdf_join import papers
from kit.pdf_join.freezing import Text
from kit.pdf_join.hooks import FONTS_HERE, PLATE_HERE
from kit.pdf_join.preparing import PARENT, UNTAGGED, Leaf, Prepared
from kit.pdf_join.stamps import Stamper, Words
from kit.pdf_join.writing import Writer, name, refs, words

EMPTY = f"/Resources << /Font << {FONTS_HERE} 0 >> /ExtGState << {PLATE_HERE} 0 >> >>".encode()


@dataclass(frozen=True)
class Copied:
    """Where a paper's objects and keys begin in the pack."""

    paper: Prepared
    base: int
    first_key: int

    def page(self, at: int) -> int:
        """The number of one of its pages, counted from 0."""
        return self.paper.pages[at].number + self.base


@dataclass
class Joining:
    """The file as it grows. Nothing is in it that was not put in: no paper is the start of it."""

    out: Writer = field(default_factory=Writer)
    stamper: Stamper = field(init=False)
    next_key: int = 0
    pages: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    layers: list[int] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    ids: list[tuple[bytes, int]] = field(default_factory=list)
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, int] = field(default_factory=dict)
    leaves: list[tuple[int, int, bytes]] = field(default_factory=list)
    spaces: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tree, self.document = self.out.new(), self.out.new()

    def copy(self, paper: Prepared) -> Copied:
        """Its objects, but for the pages and what else needs to know its place in the pack: see `settle`."""
        base = self.out.thaw(paper.frozen)
        copied = Copied(paper, base, self.next_key)
        if paper.parents:
            pairs = [b"%d %d 0 R" % (self.next_key + at, each + base) for at, each in enumerate(paper.parents)]
            self.next_key += len(pairs)
            self.leaves.append((copied.first_key, self.next_key - 1, b" ".join(pairs)))
        self.ids += [(b"%s~%07d" % (each.encode(), base), element + base) for each, element in paper.ids]
        self.roles |= paper.roles
        for each, at in paper.classes.items():
            self.classes.setdefault(each, at + base)
        self.spaces += [each + base for each in paper.spaces]
        self.layers += [each + base for each in paper.layers]
        self.hidden += [each + base for each in paper.hidden]
        return copied

    def settle(
        self, copied: Copied, *, parts: Mapping[int, int] | None = None, targets: Mapping[str, int] | None = None
    ) -> None:
        """What of a paper needs fonts, keys, the Part it is in (`parts`, by number), or places to go (`targets`)."""
        for each in copied.paper.apart:
            if each.name == UNTAGGED:  # see `untagged`
                continue
            said = each.text.at(copied.base)
            if each.ending or FONTS_HERE.encode() in said:
                said = self.stamper.hung(said, each.ending)
            if each.name == PARENT:
                said += b" /P %d 0 R" % (parts or {})[each.number]
            elif each.key >= 0:
                said += b" %s %d" % (each.name.encode(), each.key + copied.first_key)
            if each.go:
                said += b" /Dest [%d 0 R /Fit]" % (targets or {})[each.go]
            number = each.number + copied.base
            self.out.put(number, said if each.stream is not None else b"<< %s >>" % said, each.stream)

    def place(
        self, copied: Copied, at: int, said: Words, *, key: int = -1, opening: bytes = b"", closing: bytes = b""
    ) -> int:
        """Make one of its pages the next of the pack, with its stamps."""
        page = copied.paper.pages[at]
        key = page.key + copied.first_key if page.key >= 0 else key
        inside = self.stamper.hung(page.text.at(copied.base), page.ending)
        contents = [each + copied.base for each in page.contents]
        links = [each + copied.base for each in page.links]
        return self._page(copied.page(at), page, inside, contents, links, said, key, opening, closing)

    def blank(self, said: Words) -> None:
        """An empty page that says that it is meant to be."""
        page = Leaf(0, Text(b"", []), [], [], -1, papers.A4, 0, "", readable=False)
        size = b"/MediaBox [%g %g %g %g] " % papers.A4
        self._page(self.out.new(), page, size + self.stamper.hung(EMPTY, ""), [], [], said, -1, b"", b"")

    def _page(
        self, number: int, page: Leaf, inside: bytes, contents: list[int], links: list[int], said: Words, key: int,
        opening: bytes, closing: bytes,
    ) -> int:  # fmt: skip
        before, after = self.stamper.around(page, said, opening=opening, closing=closing)
        keyed = b" /StructParents %d" % key if key >= 0 else b""
        linked = b" /Annots %s /Tabs /S" % refs(links) if links else b""
        text = b"<< /Type /Page /Parent %d 0 R %s /Contents %s%s%s >>"
        self.out.put(number, text % (self.tree, inside, refs([before, *contents, after]), keyed, linked))
        self.pages.append(number)
        return number

    def part(self, title: str, kids: bytes, *, number: int, lang: str = "") -> int:
        """A Part with these kids, written as `/K ...`; `parts` says in which order they are read."""
        said = b" /Lang %s" % words(lang) if lang else b""
        text = b"<< /Type /StructElem /S /Part /T %s /P %d 0 R%s %s >>"
        self.out.put(number, text % (words(title), self.document, said, kids))
        return number

    def untagged(self, copied: Copied, at: int, alt: str, part: int) -> tuple[list[int], int, bytes, bytes]:
        """Elements for a page without tags, its key, and the marks to put round its content.

        A page with letters is one paragraph, so that it can be read aloud in the order of the file; one without is a
        figure with `alt` in its place. Links are told apart.
        """
        page, number = copied.paper.pages[at], copied.page(at)
        kind, more = b"P", b""
        if not page.readable:
            kind = b"Figure"
            more = b" /Alt %s /A << /O /Layout /BBox [%s] >>" % (
                words(alt),
                b" ".join(b"%g" % side for side in page.box),
            )
        element = self.out.add(
            b"<< /Type /StructElem /S /%s /Pg %d 0 R /P %d 0 R /K 0%s >>" % (kind, number, part, more)
        )
        key = self._leaf(b"[%d 0 R]" % element)
        made = [element]
        inside = {each.number: each for each in copied.paper.apart}
        for link in page.links:
            held = self.out.add(
                b"<< /Type /StructElem /S /Link /Pg %d 0 R /P %d 0 R /K << /Type /OBJR /Obj %d 0 R >> >>"
                % (number, part, link + copied.base)
            )
            said = inside[link].text.at(copied.base)
            self.out.put(link + copied.base, b"<< %s /StructParent %d >>" % (said, self._leaf(b"%d 0 R" % held)))
            made.append(held)
        return made, key, b"/%s <</MCID 0>> BDC " % kind, b"EMC "

    def write(self) -> bytes:
        """Page tree, tags and layers: what the catalogue says of them."""
        out = self.out
        out.put(self.tree, b"<< /Type /Pages /Count %d /Kids %s >>" % (len(self.pages), refs(self.pages)))
        root = out.new()
        out.put(self.document, b"<< /Type /StructElem /S /Document /P %d 0 R /K %s >>" % (root, refs(self.parts)))
        leaves = [out.add(b"<< /Limits [%d %d] /Nums [%s] >>" % leaf) for leaf in self.leaves]
        said = b"/K [%d 0 R] /ParentTree << /Kids %s >> /ParentTreeNextKey %d" % (
            self.document, refs(leaves), self.next_key,
        )  # fmt: skip
        if self.roles:
            pairs = [b"%s %s" % (name(each), name(to)) for each, to in sorted(self.roles.items())]
            said += b" /RoleMap << %s >>" % b" ".join(pairs)
        if self.classes:
            pairs = [b"%s %d 0 R" % (name(each), at) for each, at in sorted(self.classes.items())]
            said += b" /ClassMap << %s >>" % b" ".join(pairs)
        if self.ids:
            said += b" /IDTree << /Names [%s] >>" % b" ".join(b"(%s) %d 0 R" % each for each in sorted(self.ids))
        if self.spaces:
            said += b" /Namespaces " + refs(self.spaces)
        out.put(root, b"<< /Type /StructTreeRoot %s >>" % said)
        made = b" /Pages %d 0 R /StructTreeRoot %d 0 R /MarkInfo << /Marked true >>" % (self.tree, root)
        if self.layers:
            shown = b"<< /Name (Layers) /BaseState /ON /OFF %s >>" % refs(self.hidden)
            made += b" /OCProperties << /OCGs %s /D %s >>" % (refs(self.layers), shown)
        return made

    def _leaf(self, value: bytes) -> int:
        """The key of a new entry in the parent tree."""
        key, self.next_key = self.next_key, self.next_key + 1
        self.leaves.append((key, key, b"%d %s" % (key, value)))
        return key
