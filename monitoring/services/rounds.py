"""The doors of a reporting round: plan, open, change its days, close, chase."""

import copy
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from commitments.choices import StrategyState
from commitments.models import Strategy
from kit import stale
from kit.clock import local_date
from kit.verdict import Refusal, require
from monitoring import rules
from monitoring.choices import ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct, RoundAct
from monitoring.queries import waiting
from monitoring.queries.rounds import expected_by
from monitoring.queries.waiting import Wait
from monitoring.services import letters
from people.actor import Actor
from people.models import Person
from people.queries import holders_on
from people.services.acts import stamp
from people.services.outbox import queue

STANDING = (StrategyState.APPROVED, StrategyState.IN_FORCE)

# What a round is about stays as it was once leads have been asked for it.
ABOUT = ["label", "cycle", "period_starts", "period_ends"]
WINDOW = ["opens_on", "due_on", "closes_on"]
EDITABLE = [*ABOUT, *WINDOW, "note"]


@dataclass(frozen=True)
class Chased:
    """Whom a chase wrote to, by name; the vacant posts nobody could be; who had been reminded that day already."""

    written: list[str]
    vacant: list[str]
    already: list[str]


@transaction.atomic
def plan(*, round: ReportingRound, by: Actor, at: dt.datetime) -> ReportingRound:
    """Keep a new round, not open yet. Raises Refusal, also when it does not fit beside another one."""
    require(rules.may_run_rounds(by))
    strategy = Strategy.objects.select_for_update().get(pk=round.strategy_id)  # where two planned at once meet
    if strategy.state not in STANDING:
        raise Refusal(f"{strategy} is {strategy.get_state_display().lower()}. Approve it before you plan a round.")
    _require_fit(round)
    round.save()
    _record(round, "planned", "", by, at)
    return round


@transaction.atomic
def change(
    *, round: ReportingRound, values: dict[str, Any], by: Actor, at: dt.datetime, seen: str = ""
) -> ReportingRound:
    """Keep changed days, label or note, and say in the record what moved. Returns the round as it is then.

    `values` are some of EDITABLE; `seen` is their token (kit.stale) when the writer opened the page. Raises Stale when
    somebody else changed them meanwhile, and Refusal.
    """
    Strategy.objects.select_for_update().get(pk=round.strategy_id)
    row = _locked(round.pk)
    require(rules.may_edit_round(by, row))
    if seen and seen != stale.token(row, values):
        raise stale.Stale(row)
    before = copy.copy(row)
    for name in EDITABLE:
        setattr(row, name, values.get(name, getattr(row, name)))
    moved = [name for name in EDITABLE if getattr(before, name) != getattr(row, name)]
    if not moved:
        return row
    if row.state != RoundState.PLANNED:
        if not set(moved).isdisjoint(ABOUT):
            raise Refusal("This round has opened, so its label, cycle and period stay as they are.")
        if "closes_on" in moved and row.closes_on < by.on:
            raise Refusal("The last day of an open round cannot be in the past. Close the round instead.")
    _require_fit(row)
    row.save(update_fields=EDITABLE)
    _record(row, "changed", row.state, by, at, reason="\n".join(_moved(name, before, row) for name in moved))
    return row


@transaction.atomic
def open_round(*, round: ReportingRound, by: Actor, at: dt.datetime) -> list[ProgressReturn]:
    """Create every expected return, pin the definitions, write to the leads. Raises Refusal.

    A round opened later than planned opens on the day it is opened: nobody waited for its returns before.
    """
    row = _locked(round.pk)
    require(rules.may_open_round(by, row))
    if by.on > row.closes_on:
        raise Refusal(f"This round was to close after {rules.say(row.closes_on)}. Move its days before you open it.")
    commitments = list(expected_by(row.strategy_id))
    if not commitments:
        raise Refusal("This strategy has no commitments that are still to be done, so there is nothing to return.")
    row.opens_on = min(max(row.opens_on, by.on), row.due_on)
    returns = ProgressReturn.objects.bulk_create(
        ProgressReturn(round=row, commitment=commitment) for commitment in commitments
    )
    row.definitions = row.strategy.rating_definitions()
    from_state, row.state = row.state, RoundState.OPEN
    row.save()
    count = len(returns)
    _record(row, "opened", from_state, by, at, reason=f"{count} return{'' if count == 1 else 's'} expected.")
    holders = holders_on((commitment.lead_post_id for commitment in commitments), by.on)
    by_person: dict[Person, list[ProgressReturn]] = {}
    for progress_return in returns:
        tenure = holders.get(progress_return.commitment.lead_post_id)
        if tenure is not None:
            by_person.setdefault(tenure.person, []).append(progress_return)
    letters.commissioned(row, by_person)
    return returns


@transaction.atomic
def close(*, round: ReportingRound, by: Actor, at: dt.datetime, reason: str = "") -> int:
    """Close the round: what was not submitted is missing, with the lead of the day.

    Returns how many. Raises Refusal.
    """
    row = _locked(round.pk)
    require(rules.may_close_round(by, row))
    if by.on <= row.closes_on and not reason.strip():
        raise Refusal(f"The round runs until {rules.say(row.closes_on)}. Say why you close it early.")
    missing = list(
        row.returns.select_for_update(of=("self",))
        .filter(first_submitted_at__isnull=True)
        .exclude(state=ReturnState.EXEMPT)
        .select_related("commitment__lead_post")
    )
    holders = holders_on((progress_return.commitment.lead_post_id for progress_return in missing), by.on)
    for progress_return in missing:
        post = progress_return.commitment.lead_post
        holding = holders.get(post.pk)
        progress_return.missed = True
        progress_return.missed_by = f"{post.title}: {holding.person.name if holding else 'vacant'}"
    ProgressReturn.objects.bulk_update(missing, ["missed", "missed_by"])
    who = stamp(by)
    ReturnAct.objects.bulk_create(
        ReturnAct(
            progress_return=progress_return,
            version_number=progress_return.version_number,
            verb="missed",
            from_state=progress_return.state,
            to_state=progress_return.state,
            at=at,
            reason=progress_return.missed_by,
            **who,
        )
        for progress_return in missing
    )
    from_state, row.state = row.state, RoundState.CLOSED
    row.save()
    summary = f"{len(missing)} missing." + (f" {reason.strip()}" if reason.strip() else "")
    _record(row, "closed", from_state, by, at, reason=summary)
    return len(missing)


@transaction.atomic
def chase(*, returns: Sequence[ProgressReturn], by: Actor, at: dt.datetime) -> Chased:
    """Write one mail to each person whom some of the returns wait with.

    Nobody is reminded twice on a day of the same return, unless it came back to them in between.
    Raises Refusal, also when none of the returns waits for anybody.
    """
    require(rules.may_run_rounds(by))
    pks = [progress_return.pk for progress_return in returns]
    rows = list(ProgressReturn.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    waits = [(row, wait) for row, wait in waiting.of_returns(rows, by.on) if rules.may_chase(by, row)]
    if not waits:
        raise Refusal("Nothing was sent: none of these returns waits for anybody now.")
    vacant: set[str] = set()
    already: set[str] = set()
    by_person: dict[Person, list[tuple[ProgressReturn, Wait]]] = {}
    for row, wait in sorted(waits, key=lambda pair: pair[0].commitment.number):
        if wait.person is None:
            vacant.add(wait.post.title)
        elif chased_on(row, by.on):
            already.add(wait.person.name)
        else:
            by_person.setdefault(wait.person, []).append((row, wait))
    for person, pairs in by_person.items():
        _remind(person, pairs)
    ReturnAct.objects.bulk_create(
        ReturnAct(
            progress_return=row,
            version_number=row.version_number,
            verb="chased",
            from_state=row.state,
            to_state=row.state,
            at=at,
            reason=f"To {person.name}, {wait.post.title}.",
            **stamp(by),
        )
        for person, pairs in by_person.items()
        for row, wait in pairs
    )
    return Chased([person.name for person in by_person], sorted(vacant), sorted(already))


def chased_on(progress_return: ProgressReturn, day: dt.date) -> bool:
    """Whether whoever has it now was reminded of it on the day. Needs `with_waiting`."""
    chased, handed_over = progress_return.last_chased_at, progress_return.handed_over_at
    return chased is not None and local_date(chased) == day and (handed_over is None or handed_over <= chased)


def _remind(person: Person, pairs: list[tuple[ProgressReturn, Wait]]) -> None:
    if len(pairs) == 1:
        [(row, wait)] = pairs
        letters.chase(person, row, as_overseer=wait.as_overseer, days=wait.days)
        return
    queue(to=person, kind="chase_several", context={"pairs": pairs})


def _require_fit(round: ReportingRound) -> None:
    """The database's own promises, asked under the lock, so that whoever comes second gets a sentence."""
    try:
        round.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _moved(name: str, before: ReportingRound, after: ReportingRound) -> str:
    column = ReportingRound._meta.get_field(name)
    title = column.verbose_name[:1].upper() + column.verbose_name[1:]
    if name == "note":
        return f"{title} changed."
    old, new = (_said(getattr(row, name), column.flatchoices) for row in (before, after))
    return f"{title}: {old}, now {new}."


def _said(value: Any, choices: list[tuple[str, str]]) -> str:
    return rules.say(value) if isinstance(value, dt.date) else str(dict(choices).get(value, value))


def _locked(pk: int) -> ReportingRound:
    return ReportingRound.objects.select_for_update(of=("self",)).select_related("strategy").get(pk=pk)


def _record(round: ReportingRound, verb: str, from_state: str, by: Actor, at: dt.datetime, *, reason: str = "") -> None:
    RoundAct.objects.create(
        round=round, verb=verb, from_state=from_state, to_state=round.state, at=at, reason=reason, **stamp(by)
    )
