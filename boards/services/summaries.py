"""The summary of decisions and actions: what a meeting decided, sent out at once, provisional and numbered.

What was sent stays. Where something of it is corrected, a new one goes out and the old one is superseded.
"""

import datetime as dt

from django.db import transaction

from boards.models import Meeting, Summary
from people.actor import Actor


@transaction.atomic
def circulate(*, meeting: Meeting, by: Actor, at: dt.datetime, because: str = "") -> Summary:
    """Freeze the summary as the next number and send its link to members and owners of actions. Raises Refusal."""
    raise NotImplementedError


def follow(*, meeting: Meeting, because: str, by: Actor, at: dt.datetime) -> Summary | None:
    """A new summary, when one went out before: it said something else. The caller holds the transaction."""
    if not meeting.summaries.exists():
        return None
    return circulate(meeting=meeting, by=by, at=at, because=because)
