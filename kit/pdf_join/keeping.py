"""Papers kept as they were made ready, beside the papers themselves: the work on a paper is done once.

What is kept stands under the hash of the paper and of this program, and says the hash of its own contents. What does
not agree is made anew: nothing is believed because a file says so, and a paper cannot pass for one that is ready.
"""

import functools
import hashlib
import json
import os
import tempfile
from array import array
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kit.pdf_join import papers
from kit.pdf_join.freezing import Frozen, Text
from kit.pdf_join.preparing import Apart, Leaf, Prepared, prepare

DIGEST = 32


def prepared(source: Path | bytes, store: Path | None) -> Prepared:
    """The paper, ready to be joined: from the store when it is there, else made and put there. Raises Unreadable."""
    data = papers.read(source)
    if store is None:
        return prepare(data)
    place = store / f"{hashlib.sha256(data).hexdigest()}.{_program()}"
    found = _kept(place)
    if found is None:
        found = prepare(data)
        _keep(place, found)
    return found


def _kept(place: Path) -> Prepared | None:
    try:
        held = place.read_bytes()
    except OSError:
        return None
    body = memoryview(held)[DIGEST:]
    if hashlib.sha256(place.name.encode() + body).digest() != held[:DIGEST]:
        return None
    return _unpacked(body)


def _keep(place: Path, made: Prepared) -> None:
    """Whole or not at all; a store that cannot be written costs time, not the pack."""
    body = _packed(made)
    digest = hashlib.sha256(place.name.encode() + body).digest()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=place.parent) as folder:
            half = Path(folder) / place.name
            half.write_bytes(digest + body)
            os.replace(half, place)
    except OSError:
        return


@functools.cache
def _program() -> str:
    """What is made by another version of this program is not used."""
    sources = b"".join(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
    return hashlib.sha256(sources).hexdigest()[:16]


def _packed(made: Prepared) -> bytes:
    """A line of JSON with the lengths of what follows, then texts and streams as they are."""
    parts: list[bytes] = []

    def plain(value: Any) -> Any:
        if isinstance(value, bytes):
            parts.append(value)
            return {"bytes": len(value)}
        if isinstance(value, array):
            return plain(value.tobytes())
        raise TypeError(type(value))

    said = json.dumps(asdict(made), default=plain).encode()
    return said + b"\n" + b"".join(parts)


def _unpacked(body: memoryview) -> Prepared:
    held = bytes(body)
    at = held.index(b"\n") + 1

    def parts(value: dict[str, Any]) -> Any:
        nonlocal at
        if value.keys() != {"bytes"}:
            return value
        at += value["bytes"]
        return held[at - value["bytes"] : at]

    made = json.loads(held[: at - 1], object_hook=parts)
    frozen = made.pop("frozen")
    frozen["texts"] = [Text(**each) for each in frozen["texts"]]
    for name in ("numbers", "offsets"):
        frozen[name] = array("I", frozen[name])
    return Prepared(
        frozen=Frozen(**frozen),
        pages=[Leaf(**each | {"text": Text(**each["text"]), "box": tuple(each["box"])}) for each in made.pop("pages")],
        apart=[Apart(**each | {"text": Text(**each["text"])}) for each in made.pop("apart")],
        kids=Text(**made.pop("kids")),
        **made,
    )
