"""The pages of a pack that are ours: cover, contents, front sheets, and pages that stand in for a broken paper.

All are typeset in one document and taken apart afterwards; each begins with the heading that is its bookmark.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf

from kit import pdf
from kit.pdf_join.names import LINK
from kit.pdf_join.plan import CONTENTS, COVER, Entry
from kit.pdf_join.types import Own, Pack

TEMPLATE = "kit/pdf/pack.typ"
Leaf = dict[str, Any]


def typeset(
    pack: Pack,
    front: Sequence[Entry],
    main: Sequence[Entry],
    broken: Mapping[str, str],
    rows: Mapping[str, Leaf],
) -> tuple[bytes, dict[str, int]]:
    """The document, and how many pages each part of it has, in its order.

    `rows` gives for each entry's key what the contents say of it: page, pages, notes, and the key to jump to.
    """
    leaves = _leaves(pack, front, main, broken, rows)
    if not leaves:
        return b"", {}
    body = {"leaves": leaves, "link": LINK}
    made = pdf.render(TEMPLATE, body, title=pack.title, lang=pack.lang)
    return made, _counts(made, [leaf["key"] for leaf in leaves])


def _leaves(pack: Pack, front: Any, main: Any, broken: Mapping[str, str], rows: Mapping[str, Leaf]) -> list[Leaf]:
    made: list[Leaf] = []
    if pack.cover:
        cover = pack.cover
        made.append(_leaf(COVER, "cover", cover.title or pack.title, cover.above, cover.facts, cover.parts))
        made[-1]["said"] = [pack.board, pack.meeting]
    made += _of(front, broken, rows)
    if pack.contents:
        made.append(_leaf(CONTENTS, "contents", "Contents") | {"rows": [rows[entry.key] for entry in main]})
    return made + _of(main, broken, rows)


def _of(found: Sequence[Entry], broken: Mapping[str, str], rows: Mapping[str, Leaf]) -> list[Leaf]:
    made = []
    for at, entry in enumerate(found):
        title = f"{entry.section.reference} {entry.section.title}".strip()
        source = entry.section.source
        if isinstance(source, Own):
            leaf = _leaf(entry.key, "own", title, source.above, source.facts, source.parts)
            if source.list_children:
                leaf["rows"] = [rows[each.key] for each in _below(found, at)]
            made.append(leaf)
        elif entry.key in broken:
            made.append(_leaf(entry.key, "instead", title) | {"said": [broken[entry.key]]})
    return made


def _below(found: Sequence[Entry], at: int) -> list[Entry]:
    below = []
    for entry in found[at + 1 :]:
        if entry.level <= found[at].level:
            break
        below.append(entry)
    return below


def _leaf(key: str, kind: str, title: str, above: str = "", facts: Any = (), parts: Any = ()) -> Leaf:
    pairs = [{"key": name, "value": value} for name, value in facts]
    return {
        "key": key,
        "kind": kind,
        "title": title or "Without title",
        "above": above,
        "facts": pairs,
        "parts": list(parts),
        "rows": [],
        "said": [],
    }


def _counts(made: bytes, keys: list[str]) -> dict[str, int]:
    """Pages from one top bookmark to the next."""
    with pikepdf.open(io.BytesIO(made)) as found:
        at = {page.obj.objgen: number for number, page in enumerate(found.pages)}
        starts, item = [], found.Root.Outlines.First
        while item is not None:
            starts.append(at[item.Dest[0].objgen])
            item = item.get("/Next")
        starts.append(len(found.pages))
    return {key: after - first for key, first, after in zip(keys, starts[:-1], starts[1:], strict=True)}
