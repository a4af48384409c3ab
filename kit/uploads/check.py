"""The check of an uploaded paper, from its first byte to the sentence that is shown beside the field."""

import hashlib
import tempfile
from typing import Any, BinaryIO

from kit.uploads import docx, pdf, scanner
from kit.uploads.checked import MB, Checked, Limits, Refused, limits_of_settings
from kit.uploads.kinds import kind_of
from kit.uploads.names import display_name

CHUNK = 1024 * 1024


def check_paper(name: str, file: BinaryIO, *, limits: Limits | None = None) -> Checked:
    """Whether a paper may be kept, and what it is. Never raises for a bad file.

    `file` is read from its start, and stands there again at the end. A hostile file costs at most `limits.seconds`
    and `limits.memory_bytes`, in a process of its own.
    """
    limits = limits or limits_of_settings()
    known: dict[str, Any] = {"name": display_name(name)}
    with tempfile.TemporaryFile() as copy:
        try:
            known |= _copied(file, copy, limits)
            known["kind"] = kind_of(known["name"], copy)
            infected = scanner.scan(copy, name=known["name"], sha256=known["sha256"])
            if infected:
                raise Refused(infected)
            known |= {"pdf": pdf.look, "docx": docx.look}[known["kind"]](copy, limits)
        except Refused as refusal:
            known["problems"] = (str(refusal),)
        finally:
            file.seek(0)
    return Checked(**known)


def _copied(file: BinaryIO, copy: BinaryIO, limits: Limits) -> dict[str, Any]:
    """The file in a place of ours, as far as it is not too large; so nobody changes it under the check."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        size += len(chunk)
        if size > limits.file_bytes:
            raise Refused(f"The selected file must be smaller than {limits.file_bytes / MB:.3g} MB.")
        digest.update(chunk)
        copy.write(chunk)
    if not size:
        raise Refused("The selected file is empty.")
    copy.flush()
    return {"size": size, "sha256": digest.hexdigest()}
