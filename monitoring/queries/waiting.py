"""Who each return waits with, and for how long."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from kit.clock import local_date
from monitoring.choices import ReturnState
from monitoring.models import ProgressReturn
from monitoring.rules import is_missing
from people.models import Person, Post
from people.queries import holders_on


@dataclass(frozen=True)
class Wait:
    """The post a return waits with, its holder on the day (None: vacant), since when and for how many days."""

    post: Post
    person: Person | None
    since: dt.date
    days: int
    as_overseer: bool


def holders_for(returns: Iterable[ProgressReturn], on: dt.date) -> dict[int, Person]:
    """The holders of every lead and overseer of the returns; vacant posts are not in it. One query."""
    posts = {progress_return.commitment.lead_post_id for progress_return in returns}
    posts |= {progress_return.commitment.overseer_post_id for progress_return in returns}
    return {post: tenure.person for post, tenure in holders_on(posts, on).items()}


def of_return(progress_return: ProgressReturn, holders: dict[int, Person], on: dt.date) -> Wait | None:
    """Who it waits with, or None when it is signed off, exempt, not open yet, or missing and not let in.

    `progress_return` comes from `ProgressReturn.objects.current().with_waiting()`.
    """
    round = progress_return.round
    if progress_return.state in {ReturnState.SIGNED_OFF, ReturnState.EXEMPT} or round.state == "planned":
        return None
    if progress_return.first_submitted_at is None and is_missing(progress_return, on):
        let_in = progress_return.late_until is not None and on <= progress_return.late_until
        if not let_in:
            return None
    as_overseer = progress_return.state == ReturnState.SUBMITTED
    commitment = progress_return.commitment
    post = commitment.overseer_post if as_overseer else commitment.lead_post
    # What was never handed over has been with the lead since the round opened, however often a draft was saved.
    handed_over = progress_return.handed_over_at
    since = local_date(handed_over) if handed_over else round.opens_on
    return Wait(post, holders.get(post.pk), since, max((on - since).days, 0), as_overseer)


def of_returns(returns: Iterable[ProgressReturn], on: dt.date) -> list[tuple[ProgressReturn, Wait]]:
    """The returns that wait for somebody, each with whom."""
    pks = [progress_return.pk for progress_return in returns]
    rows = list(ProgressReturn.objects.filter(pk__in=pks).current().with_waiting())
    holders = holders_for(rows, on)
    pairs = [(row, of_return(row, holders, on)) for row in rows]
    return [(row, wait) for row, wait in pairs if wait is not None]
