"""A PDF written object by object. Nothing is in it that was not put in."""

import hashlib
import os
from pathlib import Path

from pikepdf import Name, String

from kit.pdf_join.freezing import Frozen

HEADER = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
# A hole has seven digits, and no reader program promises to take more objects than about that.
MOST = 9_999_999


class Writer:
    """The file as it grows, in memory. Objects have a number first, and their text when it is known."""

    def __init__(self) -> None:
        self.chunks = [HEADER]
        self.at = len(HEADER)
        self.offsets = [0]
        self.spare: list[int] = []

    def new(self) -> int:
        """The number of an object that is to come."""
        if self.spare:
            return self.spare.pop()
        self.offsets.append(0)
        return len(self.offsets) - 1

    def put(self, number: int, text: bytes, stream: bytes | None = None) -> int:
        """The object. With a stream, `text` is its dictionary without brackets."""
        if stream is not None:
            text = b"<< %s /Length %d >>\nstream\n%s\nendstream" % (text, len(stream), stream)
        self.offsets[number] = self.at
        said = b"%d 0 obj\n%s\nendobj\n" % (number, text)
        self.chunks.append(said)
        self.at += len(said)
        return number

    def add(self, text: bytes, stream: bytes | None = None) -> int:
        """An object in the next place."""
        return self.put(self.new(), text, stream)

    def thaw(self, frozen: Frozen) -> int:
        """Put the objects in; the number is given from which theirs are counted. Those apart are still to be put."""
        base = len(self.offsets) - 1
        if base + frozen.count > MOST:
            raise OverflowError("More objects than there is room for in the holes.")
        places = [0] * frozen.count
        for number, offset in zip(frozen.numbers, frozen.offsets, strict=True):
            places[number - 1] = offset + self.at
        self.offsets += places
        self.spare += [number + base for number in frozen.unused]
        for text, raw in zip(frozen.texts, frozen.raws, strict=True):
            said = text.at(base)
            self.chunks += (said, raw)
            self.at += len(said) + len(raw)
        return base

    def save(self, to: Path, *, root: int, info: int) -> None:
        """The file, whole or not at all. Its identifier is the hash of what is in it."""
        body = b"".join(self.chunks)
        mark = hashlib.sha256(body).hexdigest()[:32].encode()
        entries = [b"%010d 00000 n \n" % offset if offset else b"" for offset in self.offsets]
        free = [number for number, offset in enumerate(self.offsets) if not offset]
        for number, after in zip(free, [*free[1:], 0], strict=True):
            entries[number] = b"%010d %05d f \n" % (after, 0 if number else 65535)
        trailer = b"trailer << /Info %d 0 R /Root %d 0 R /Size %d /ID [<%s><%s>] >>\nstartxref\n%d\n%%%%EOF\n" % (
            info,
            root,
            len(self.offsets),
            mark,
            mark,
            self.at,
        )
        half = to.with_name(to.name + ".half")
        try:
            with half.open("wb") as file:
                file.write(body)
                file.write(b"xref\n0 %d\n%s%s" % (len(self.offsets), b"".join(entries), trailer))
            os.replace(half, to)
        finally:
            half.unlink(missing_ok=True)


def words(said: str) -> bytes:
    """A string as it is written in a PDF."""
    return String(said).unparse()


def name(said: str) -> bytes:
    """A name, with its stroke."""
    return Name(said).unparse()


def refs(numbers: list[int]) -> bytes:
    """References in brackets."""
    return b"[%s]" % b" ".join([b"%d 0 R" % number for number in numbers])
