"""A PDF paper: what the probe found in it, in sentences."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

from kit.uploads.checked import Limits, Refused
from kit.uploads.kinds import PASSWORD
from kit.uploads.names import clean_line
from kit.uploads.page_sizes import notes_on_sizes, pages_named

PROBE = Path(__file__).with_name("pdf_probe.py")
AGAIN = "Make the PDF again and select it."
TOO_MUCH = (
    "The selected file takes too much time or memory to read. Print it to a new PDF, or split it, and select that."
)
FAULTS = {
    "password": PASSWORD,
    "owner": "The selected file is protected against changes. Save it without protection and select it again.",
    "damaged": f"The selected file is damaged or incomplete. {AGAIN}",
    "complex": TOO_MUCH,
    "trap": "The selected file unpacks to far more than its size. Print it to a new PDF and select that.",
}
ACTIVE = {
    "javascript": "The selected file has JavaScript in it. Print it to a new PDF and select that.",
    "launch": "The selected file tries to start a program. Print it to a new PDF and select that.",
    "embedded": "The selected file has other files inside. Take them out and select it again.",
}
XFA = "The selected file is a form that only some programs can show (XFA). Print it to a new PDF and select that."
UNTAGGED = (
    "The file has no tags: a screen reader finds no headings and no reading order in it. "
    "Save it again as a tagged (accessible) PDF."
)


def look(file: BinaryIO, limits: Limits) -> dict[str, Any]:
    """Facts, notes and problems for Checked. Raises Refused where the file cannot be read at all."""
    found = _probed(file, limits)
    if found["fault"] == "pages":
        raise Refused(_pages_fault(found["pages"], limits))
    if found["fault"]:
        raise Refused(FAULTS[found["fault"]])
    facts = {
        "pages": found["pages"],
        "tagged": found["tagged"],
        "language": clean_line(found["language"], 35),
        "title": clean_line(found["title"]),
    }
    return facts | {"problems": tuple(_problems(found)), "notes": tuple(_notes(found, facts, limits))}


def _probed(file: BinaryIO, limits: Limits) -> dict[str, Any]:
    """What the probe says, or a fault when it was stopped by a limit or fell over."""
    file.seek(0)
    wanted = {name: getattr(limits, name) for name in ("seconds", "memory_bytes", "objects", "pages")}
    # -I: no folder of ours, and nothing of the environment, is in its way.
    command = [sys.executable, "-I", str(PROBE), json.dumps(wanted)]
    try:
        # The script is ours, and the file is only its input.
        done = subprocess.run(command, stdin=file, capture_output=True, timeout=2 * limits.seconds)  # noqa: S603
    except subprocess.TimeoutExpired:
        return {"fault": "complex"}
    if done.returncode:
        return {"fault": "complex"}
    return json.loads(done.stdout)


def _pages_fault(pages: int, limits: Limits) -> str:
    if not pages:
        return f"The selected file has no pages. {AGAIN}"
    return f"The selected file has {pages:,} pages. It must have {limits.pages:,} or fewer."


def _problems(found: dict[str, Any]) -> Sequence[str]:
    for kind, sentence in ACTIVE.items():
        if kind in found["active"]:
            yield sentence
    if found["xfa"]:
        yield XFA
    if found["faulty"]:
        yield f"{_many(found['faulty'])} of the selected file {_has(found['faulty'])} no proper size. {AGAIN}"
    if found["damaged"]:
        yield f"{_many(found['damaged'])} of the selected file {_is(found['damaged'])} damaged. {AGAIN}"


def _notes(found: dict[str, Any], facts: dict[str, Any], limits: Limits) -> Sequence[str]:
    if not found["tagged"]:
        yield UNTAGGED
    elif not facts["language"]:
        yield "The file does not say what language it is in, so a screen reader may read it in the wrong voice."
    if not facts["title"]:
        yield "The file has no title among its properties."
    if found["pictures"]:
        which, them = found["pictures"], "it" if len(found["pictures"]) == 1 else "them"
        what = "a picture" if len(which) == 1 else "pictures"
        yield f"{_many(which)} {_is(which)} {what} without text: nobody can search {them} or have {them} read out."
    yield from notes_on_sizes(found["sizes"])
    if found["faults_passed_over"]:
        yield "The file has faults that programs pass over, each in its way. Check that every page is as it should be."
    if found["pages"] > limits.many_pages:
        yield f"The file has {found['pages']:,} pages. Few will read so many: a summary helps."
    if "media" in found["active"]:
        yield "The file has sound, video or 3D in it, which does not play in a pack."
    if found["fields"] and not found["xfa"]:
        yield "The file has fields to fill in. Print it to a new PDF if what was typed must show everywhere."


def _many(numbers: Sequence[int]) -> str:
    named = pages_named(numbers)
    return named[:1].upper() + named[1:]


def _is(numbers: Sequence[int]) -> str:
    return "is" if len(numbers) == 1 else "are"


def _has(numbers: Sequence[int]) -> str:
    return "has" if len(numbers) == 1 else "have"
