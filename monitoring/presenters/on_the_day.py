"""Who stood behind a return, and what it was about, as of its day: once it came in, today's names are not its names."""

from monitoring.choices import EDITABLE_STATES
from monitoring.models import ProgressReturn, ReturnVersion
from people.models import Person, Post


def lead_words(progress_return: ProgressReturn, version: ReturnVersion | None, today: Person | None) -> tuple[str, str]:
    """The lead's title and holder (empty: vacant): of the day it was submitted or recorded missing, else today's."""
    in_hand = progress_return.state in EDITABLE_STATES  # sent back or reopened: it is today's lead who has to act
    if version is not None and version.submitted_at is not None and (version.signed_off_at or not in_hand):
        return version.lead_post_title, version.lead_name
    if progress_return.missed_by and progress_return.first_submitted_at is None:
        title, _, name = progress_return.missed_by.rpartition(": ")
        return title, "" if name == "vacant" else name
    return progress_return.commitment.lead_post.title, today.name if today else ""


def overseer_words(
    progress_return: ProgressReturn, version: ReturnVersion | None, today: Person | None
) -> tuple[str, str]:
    """The overseer's title and holder: of the day it was signed off; until then, today's, who has to act."""
    if version is not None and version.signed_off_at is not None:
        return version.overseer_post_title, version.overseer_name
    return progress_return.commitment.overseer_post.title, today.name if today else ""


def role(words: tuple[str, str], post: Post) -> dict:
    """A post and who holds it, for the record header."""
    title, holder = words
    return {"post": title, "holder": holder or None, "url": post.get_absolute_url()}


def title_of(progress_return: ProgressReturn, version: ReturnVersion | None) -> str:
    """The commitment's title: the one that was signed, also after the plan has another.

    Lists bring it as `signed_title`, without the rest of what the return rested on.
    """
    if version is None or version.signed_off_at is None:
        return progress_return.commitment.title
    if hasattr(version, "signed_title"):
        return version.signed_title or progress_return.commitment.title
    return version.basis.get("commitment", {}).get("title") or progress_return.commitment.title
