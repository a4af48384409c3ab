"""Papers made ready to be joined, once: when their file comes, so that a pack only has to put them in their place.

What is kept holds what the papers hold, in a private folder of this machine. It can be emptied at any time.
"""

from pathlib import Path

from django.conf import settings

from kit.pdf_join import Unreadable, prepared
from kit.private_files import read


def folder() -> Path | None:
    """Where they are kept; None where nothing is."""
    if settings.PACKS_READY is None:
        return None
    place = Path(settings.PACKS_READY)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def make_ready(key: str) -> None:
    """Do it for a file of the private storage. One that cannot be joined is named when a pack is built, not here."""
    place = folder()
    if place is None or not key:
        return
    try:
        prepared(read(key), place)
    except Unreadable:
        return
