"""A folder that keeps files whole: under its name a file is there entirely, or not at all."""

import contextlib
import datetime as dt
import os
import tempfile
from pathlib import Path

from django.core.files.storage import FileSystemStorage

UNFINISHED = ".unfinished-"


class PrivateFolder(FileSystemStorage):
    """Written under another name, flushed to the disk, then renamed. No URL serves it; only its owner may read it."""

    def __init__(self, location=None, **options) -> None:
        super().__init__(
            location, file_permissions_mode=0o600, directory_permissions_mode=0o700, allow_overwrite=True, **options
        )

    def _save(self, name: str, content) -> str:
        target = Path(self.path(name))
        self._make_folders(target)
        handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)  # which is 0600
        try:
            with os.fdopen(handle, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            os.replace(unfinished, target)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(unfinished)
            raise
        _flush_folder(target.parent)
        return name

    def _make_folders(self, target: Path) -> None:
        """One by one: only the last of several made together would get the mode."""
        root = Path(self.location)
        root.parent.mkdir(parents=True, exist_ok=True)
        inside = target.parent.relative_to(root).parts
        for depth in range(len(inside) + 1):
            root.joinpath(*inside[:depth]).mkdir(mode=0o700, exist_ok=True)

    def url(self, name: str | None) -> str:
        raise ValueError("Private files have no address of their own.")

    def tidy(self, *, older_than: dt.timedelta) -> int:
        """Remove what killed processes left unfinished; how many. Times are the folder's own, not the machine's."""
        root = Path(self.location)
        if not root.is_dir():
            return 0
        with tempfile.NamedTemporaryFile(prefix=UNFINISHED, dir=root) as now:
            since = os.stat(now.name).st_mtime - older_than.total_seconds()
        stale = [path for path in root.rglob(f"{UNFINISHED}*") if _written(path) < since]
        for path in stale:
            path.unlink(missing_ok=True)
        return len(stale)


def _flush_folder(folder: Path) -> None:
    """The new name too must survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # its process has just finished
        return float("inf")
