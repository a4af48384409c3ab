"""Which part of a pack stands on which page: plain counting, before anything is joined."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kit.pdf_join.types import Own, Pack, Paper, Section

COVER, CONTENTS = "cover", "contents"


@dataclass(frozen=True)
class Entry:
    """A section with its depth, the one above it, and the words of its footer."""

    key: str
    section: Section
    level: int
    stamp: str

    @property
    def is_paper(self) -> bool:
        """Whether somebody gave its pages."""
        return isinstance(self.section.source, Paper)

    @property
    def is_own(self) -> bool:
        """Whether we typeset its pages."""
        return isinstance(self.section.source, Own)


@dataclass(frozen=True)
class Run:
    """Pages that belong together: from `first` (counted from 0 in the file), `count` of them, `blank` before them."""

    key: str
    first: int
    count: int
    blank: bool


def entries(sections: Iterable[Section], prefix: str, level: int = 1, above: str = "") -> Iterator[Entry]:
    """Every section in reading order, each with a key of its own."""
    for number, section in enumerate(sections):
        stamp = section.stamp or _stamp(section, above)
        yield Entry(f"{prefix}{number}", section, level, stamp)
        yield from entries(section.children, f"{prefix}{number}.", level + 1, stamp)


def order(pack: Pack, front: list[Entry], main: list[Entry]) -> list[str]:
    """The keys of what has pages, in reading order."""
    cover = [COVER] if pack.cover else []
    contents = [CONTENTS] if pack.contents else []
    return [*cover, *_with_pages(front), *contents, *_with_pages(main)]


def runs(keys: Iterable[str], counts: dict[str, int], *, double_sided: bool) -> list[Run]:
    """Where each begins. Double-sided, each begins on an odd page, after a blank one where it must."""
    made, at = [], 0
    for key in keys:
        blank = double_sided and at % 2 == 1
        at += blank
        made.append(Run(key, at, counts[key], blank))
        at += counts[key]
    return made


def _with_pages(found: list[Entry]) -> list[str]:
    return [entry.key for entry in found if entry.section.source is not None]


def _stamp(section: Section, above: str) -> str:
    if not section.reference:
        return above
    return f"{above} · paper {section.reference}" if above else f"item {section.reference}"
