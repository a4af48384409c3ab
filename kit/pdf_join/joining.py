"""Pages and tags of one pack, joined in reading order into a file that began empty."""

from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kit.pdf_join import papers
from kit.pdf_join.papers import Opened, box
from kit.pdf_join.stamps import Stamper, Words
from kit.pdf_join.tags import Tags


@dataclass
class Joining:
    """The file as it grows. Nothing is in it that was not put in: no paper is the start of it."""

    out: pikepdf.Pdf
    stamper: Stamper = field(init=False)
    tags: Tags = field(default_factory=Tags)
    pages: list[Any] = field(default_factory=list)
    parts: list[Any] = field(default_factory=list)
    layers: list[Any] = field(default_factory=list)
    hidden: list[Any] = field(default_factory=list)

    def copy(self, paper: Opened) -> tuple[list[Any], Any]:
        """Its pages and its Part, if it is tagged. The pages are not in reading order yet: see `place`."""
        pdf = paper.pdf
        carried = self.tags.make_ready(paper) if paper.tagged else Dictionary()
        groups, hidden = papers.layers(paper)
        carried["/Links"] = Array([Array(links) for links in paper.annotations])
        carried["/Layers"], carried["/Hidden"] = Array(groups), Array(hidden)
        pages = [self.out.copy_foreign(page) for page in paper.pages]
        # After the pages, so that what links and tags say of pages leads to the copies.
        copied = self.out.copy_foreign(pdf.make_indirect(carried))
        for page, links in zip(pages, copied.Links, strict=True):
            if len(links):
                page["/Annots"], page["/Tabs"] = links, Name.S
        self.layers += list(copied.Layers)
        self.hidden += list(copied.Hidden)
        return pages, self.tags.take(copied) if paper.tagged else None

    def place(self, page: Any, words: Words, *, opening: bytes = b"", closing: bytes = b"") -> None:
        """Make it the next page, with its stamps."""
        self.stamper.put(page, words, opening=opening, closing=closing)
        self.pages.append(page)

    def blank(self, words: Words) -> None:
        """An empty page that says that it is meant to be."""
        size = Array(list(papers.A4))
        self.place(self.out.make_indirect(Dictionary(Type=Name.Page, MediaBox=size)), words)

    def part(self, title: str, kids: list[Any]) -> Any:
        """A Part with these elements."""
        made = self.out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, T=title, K=Array(kids)))
        for kid in kids:
            kid["/P"] = made
        self.parts.append(made)
        return made

    def untagged(self, page: Any, alt: str) -> tuple[list[Any], bytes, bytes]:
        """Elements for a page without tags, and the marks to put round its content.

        A page with letters is one paragraph, so that it can be read aloud in the order of the file; one without is a
        figure with `alt` in its place. Links are told apart.
        """
        readable = "/Font" in page.get("/Resources", Dictionary())
        kind = "P" if readable else "Figure"
        element = self._element(kind, page, K=0)
        if not readable:
            left, bottom, right, top = box(page)
            element["/Alt"] = alt
            element["/A"] = Dictionary(O=Name.Layout, BBox=Array([left, bottom, right, top]))
        _forget_marks(self.out, page)
        page["/StructParents"] = self.tags.new_leaf(Array([element]))
        made = [element]
        for link in page.get("/Annots", Array()):
            if "/Contents" not in link:
                link["/Contents"] = str(link.A.URI) if "/A" in link else "Another page of this paper"
            held = self._element("Link", page, K=Dictionary(Type=Name.OBJR, Obj=link))
            link["/StructParent"] = self.tags.new_leaf(held)
            made.append(held)
        return made, f"/{kind} <</MCID 0>> BDC ".encode(), b"EMC "

    def finish(self) -> None:
        """Page tree, tags and layers."""
        tree = self.out.Root.Pages
        for page in self.pages:
            page["/Parent"] = tree
        tree["/Kids"], tree["/Count"] = Array(self.pages), len(self.pages)
        self.tags.write(self.out, self.parts)
        if self.layers:
            shown = Dictionary(Name="Layers", BaseState=Name.ON, OFF=Array(self.hidden))
            self.out.Root["/OCProperties"] = Dictionary(OCGs=Array(self.layers), D=shown)

    def _element(self, kind: str, page: Any, **more: Any) -> Any:
        made = Dictionary(Type=Name.StructElem, S=Name("/" + kind), Pg=page, **more)
        return self.out.make_indirect(made)


def _forget_marks(out: pikepdf.Pdf, page: Any) -> None:
    """Marks left over from tags that are not there would be taken for ours."""
    if "/Contents" not in page:
        return
    content = pikepdf.Page(page).obj.Contents
    streams = list(content) if isinstance(content, Array) else [content]
    words = b"\n".join(each.read_bytes() for each in streams if isinstance(each, pikepdf.Stream))
    if b"BDC" not in words and b"BMC" not in words:
        return
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(page)
        if str(instruction.operator) not in ("BDC", "BMC", "EMC", "DP", "MP")
    ]
    page["/Contents"] = out.make_stream(pikepdf.unparse_content_stream(kept))
