"""Build a pack: open the papers, typeset our own pages, join them, stamp them, and write one file."""

import functools
import gc
import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kit import pdf
from kit.pdf_join import finishing, papers, plan, typesetting
from kit.pdf_join.joining import Copied, Joining
from kit.pdf_join.keeping import prepared
from kit.pdf_join.plan import CONTENTS, COVER, Entry, Run
from kit.pdf_join.preparing import Prepared, prepare
from kit.pdf_join.stamps import Stamper, Words
from kit.pdf_join.types import Built, Pack, Paper, Placed
from kit.pdf_join.writing import refs

Progress = Callable[[int, int, str], None]
BROKE = "It broke when it was put in."
# How often our own pages are typeset anew because their number changed the numbers in them.
ROUNDS = 4
# Lines of contents on their first page, and on each of the next.
FIRST_LINES, LINES = 39, 42


def build(pack: Pack, *, to: Path, on_progress: Progress | None = None, store: Path | None = None) -> Built:
    """Write the pack to `to`; the file is there whole or not at all. The same pack gives the same bytes.

    A paper that cannot be read has one page in its place that says so, and is named in the problems; the rest is
    not touched by it. `on_progress(step, of, words)` is called before each step. Raises ValueError for a pack
    without pages, OSError when the file cannot be written. `store` is a folder in which papers are kept as they were
    made ready, so that the next pack need not do it again (see kit.pdf_join.keeping).
    """
    broken: dict[str, str] = {}
    while True:
        work = _Work(pack, broken, on_progress or (lambda step, of, words: None), store)
        try:
            with _without_collecting():
                return work.run(to)
        except _Broke as broke:
            broken[broke.key] = BROKE


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Many handles on objects of PDFs make Python look for loops again and again, which is a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Broke(Exception):
    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass
class _Work:
    pack: Pack
    broken: dict[str, str]
    tell: Progress
    store: Path | None = None
    step: int = 0
    opened: dict[str, Prepared] = field(default_factory=dict)
    copied: dict[str, Copied] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.front = list(plan.entries(self.pack.front, "f"))
        self.main = list(plan.entries(self.pack.sections, "s"))
        self.all = [*self.front, *self.main]
        self.by_key = {entry.key: entry for entry in self.all}
        self.order = plan.order(self.pack, self.front, self.main)
        self.steps = 2 * sum(entry.is_paper for entry in self.all) + 2
        if not self.order:
            raise ValueError("A pack needs at least one page.")

    def run(self, to: Path) -> Built:
        for entry in self.all:
            if isinstance(entry.section.source, Paper):
                self._open(entry, entry.section.source)
        self._say("Typesetting the pack’s own pages")
        joining = Joining()
        with ThreadPoolExecutor(max_workers=1) as beside:  # the typesetting takes no turn from the joining
            waiting = beside.submit(self._typeset)
            for key in self.opened:
                self._copy(joining, key)
            own, runs = waiting.result()
        starts = self._arrange(joining, own, {run.key: run for run in runs})
        self._say("Writing the file")
        accessible = all(paper.tagged for paper in self.opened.values())
        self._finish(joining, to, starts, accessible=accessible)
        first = {run.key: run for run in runs}
        placed = tuple(self._placed(entry, first) for entry in self.all)
        return Built(to, len(joining.pages), placed, accessible)

    def _open(self, entry: Entry, paper: Paper) -> None:
        self._say(f"Reading {_named(entry)}")
        if entry.key in self.broken:
            return
        try:
            self.opened[entry.key] = prepared(paper.source, self.store)
        except papers.Unreadable as why:
            self.broken[entry.key] = str(why)
        except Exception:  # a paper may be wrong in ways that nobody has thought of; the others are not to suffer
            self.broken[entry.key] = BROKE

    def _typeset(self) -> tuple[bytes, list[Run]]:
        """Twice as a rule: the contents need page numbers, and those need the contents' pages."""
        counts = {key: len(paper.pages) for key, paper in self.opened.items()}
        own: dict[str, int] = {key: 1 for key in self.order if key not in counts}
        if CONTENTS in own:  # a good guess saves a round
            lines = len(self.main) + 0.7 * sum(bool(self._notes(each)) for each in self.main)
            own[CONTENTS] = 1 + max(0, math.ceil((lines - FIRST_LINES) / LINES))
        for _ in range(ROUNDS):
            runs = plan.runs(self.order, counts | own, double_sided=self.pack.double_sided)
            made, found = typesetting.typeset(self.pack, self.front, self.main, self.broken, self._rows(runs))
            if found == own:
                break
            own = found
        return made, runs

    def _rows(self, runs: list[Run]) -> dict[str, dict[str, Any]]:
        """What the contents say of each entry. One without pages leads to the first that stands under it."""
        at = {run.key: run for run in runs}
        rows = {}
        for number, entry in enumerate(self.all):
            target = at.get(entry.key) or self._first_below(number, at)
            number_of = self.pack.first_number + target.first if target else 0
            prefix = self.pack.page_prefix
            rows[entry.key] = {
                "reference": entry.section.reference,
                "title": entry.section.title,
                "level": entry.level,
                "notes": self._notes(entry),
                "target": target.key if target else "",
                "pages": target.count if target and target.key == entry.key else 1,
                "from": f"{prefix}{number_of}",
                "to": f"{prefix}{number_of + (target.count if target else 1) - 1}",
            }
        return rows

    def _first_below(self, number: int, at: Mapping[str, Any]) -> Any:
        for entry in self.all[number + 1 :]:
            if entry.level <= self.all[number].level:
                return None
            if entry.key in at:
                return at[entry.key]
        return None

    def _notes(self, entry: Entry) -> list[str]:
        notes = ["Late paper"] if entry.section.late else []
        paper = self.opened.get(entry.key)
        if paper and not paper.tagged:
            notes.append("Not tagged: hard to use with a screen reader")
        if entry.key in self.broken:
            notes.append("Could not be included")
        return [*notes, *entry.section.notes]

    def _copy(self, joining: Joining, key: str) -> None:
        """Bring the paper over: its pages and its tags, in no place yet."""
        self._say(f"Joining {_named(self.by_key[key])}")
        try:
            self.copied[key] = joining.copy(self.opened[key])
        except Exception as why:
            raise _Broke(key) from why

    def _arrange(self, joining: Joining, own: bytes, runs: Mapping[str, Run]) -> dict[str, int]:
        """Everything in reading order, stamped. The page on which each begins is given."""
        joining.stamper = Stamper(joining.out, self._texts(runs))
        leaves = joining.copy(prepare(own, own=True)) if own else None
        at, parts, owner = 0, {}, {}
        for key in self.order:
            run = runs[key]
            if run.blank:
                joining.blank(self._words(key, run.first - 1, None, blank=True))
            if key in self.opened:
                try:
                    self._place(joining, key, run)
                except Exception as why:
                    raise _Broke(key) from why
                continue
            parts[key] = joining.out.new()
            joining.parts.append(parts[key])
            for offset in range(run.count):
                owner[at] = key
                joining.place(leaves, at, self._words(key, run.first + offset, None))
                at += 1
        starts = {key: joining.pages[run.first] for key, run in runs.items()}
        if leaves:
            self._own_tags(joining, leaves, parts, owner, starts)
        return starts

    def _own_tags(
        self,
        joining: Joining,
        leaves: Copied,
        parts: Mapping[str, int],
        owner: Mapping[int, str],
        starts: Mapping[str, int],
    ) -> None:
        """Our own pages' elements, below the Part of the section they are of; their links lead into the pack."""
        tops = leaves.paper.tops
        joining.settle(leaves, parts={number: parts[owner[page]] for number, page in tops}, targets=starts)
        for key, part in parts.items():
            kids = [number + leaves.base for number, page in tops if owner[page] == key]
            joining.part(self._title(key), b"/K " + refs(kids), number=part)

    def _place(self, joining: Joining, key: str, run: Run) -> None:
        """The pages of a paper, and its Part; one without tags is given the least that can be read."""
        paper, copied = self.opened[key], self.copied[key]
        joining.settle(copied)
        part = paper.part + copied.base if paper.part else joining.out.new()
        kids: list[int] = []
        for at in range(len(paper.pages)):
            words = self._words(key, run.first + at, at + 1)
            if paper.part:
                joining.place(copied, at, words)
                continue
            alt = f"Page {at + 1} of {_named(self.by_key[key])}, a picture without text"
            made, new_key, opening, closing = joining.untagged(copied, at, alt, part)
            kids += made
            joining.place(copied, at, words, key=new_key, opening=opening, closing=closing)
        held = paper.kids.at(copied.base) if paper.part else b"/K " + refs(kids)
        lang = paper.lang if paper.lang != self.pack.lang else ""
        joining.part(self._title(key), held, number=part, lang=lang)
        joining.parts.append(part)

    def _finish(self, joining: Joining, to: Path, starts: Mapping[str, int], *, accessible: bool) -> None:
        """Bookmarks, numbers of pages, what the file says of itself, and the file."""
        out, pack = joining.out, self.pack
        catalogue = joining.write() + finishing.bookmarks(out, self._marks(starts))
        catalogue += finishing.labels(pack.page_prefix, pack.first_number)
        about, info = finishing.describe(
            out, title=_plain(pack.title), lang=pack.lang, made=pack.made, accessible=accessible
        )
        out.save(to, root=out.add(b"<< /Type /Catalog%s%s >>" % (catalogue, about)), info=info)

    def _words(self, key: str, page: int, of_paper: int | None, *, blank: bool = False) -> Words:
        entry = self.by_key.get(key)
        left = _plain(f"{self.pack.board}, {self.pack.meeting}")
        if entry and entry.stamp and not blank:
            left = f"{left} · {_plain(entry.stamp)}" + (f" p {of_paper}" if of_paper else "")
        marking = (entry.section.marking if entry else "") or self.pack.marking
        number = f"Pack page {self.pack.page_prefix}{self.pack.first_number + page}"
        return Words(left, _plain(number), _plain(marking), blank)

    def _texts(self, runs: Mapping[str, Run]) -> list[str]:
        """All words that the stamps will need letters for."""
        words = [self._words(key, run.first, 1234567890) for key, run in runs.items()]
        return [text for each in words for text in (each.left, each.number, each.marking)]

    def _title(self, key: str) -> str:
        if key == COVER:
            return _plain(self.pack.title)
        return "Contents" if key == CONTENTS else _named(self.by_key[key])

    def _marks(self, starts: Mapping[str, int]) -> list[finishing.Place]:
        marks: list[finishing.Place] = [(1, _plain(self.pack.title), starts[COVER])] if self.pack.cover else []
        for number, entry in enumerate(self.all):
            if self.pack.contents and number == len(self.front):
                marks.append((1, "Contents", starts[CONTENTS]))
            page = starts.get(entry.key) or self._first_below(number, starts)
            if page:
                marks.append((entry.level, _named(entry), page))
        if self.pack.contents and not self.main:
            marks.append((1, "Contents", starts[CONTENTS]))
        return marks

    def _placed(self, entry: Entry, runs: Mapping[str, Run]) -> Placed:
        run = runs.get(entry.key)
        paper = self.opened.get(entry.key)
        problems = tuple(dict.fromkeys(paper.problems)) if paper else ()
        if entry.key in self.broken:
            problems = (self.broken[entry.key],)
        return Placed(
            section=entry.section,
            first=run.first + 1 if run else 0,
            pages=run.count if run else 0,
            tagged=paper.tagged if paper else None,
            included=entry.key not in self.broken,
            problems=problems,
        )

    def _say(self, words: str) -> None:
        self.step += 1
        self.tell(min(self.step, self.steps), self.steps, words)


def _named(entry: Entry) -> str:
    return _plain(f"{entry.section.reference} {entry.section.title}")


@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """On one line, without characters that are not drawn or that turn round the text of others."""
    return " ".join(pdf.cleaned(text)[0].split())
