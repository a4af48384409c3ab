"""Returns that their overseer may not sign off, because it would be their own; and who could act instead."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BooleanField, F, Value

from monitoring.choices import ReturnState
from monitoring.models import ProgressReturn
from people.models import Delegation, Person, Post, Tenure

OVER = (ReturnState.SIGNED_OFF, ReturnState.EXEMPT)


@dataclass(frozen=True)
class Conflict:
    """The overseer's holder, what ties them to the lead (holds, covered, delegate, submitted), and who could act."""

    progress_return: ProgressReturn
    person: Person
    tie: str
    candidates: tuple[Tenure, ...]


@dataclass(frozen=True)
class Ties:
    """The people tied to the lead posts, by post: all who are in them on the day, covered ones too, and delegates."""

    tenures: dict[int, set[int]]
    delegates: dict[int, set[int]]

    def of(self, post_id: int) -> set[int]:
        return self.tenures.get(post_id, set()) | self.delegates.get(post_id, set())


def of_returns(
    returns: Iterable[ProgressReturn], holders: dict[int, Person], on: dt.date, *, candidates: bool = True
) -> dict[int, Conflict]:
    """The conflicts, by the return's key. Two queries; one without `candidates`, or when there is no conflict.

    `returns` come from `ProgressReturn.objects.current()`, `holders` from queries.waiting.holders_for.
    """
    rows = [row for row in returns if row.state not in OVER]
    if not rows:
        return {}
    ties = ties_of(rows, on)
    found = {}
    for row in rows:
        person = holders.get(row.commitment.overseer_post_id)
        tie = _tie(row, person, holders, ties) if person else ""
        if tie:
            found[row.pk] = (row, person, tie)
    able = who_could_act([row for row, _, _ in found.values()], on, ties) if candidates else {}
    return {pk: Conflict(row, person, tie, tuple(able.get(pk, ()))) for pk, (row, person, tie) in found.items()}


def who_could_act(returns: Iterable[ProgressReturn], on: dt.date, ties: Ties | None = None) -> dict[int, list[Tenure]]:
    """By the return's key: who holds another overseer post of the strategy and has no tie to the return.

    Each could be recorded as acting in the return's own overseer post. Two queries; one when `ties` are given.
    """
    rows = list(returns)
    if not rows:
        return {}
    ties = ties or ties_of(rows, on)
    overseers: dict[int, list[Tenure]] = {}
    for tenure in (
        Tenure.objects.holding_on(on)
        .annotate(oversees_in=F("post__commitments_overseen__strategy"))
        .filter(oversees_in__in={row.commitment.strategy_id for row in rows}, post__in=Post.objects.existing_on(on))
        .select_related("post", "person")
        .order_by("post__title", "pk")
        .distinct()
    ):
        overseers.setdefault(tenure.oversees_in, []).append(tenure)
    return {row.pk: _free(row, overseers.get(row.commitment.strategy_id, []), ties) for row in rows}


def ties_of(returns: Iterable[ProgressReturn], on: dt.date) -> Ties:
    """Who is tied to the lead posts of the returns on the day. One query."""
    posts = {row.commitment.lead_post_id for row in returns}
    held, delegated = (
        model.objects.lasting_on(on)
        .filter(post__in=posts)
        .order_by()
        .values_list("post", "person", Value(model is Delegation, BooleanField()))
        for model in (Tenure, Delegation)
    )
    ties = Ties({}, {})
    for post_id, person_id, is_delegate in held.union(delegated):
        found = ties.delegates if is_delegate else ties.tenures
        found.setdefault(post_id, set()).add(person_id)
    return ties


def _tie(row: ProgressReturn, person: Person, holders: dict[int, Person], ties: Ties) -> str:
    lead = row.commitment.lead_post_id
    if holders.get(lead) == person:
        return "holds"
    if person.pk in ties.tenures.get(lead, ()):
        return "covered"
    if person.pk in ties.delegates.get(lead, ()):
        return "delegate"
    return "submitted" if row.state == ReturnState.SUBMITTED and _submitter(row) == person.pk else ""


def _free(row: ProgressReturn, overseers: list[Tenure], ties: Ties) -> list[Tenure]:
    tied = ties.of(row.commitment.lead_post_id) | {_submitter(row)}
    free: dict[int, Tenure] = {}
    for tenure in overseers:
        if tenure.post_id != row.commitment.overseer_post_id and tenure.person_id not in tied:
            free.setdefault(tenure.person_id, tenure)
    return list(free.values())


def _submitter(row: ProgressReturn) -> int | None:
    version = row.current_versions[0] if row.current_versions else None
    return version.submitted_by_person_id if version and version.submitted_at else None
