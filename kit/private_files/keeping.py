"""Keeping files under keys that are their SHA-256, and reading them again."""

import datetime as dt
import hashlib
import re
from typing import IO, BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages

KEY = re.compile(r"([0-9a-f]{2})/([0-9a-f]{2})/([0-9a-f]{64})\.([a-z0-9]{1,8})")
STALE = dt.timedelta(days=1)
CHUNK = 1024 * 1024


def store(file_or_bytes: bytes | IO[bytes], sha256: str | None, suffix: str) -> str:
    """Keep a file; its key, such as ab/cd/abcd….pdf. Keeping the same one again changes nothing.

    `suffix` has its dot. `sha256` is what a check promised, None for bytes that we made ourselves.
    Raises ValueError when the bytes are not those of the sha256 that was promised. After this the whole file is there
    or none of it, also when the process is killed. A transaction that rolls back leaves the file: it harms nobody.
    """
    content = ContentFile(file_or_bytes) if isinstance(file_or_bytes, bytes) else File(file_or_bytes)
    found, size = _digest(content)
    if sha256 and found != sha256:
        raise ValueError("The file is not the one that was checked: its SHA-256 differs.")
    key = f"{found[:2]}/{found[2:4]}/{found}{suffix}"
    _sha_of(key)
    place = _place()
    if not (place.exists(key) and place.size(key) == size):
        content.seek(0)
        place.save(key, content)
    return key


def open_(key: str) -> BinaryIO:
    """The file, for reading. Raises FileNotFoundError, and ValueError for what is no key."""
    _sha_of(key)
    return _place().open(key, "rb")


def read(key: str) -> bytes:
    """All bytes of a file. Raises as open_ does."""
    with open_(key) as file:
        return file.read()


def exists(key: str) -> bool:
    """Whether the file is there, whole."""
    _sha_of(key)
    return _place().exists(key)


def is_sound(key: str) -> bool:
    """Whether the file is there and still has the bytes that its key names."""
    if not exists(key):
        return False
    with open_(key) as file:
        return _digest(File(file))[0] == _sha_of(key)


def tidy(*, older_than: dt.timedelta = STALE) -> int:
    """Remove what killed processes left unfinished; how many files that were. Safe at any time."""
    remove = getattr(_place(), "tidy", None)  # a store across the network drops what was not finished by itself
    return remove(older_than=older_than) if remove else 0


def _place() -> Storage:
    return storages["private"]


def _sha_of(key: str) -> str:
    """The SHA-256 in a key. Raises ValueError for what is no key, so that no path from outside leads anywhere."""
    found = KEY.fullmatch(key)
    if not found or not found[3].startswith(found[1] + found[2]):
        raise ValueError(f"{key!r} is not the key of a private file.")
    return found[3]


def _digest(content: File) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
