"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher

TOKENS = re.compile(r"\s+|\w+|[^\w\s]")
MOST_TOKENS = 6000  # beyond it, lines are compared instead: comparing words grows with the square

Segment = tuple[str, str]


def word_diff(old: str, new: str) -> list[Segment]:
    """Pieces of ("equal" | "insert" | "delete", text) that turn the old text into the new one."""
    before, after = TOKENS.findall(old), TOKENS.findall(new)
    if len(before) + len(after) > MOST_TOKENS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    segments: list[Segment] = []
    for op, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op in {"delete", "replace"}:
            segments.append(("delete", "".join(before[a:b])))
        if op in {"insert", "replace"}:
            segments.append(("insert", "".join(after[c:d])))
        if op == "equal":
            segments.append(("equal", "".join(before[a:b])))
    return segments


def same_words(old: str, new: str) -> bool:
    """Whether two texts say the same, white space and case aside."""
    return old.split() != [] and old.casefold().split() == new.casefold().split()
