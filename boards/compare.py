"""Two versions of terms of reference, field by field."""

from collections.abc import Sequence
from dataclasses import dataclass

from boards.terms_text import Said
from kit.diff import Segment, rewritten, word_diff

# Rows of which there are several.
SEVERAL = ("duty ", "level ")


@dataclass(frozen=True)
class Difference:
    """What became of one field. `segments` marks the words, when the two texts are better read as one."""

    part: str
    label: str
    old: str
    new: str
    segments: list[Segment] | None

    @property
    def what(self) -> str:
        """Added, removed or changed."""
        if not self.old:
            return "Added"
        return "Changed" if self.new else "Removed"


def differences(old: Sequence[Said], new: Sequence[Said]) -> list[Difference]:
    """The fields that do not say the same, in the order of the newer version; those that are gone at their place."""
    before, after = {each.key: each for each in old}, {each.key: each for each in new}
    found = []
    for key in _in_order(list(before), list(after)):
        was, now = before.get(key), after.get(key)
        texts = was.text if was else "", now.text if now else ""
        if texts[0].split() != texts[1].split():
            found.append(_difference(now or was, *texts))
    return found


def unchanged(old: Sequence[Said], new: Sequence[Said]) -> list[str]:
    """The labels of what says the same in both; responsibilities and service levels where all of them do."""
    before = {each.key: each for each in old}
    after = {each.key: each for each in new}
    found: dict[str, bool] = {}
    for key in _in_order(list(before), list(after)):
        was, now = before.get(key), after.get(key)
        texts = was.text if was else "", now.text if now else ""
        one_of_several = key.startswith(SEVERAL)
        label = (now or was).part if one_of_several else (now or was).label
        same = bool(texts[0]) and texts[0].split() == texts[1].split()
        found[label] = found.get(label, True) and same
    return [label for label, same in found.items() if same]


def _difference(field: Said, old: str, new: str) -> Difference:
    marked = bool(old and new) and not rewritten(old, new)
    return Difference(field.part, field.label, old, new, word_diff(old, new) if marked else None)


def _in_order(old: list[str], new: list[str]) -> list[str]:
    """Every key once: the new ones in their order, and each that is gone after the one it stood behind."""
    found = list(new)
    for place, key in enumerate(old):
        if key not in found:
            behind = next((before for before in reversed(old[:place]) if before in found), None)
            found.insert(found.index(behind) + 1 if behind else 0, key)
    return found
