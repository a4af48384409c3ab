"""The doors of a reporting round: plan, open, change its days, close, chase."""

import datetime as dt

from django.db import transaction

from commitments.choices import Lifecycle
from commitments.models import Commitment, Strategy
from kit.verdict import Refusal, require
from monitoring import rules
from monitoring.choices import ReturnState, RoundState
from monitoring.models import ProgressReturn, ReportingRound, ReturnAct, RoundAct
from monitoring.queries import waiting
from monitoring.services import letters
from people.actor import Actor
from people.models import Person, Tenure
from people.services.acts import stamp

# A commitment that is over files nothing more.
OVER = (Lifecycle.COMPLETE, Lifecycle.STOPPED)


@transaction.atomic
def plan(*, round: ReportingRound, by: Actor, at: dt.datetime) -> ReportingRound:
    """Keep a new round, not open yet. Raises Refusal."""
    require(rules.may_run_rounds(by))
    Strategy.objects.select_for_update().get(pk=round.strategy_id)
    round.save()
    _record(round, "planned", "", by, at)
    return round


@transaction.atomic
def change(*, round: ReportingRound, by: Actor, at: dt.datetime) -> None:
    """Keep changed days, label or note, and say in the record which days moved. Raises Refusal."""
    before = ReportingRound.objects.select_for_update().select_related("strategy").get(pk=round.pk)
    require(rules.may_edit_round(by, before))
    moved = [
        f"{field.verbose_name}: {getattr(before, field.name)} to {getattr(round, field.name)}"
        for field in ReportingRound._meta.fields
        if field.name in EDITABLE and getattr(before, field.name) != getattr(round, field.name)
    ]
    if not moved:
        return
    round.save(update_fields=EDITABLE)
    _record(round, "changed", before.state, by, at, reason="\n".join(moved))


EDITABLE = ["label", "cycle", "period_starts", "period_ends", "opens_on", "due_on", "closes_on", "note"]


@transaction.atomic
def open_round(*, round: ReportingRound, by: Actor, at: dt.datetime) -> list[ProgressReturn]:
    """Create every expected return, pin the definitions, write to the leads. Raises Refusal.

    Expected: each commitment of the strategy that is not complete or stopped.
    """
    row = _locked(round.pk)
    require(rules.may_open_round(by, row))
    commitments = list(
        Commitment.objects.filter(strategy=row.strategy_id)
        .exclude(lifecycle__in=OVER)
        .select_related("lead_post")
        .order_by("number")
    )
    if not commitments:
        raise Refusal("This strategy has no commitments that are still to be done, so there is nothing to return.")
    returns = ProgressReturn.objects.bulk_create(
        ProgressReturn(round=row, commitment=commitment) for commitment in commitments
    )
    row.definitions = row.strategy.rating_definitions()
    from_state, row.state = row.state, RoundState.OPEN
    row.save()
    _record(row, "opened", from_state, by, at, reason=f"{len(returns)} returns expected.")
    holders = {
        tenure.post_id: tenure.person
        for tenure in Tenure.objects.holding_on(by.on)
        .filter(post__in={commitment.lead_post_id for commitment in commitments})
        .select_related("person")
    }
    by_person: dict[Person, list[ProgressReturn]] = {}
    for progress_return in returns:
        person = holders.get(progress_return.commitment.lead_post_id)
        if person is not None:
            by_person.setdefault(person, []).append(progress_return)
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
    holders = {
        tenure.post_id: tenure.person.name
        for tenure in Tenure.objects.holding_on(by.on)
        .filter(post__in={progress_return.commitment.lead_post_id for progress_return in missing})
        .select_related("person")
    }
    for progress_return in missing:
        post = progress_return.commitment.lead_post
        progress_return.missed = True
        progress_return.missed_by = f"{post.title}: {holders.get(post.pk, 'vacant')}"
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
def chase(*, returns: list[ProgressReturn], by: Actor, at: dt.datetime) -> tuple[list[str], list[str]]:
    """Write to whoever each return waits with. Returns the names written to, and the vacant posts nobody could be.

    Raises Refusal when a return waits for nobody.
    """
    written, vacant = [], []
    for progress_return, wait in waiting.of_returns(returns, by.on):
        require(rules.may_chase(by, progress_return))
        if wait.person is None:
            vacant.append(wait.post.title)
            continue
        letters.chase(wait.person, progress_return, as_overseer=wait.as_overseer, days=wait.days)
        ReturnAct.objects.create(
            progress_return=progress_return,
            version_number=progress_return.version_number,
            verb="chased",
            from_state=progress_return.state,
            to_state=progress_return.state,
            at=at,
            reason=f"To {wait.person.name}, {wait.post.title}.",
            **stamp(by),
        )
        written.append(wait.person.name)
    return written, vacant


def _locked(pk: int) -> ReportingRound:
    return ReportingRound.objects.select_for_update(of=("self",)).select_related("strategy").get(pk=pk)


def _record(round: ReportingRound, verb: str, from_state: str, by: Actor, at: dt.datetime, *, reason: str = "") -> None:
    RoundAct.objects.create(
        round=round, verb=verb, from_state=from_state, to_state=round.state, at=at, reason=reason, **stamp(by)
    )
