"""Names of uploaded files: data to show, cleaned of what would mislead or break a line; never a path of ours."""

import re
import unicodedata

LONGEST = 120
NAMELESS = "paper"
# Marks that are not seen but turn the direction of what follows, join, or hide: an .exe can look like a .pdf by them.
UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]")
SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,5}$")


def display_name(name: str) -> str:
    """The last part of the name, on one line, at most 120 characters, its extension kept."""
    last = re.split(r"[/\\]", name.rstrip("/\\ "))[-1]
    shown = "".join(" " if _breaks(mark) else mark for mark in UNSEEN.sub("", unicodedata.normalize("NFC", last)))
    shown = " ".join(shown.split()).lstrip(". ")
    suffix = extension(shown)
    stem = shown.removesuffix(suffix).rstrip(". ") if suffix else shown
    # A name that is only an extension has lost its dot above.
    if not suffix and stem.casefold() in {"pdf", "docx"}:
        stem, suffix = NAMELESS, f".{stem}"
    stem = stem or NAMELESS
    room = LONGEST - len(suffix)
    return (stem if len(stem) <= room else stem[: room - 1].rstrip() + "…") + suffix


def extension(name: str) -> str:
    """The extension with its dot, as it is written; empty when there is none."""
    found = SUFFIX.search(name)
    return found.group() if found else ""


def clean_line(text: str, most: int = 300) -> str:
    """Text out of a file, as one line that is safe to show and to store."""
    shown = "".join(" " if _breaks(mark) else mark for mark in UNSEEN.sub("", str(text)[: most * 4]))
    return " ".join(shown.split())[:most]


def _breaks(mark: str) -> bool:
    return unicodedata.category(mark) in ("Cc", "Cs", "Zl", "Zp")
