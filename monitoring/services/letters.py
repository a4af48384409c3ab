"""Which mail a return's acts cause, and to whom."""

import datetime as dt

from kit import clock
from kit.clock import local_date
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct, ReturnVersion
from people.models import Person
from people.queries import holders_on
from people.services.outbox import queue


def holder(post_id: int, on: dt.date) -> Person | None:
    """Who holds a post on a day, or None when it is vacant."""
    tenure = holders_on([post_id], on).get(post_id)
    return tenure.person if tenure else None


def submitted(progress_return: ProgressReturn, version: ReturnVersion) -> None:
    """To the overseer: there is a return to read."""
    _to(
        holder(progress_return.commitment.overseer_post_id, local_date(version.submitted_at)),
        "submitted",
        progress_return,
    )


def changes_requested(progress_return: ProgressReturn, version: ReturnVersion, act: ReturnAct) -> None:
    """To the lead's holder, and to the delegate who submitted it."""
    people = {holder(progress_return.commitment.lead_post_id, local_date(act.at)), version.submitted_by_person} - {None}
    for person in people:
        _to(person, "changes_requested", progress_return, act=act)


def signed_off(progress_return: ProgressReturn, version: ReturnVersion) -> None:
    """To the lead's holder, and to the delegate who submitted it."""
    people = {
        holder(progress_return.commitment.lead_post_id, local_date(version.signed_off_at)),
        version.submitted_by_person,
    } - {None}
    for person in people:
        _to(person, "signed_off", progress_return, version=version)


def reopened(progress_return: ProgressReturn, version: ReturnVersion) -> None:
    """To the lead's holder and to the overseer's."""
    on = clock.today()
    posts = (progress_return.commitment.lead_post_id, progress_return.commitment.overseer_post_id)
    for person in {holder(post, on) for post in posts} - {None}:
        _to(person, "reopened", progress_return, version=version)


def let_in_late(progress_return: ProgressReturn, until: dt.date) -> None:
    """To the lead's holder."""
    _to(holder(progress_return.commitment.lead_post_id, clock.today()), "let_in_late", progress_return, until=until)


def commissioned(round: ReportingRound, by_person: dict[Person, list[ProgressReturn]]) -> None:
    """One mail to each lead's holder, with all their returns."""
    for person, returns in by_person.items():
        queue(to=person, kind="commissioned", context={"round": round, "returns": returns})


def chase(person: Person, progress_return: ProgressReturn, *, as_overseer: bool, days: int) -> None:
    """To whoever the return waits with."""
    _to(person, "chase", progress_return, as_overseer=as_overseer, days=days)


def _to(person: Person | None, kind: str, progress_return: ProgressReturn, **context) -> None:
    if person is not None:
        queue(to=person, kind=kind, context={"progress_return": progress_return, **context})
