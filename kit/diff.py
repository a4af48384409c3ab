"""What changed between two texts, word by word, in pieces that a person can read."""

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\s*\S+|\s+$")
MOST_WORDS = 5000  # beyond it, lines are compared instead: comparing words grows with the square
SHORT = 3  # an unchanged run of fewer words between two changes is noise, and counts as changed
REWRITTEN = 0.35  # with a smaller share of words in common, marks hide more than they show

Segment = tuple[str, str]


def word_diff(old: str, new: str) -> list[Segment]:
    """Pieces of ("equal" | "insert" | "delete", text) that turn the old text into the new one."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    if len(before) + len(after) > MOST_WORDS:
        before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    matcher = SequenceMatcher(None, [_bare(word) for word in before], [_bare(word) for word in after], autojunk=False)
    pieces: list[list] = []
    codes = matcher.get_opcodes()
    for place, (op, a, b, c, d) in enumerate(codes):
        inside = 0 < place < len(codes) - 1
        equal = op == "equal" and not (inside and b - a < SHORT)
        if pieces and pieces[-1][0] is equal:
            pieces[-1][1] += before[a:b]
            pieces[-1][2] += after[c:d]
        else:
            pieces.append([equal, list(before[a:b]), list(after[c:d])])
    return _spaced([segment for equal, was, now in pieces for segment in _segments(equal, was, now)])


def rewritten(old: str, new: str) -> bool:
    """Whether so little is left of the old text that both are better read whole."""
    before, after = old.split(), new.split()
    if not before or not after or len(before) + len(after) > MOST_WORDS:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() < REWRITTEN


def same_words(old: str, new: str) -> bool:
    """Whether two texts say the same, white space and case aside."""
    return old.split() != [] and old.casefold().split() == new.casefold().split()


def _segments(equal: bool, was: list[str], now: list[str]) -> list[Segment]:
    if equal:
        return [("equal", "".join(now))]
    found = [("delete", "".join(was))] if was else []
    return [*found, ("insert", "".join(now))] if now else found


def _spaced(segments: list[Segment]) -> list[Segment]:
    """Words never run together where one text ends a line and the other does not."""
    found: list[Segment] = []
    for op, text in segments:
        apart = not found or text[:1].isspace() or found[-1][1][-1:].isspace()
        found.append((op, text if apart else f" {text}"))
    return found


def _bare(word: str) -> str:
    """A word without the white space around it, so that a moved line end is no change."""
    return word.strip() or " "
