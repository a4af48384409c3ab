"""Number trees and name trees of a PDF, read flat and without trust."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary


def flat(tree: Any, leaf: str) -> Iterator[tuple[Any, Any]]:
    """Pairs of key and value, in no promised order. A branch that comes twice is read once."""
    stack, seen = [tree], set()
    while stack:
        node = stack.pop()
        if not isinstance(node, Dictionary):
            continue
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        pairs, kids = node.get(leaf), node.get("/Kids")
        if isinstance(pairs, Array):
            items = list(pairs)
            yield from zip(items[::2], items[1::2], strict=False)
        if isinstance(kids, Array):
            stack.extend(kids)
