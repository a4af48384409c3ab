"""Putting a file together from its manifest and the papers in private storage."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boards.packing.manifest import papers_in
from boards.packing.pages import pack_of, paper_key
from boards.packing.ready import folder
from kit.pdf_join import Built, build
from kit.private_files import open_

Data = dict[str, Any]
Progress = Callable[[int, int, str], None]
NO_PDF = "It is a Word document without a PDF. Add a PDF of it, and build the pack again."


@dataclass(frozen=True)
class Assembled:
    """A file on this machine's disk. `body` says on which of its pages everything stands, for the web."""

    path: Path
    pages: int
    body: Data
    problems: list[Data]


class Sources:
    """The papers' PDFs as files of this machine, each checked against its hash, and fetched at most once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.found = folder, {}

    def __call__(self, key: str) -> Path:
        if key not in self.found:
            self.found[key] = self._path(key)
        return self.found[key]

    def _path(self, key: str) -> Path:
        """A path without a file where there is none to trust: whoever opens it says that the paper is missing."""
        copy = self.folder / key.rpartition("/")[2]
        try:
            with open_(key) as file:
                there = Path(str(getattr(file, "name", "")))
                if not there.is_file():
                    there = copy
                    with copy.open("wb") as made:
                        shutil.copyfileobj(file, made)
        except (FileNotFoundError, ValueError):
            return copy
        with there.open("rb") as file:
            sound = hashlib.file_digest(file, "sha256").hexdigest() == there.name.partition(".")[0]
        return there if sound else self.folder / f"not-sound-{copy.name}"


def assemble(manifest: Data, to: Path, sources: Sources, on_progress: Progress | None = None) -> Assembled:
    """Write the file to `to`. A paper that cannot be read is named in the problems, and the rest survives."""
    built = build(pack_of(manifest, sources), to=to, on_progress=on_progress, store=folder())
    return Assembled(to, built.pages, _body(built), _problems(manifest, built))


def _body(built: Built) -> Data:
    return {
        each.section.key: {"first": each.first, "pages": each.pages, "tagged": each.tagged, "included": each.included}
        for each in built.placed
        if each.section.key
    }


def _problems(manifest: Data, built: Built) -> list[Data]:
    """Remarks about papers, those first that are not in the file."""
    placed = {each.section.key: each for each in built.placed}
    found = []
    for item in manifest["items"]:
        for paper in papers_in([item]):
            place = placed.get(paper_key(paper))
            if place is None:
                continue
            said = [NO_PDF] if paper["file"] and not paper["file"]["pdf_key"] else list(place.problems)
            left_out = not place.included or said == [NO_PDF]
            about = {"item": item["key"], "paper": paper["key"], "reference": paper["reference"]}
            found += [about | {"title": paper["title"], "text": text, "left_out": left_out} for text in said]
    return sorted(found, key=lambda problem: not problem["left_out"])
