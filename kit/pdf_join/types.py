"""What a pack is made of, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from kit.reports import Part


@dataclass(frozen=True)
class Own:
    """Pages that we typeset: parts of kit.reports below the section's title. `list_children` adds what follows."""

    parts: Sequence[Part] = ()
    above: str = ""
    facts: Sequence[tuple[str, str]] = ()
    list_children: bool = False


@dataclass(frozen=True)
class Paper:
    """A PDF that somebody gave: a path, or its bytes. It is read, never changed."""

    source: Path | bytes


@dataclass(frozen=True)
class Section:
    """An item, a front sheet or a paper, with what stands under it.

    `reference` is "3" or "3.1". `stamp` is what the footer says of it ("item 3 · paper 3.1"); when empty it is made
    from the references. `marking` is for its own pages; when empty they bear the pack's. `notes` are short words
    for the contents ("Replaces the paper of 1 February"); late and not tagged are said without being asked.
    """

    title: str
    reference: str = ""
    source: Own | Paper | None = None
    children: Sequence["Section"] = ()
    key: str = ""
    stamp: str = ""
    marking: str = ""
    late: bool = False
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Cover:
    """The first page: a line above its heading, a few facts, and parts of kit.reports below.

    The heading is the pack's title when no `title` is given: board and day stand below it anyhow.
    """

    above: str = ""
    facts: Sequence[tuple[str, str]] = ()
    parts: Sequence[Part] = ()
    title: str = ""


@dataclass(frozen=True)
class Pack:
    """A pack to build. `front` stands between the cover and the contents: what changed since the last edition.

    Pages are numbered from `first_number`; `page_prefix` goes before the number in the labels of the pages and in
    the footer ("S1-"). `double_sided` begins every section on an odd page. `made` is written as the file's date.
    """

    title: str
    board: str
    meeting: str
    sections: Sequence[Section]
    cover: Cover | None = field(default_factory=Cover)
    front: Sequence[Section] = ()
    contents: bool = True
    marking: str = ""
    double_sided: bool = False
    lang: str = "en-GB"
    page_prefix: str = ""
    first_number: int = 1
    made: datetime | None = None


@dataclass(frozen=True)
class Placed:
    """Where a section came to stand. Pages count from 1 in the file; `pages` is 0 for one that has none of its own.

    `tagged` is None for what is no paper. `included` is False for a paper that broke: one page says so in its place.
    """

    section: Section
    first: int
    pages: int
    tagged: bool | None = None
    included: bool = True
    problems: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The last of its pages, counted from 1."""
        return self.first + max(self.pages, 1) - 1


@dataclass(frozen=True)
class Built:
    """The file. `placed` has every section in reading order; `accessible` means that every paper was tagged."""

    path: Path
    pages: int
    placed: tuple[Placed, ...]
    accessible: bool

    @property
    def problems(self) -> list[tuple[Section, str]]:
        """Each problem with the section that it is of."""
        return [(each.section, problem) for each in self.placed for problem in each.problems]
