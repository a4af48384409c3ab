"""An uploaded workbook between its check and its confirmation: kept privately on the server, for an hour.

The browser holds only a signed token that names the file, its owner and the changes that were shown.
"""

import datetime as dt
import uuid
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
    """`file` is its name in the storage, `name` the one it was uploaded under."""

    file: str
    name: str
    fingerprint: str


class Gone(Exception):
    """The token is too old, not ours, another user's, or its file has been replaced."""


def keep(*, data: bytes, name: str) -> str:
    """Keep an upload; the name in the storage, which tells nothing and cannot be guessed. Clears out old ones."""
    _sweep()
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.xlsx", ContentFile(data, name))


def token_for(*, file: str, name: str, fingerprint: str, user_id: int) -> str:
    """What the confirmation brings back."""
    return signing.dumps({"file": file, "name": name, "plan": fingerprint, "user": user_id}, salt=SALT)


def read_token(*, token: str, user_id: int, file: str) -> Pending:
    """What the token names, when it is this user's and about this file. Raises Gone."""
    try:
        held = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature as error:
        raise Gone from error
    if held["user"] != user_id or held["file"] != file:
        raise Gone
    return Pending(held["file"], held["name"], held["plan"])


def read(*, file: str) -> bytes:
    """The upload's bytes. Raises Gone."""
    try:
        with default_storage.open(file) as stored:
            return stored.read()
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
