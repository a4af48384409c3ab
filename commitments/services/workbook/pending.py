"""An uploaded workbook between its check and its confirmation: kept privately on the server, for an hour.

The browser holds only a signed token that names the file, its owner and the changes that were shown.
"""

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

FOLDER = "plan-workbooks"
LASTS = 60 * 60  # seconds
SALT = "commitments.plan_workbook"


@dataclass(frozen=True)
class Pending:
    """`file` is its name in the storage."""

    file: str
    fingerprint: str


class Gone(Exception):
    """The token is too old, not ours, another user's, or its file has been replaced."""


def keep(*, files: Sequence[tuple[str, bytes]]) -> str:
    """Keep an upload's files together; the name in the storage, which tells nothing and cannot be guessed.

    Clears out old ones. The archive is ours: what was uploaded is unpacked by nobody here.
    """
    _sweep()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for place, (name, data) in enumerate(files):
            archive.writestr(f"{place}/{name}", data)
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.zip", ContentFile(buffer.getvalue()))


def token_for(*, file: str, fingerprint: str, user_id: int) -> str:
    """What the confirmation brings back."""
    return signing.dumps({"file": file, "plan": fingerprint, "user": user_id}, salt=SALT)


def read_token(*, token: str, user_id: int, file: str) -> Pending:
    """What the token names, when it is this user's and about this file. Raises Gone."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Gone from error
    if held["user"] != user_id or held["file"] != file:
        raise Gone
    return Pending(held["file"], held["plan"])


def read(*, file: str) -> list[tuple[str, bytes]]:
    """The upload's files, each with the name it came under. Raises Gone."""
    try:
        with default_storage.open(file) as stored, zipfile.ZipFile(stored) as archive:
            return [(part.filename.partition("/")[2], archive.read(part)) for part in archive.infolist()]
    except FileNotFoundError as error:
        raise Gone from error


def drop(*, file: str) -> None:
    """Delete an upload, if there is one."""
    if file:
        default_storage.delete(file)


def _sweep() -> None:
    """Uploads that nobody confirmed. Files have real times, whatever day the demonstration stands on."""
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    oldest = timezone.now() - dt.timedelta(seconds=LASTS)
    for name in names:
        path = f"{FOLDER}/{name}"
        try:
            if default_storage.get_modified_time(path) < oldest:
                default_storage.delete(path)
        except FileNotFoundError:
            continue  # another request was quicker
