"""The doors of a progress return. Each locks the row, asks the rule, writes, records the act and queues mail."""

import datetime as dt
import hashlib
import json

from django.db import transaction
from django.db.models import Q

from commitments.services import plans
from kit.ledger import said
from kit.verdict import Refusal, require
from monitoring import rules
from monitoring.choices import SECTION, ReturnState
from monitoring.models import ChangeRequest, ProgressReturn, ReportingRound, ReturnAct, ReturnVersion
from monitoring.services import basis, letters
from people.actor import Actor
from people.queries import holders_on
from people.services.acts import stamp


class Conflict(Exception):
    """Somebody else changed the section since it was opened. Carries the version as it is now."""

    def __init__(self, version: ReturnVersion) -> None:
        super().__init__("Somebody else changed this section.")
        self.version = version


class Incomplete(Exception):
    """The return cannot be submitted yet. Carries the gaps."""

    def __init__(self, gaps: list[rules.Gap]) -> None:
        super().__init__("; ".join(gap.sentence for gap in gaps))
        self.gaps = gaps


def seen_token(version: ReturnVersion, section: str) -> str:
    """A short hash of a section's answers: two equal tokens mean nobody changed it in between."""
    answers = [str(getattr(version, name) or "") for name in (*SECTION[section].fields, "is_nil")]
    return hashlib.sha256(json.dumps(answers).encode()).hexdigest()[:20]


def locked(pk: int) -> ProgressReturn:
    """The return with what the rules look at, its row locked until the transaction ends.

    The round is read after the lock is had: somebody may have closed it while this waited.
    """
    row = (
        ProgressReturn.objects.select_for_update(of=("self",))
        .select_related("commitment__strategy", "commitment__lead_post", "commitment__overseer_post")
        .get(pk=pk)
    )
    row.round = ReportingRound.objects.select_related("strategy").get(pk=row.round_id)
    return row


def _lock_round(progress_return: ProgressReturn) -> None:
    """For what decides whether a return counts at the close: the round first and the return after, as closing does."""
    ReportingRound.objects.select_for_update().get(pk=progress_return.round_id)


def current_version(progress_return: ProgressReturn) -> ReturnVersion | None:
    """The newest version, or None when nothing has been written."""
    return progress_return.versions.filter(number=progress_return.version_number).first()


def previous_version(progress_return: ProgressReturn) -> ReturnVersion | None:
    """What the commitment's last return before this period said, of the same strategy and cycle.

    Signed off, or with the overseer: what was sent back is being written anew, and those words are nobody's yet.
    """
    round = progress_return.round
    return (
        ReturnVersion.objects.filter(
            progress_return__commitment=progress_return.commitment_id,
            progress_return__round__strategy=round.strategy_id,
            progress_return__round__cycle=round.cycle,
            progress_return__round__period_ends__lt=round.period_starts,
        )
        .filter(
            Q(signed_off_at__isnull=False) | Q(progress_return__state=ReturnState.SUBMITTED, submitted_at__isnull=False)
        )
        .select_related("progress_return__round")
        .order_by("-progress_return__round__period_ends", "-number")
        .first()
    )


def unsaved_version(progress_return: ProgressReturn) -> ReturnVersion:
    """What the first version starts from: facts are carried from last time, narrative never is. Nothing is written."""
    last = previous_version(progress_return)
    expected = (last.expected_on if last else None) or progress_return.commitment.due_on
    return ReturnVersion(
        progress_return=progress_return,
        number=1,
        lifecycle=(last.lifecycle if last else "") or progress_return.commitment.lifecycle,
        expected_on=expected,
        expected_was=expected,
    )


@transaction.atomic
def start(*, progress_return: ProgressReturn, by: Actor, at: dt.datetime) -> ReturnVersion:
    """Begin writing: the first version, with facts (never narrative) carried from last time.

    Returns the version that is there when writing has begun already. Raises Refusal.
    """
    row = locked(progress_return.pk)
    require(rules.may_edit(by, row))
    return _writing(row, by, at)


@transaction.atomic
def save_section(
    *, progress_return: ProgressReturn, section: str, answers: dict, seen: str, by: Actor, at: dt.datetime
) -> ReturnVersion:
    """Keep a section's answers as a draft, complete or not.

    `seen` is the token of the answers that the writer started from. Raises Conflict when somebody else changed them
    meanwhile (unless both now say the same), and Refusal.
    """
    row = locked(progress_return.pk)
    require(rules.may_edit(by, row))
    version = _writing(row, by, at)
    fields = SECTION[section].fields
    same = all(getattr(version, name) == answers[name] for name in fields if name in answers)
    if same and not version.is_nil:
        return version
    if seen and seen != seen_token(version, section):
        raise Conflict(version)
    for name in fields:
        if name in answers:
            setattr(version, name, answers[name])
    version.is_nil = False
    version.save()
    return version


@transaction.atomic
def mark_section(*, progress_return: ProgressReturn, section: str, done: bool, by: Actor, at: dt.datetime) -> None:
    """Say that a section is finished, or not yet. Raises Refusal."""
    row = locked(progress_return.pk)
    require(rules.may_edit(by, row))
    version = _writing(row, by, at)
    finished = {*version.sections_done, section} if done else set(version.sections_done) - {section}
    if finished != set(version.sections_done):
        version.sections_done = [slug for slug in SECTION if slug in finished]
        version.save()


@transaction.atomic
def submit(*, progress_return: ProgressReturn, by: Actor, at: dt.datetime, nil: bool = False) -> ReturnVersion:
    """Send the return to the overseer, pinning post, holder and names of the day.

    `nil` confirms that there is nothing to report; what was drafted stays in the ledger but not in the return.
    Raises Refusal, or Incomplete with what is still to answer.
    """
    row = locked(progress_return.pk)
    if nil:
        require(rules.may_edit(by, row))
        version = _writing(row, by, at)
        _clear(version)
        version.is_nil = True
    else:
        require(rules.may_submit(by, row))
        version = current_version(row)
    gaps = rules.gaps(version)
    if gaps:
        raise Incomplete(gaps)
    _drop_abandoned_answers(version)
    lead = row.commitment.lead_post
    holding = holders_on([lead.pk], by.on).get(lead.pk)
    who = stamp(by, post_id=lead.pk)
    version.lead_post = lead
    version.lead_post_title = lead.title
    version.lead_person = holding.person if holding else None
    version.lead_name = holding.person.name if holding else ""
    version.submitted_at = at
    version.submitted_by_id = by.user_id
    version.submitted_by_person_id = by.person_id
    version.submitted_by_name = by.name
    version.on_behalf = who["on_behalf"]
    with said(post=lead.title):
        version.save()
        from_state, row.state = row.state, ReturnState.SUBMITTED
        row.first_submitted_at = row.first_submitted_at or at
        row.save()
        _record(row, "submitted_nil" if version.is_nil else "submitted", from_state, by, at, post_id=lead.pk)
    letters.submitted(row, version)
    return version


@transaction.atomic
def request_changes(
    *, progress_return: ProgressReturn, reasons: dict[str, str], by: Actor, at: dt.datetime
) -> ReturnAct:
    """Send the return back with a reason for each named section. Raises Refusal."""
    row = locked(progress_return.pk)
    version = current_version(row)
    require(rules.may_review(by, row, version))
    wanted = {section: reason.strip() for section, reason in reasons.items() if section in SECTION and reason.strip()}
    if not wanted:
        raise Refusal("Name at least one section and say what should change in it.")
    overseer = row.commitment.overseer_post
    with said(post=overseer.title):
        from_state, row.state = row.state, ReturnState.CHANGES_REQUESTED
        row.save()
        summary = "\n".join(f"{SECTION[section].title}: {reason}" for section, reason in wanted.items())
        act = _record(row, "changes_requested", from_state, by, at, post_id=overseer.pk, reason=summary)
        ChangeRequest.objects.bulk_create(
            ChangeRequest(
                version=version, act=act, section=section, reason=reason, answers=basis.answers(version, section)
            )
            for section, reason in wanted.items()
        )
        version.sections_done = [slug for slug in version.sections_done if slug not in wanted]
        version.save()
    letters.changes_requested(row, version, act)
    return act


@transaction.atomic
def sign_off(
    *, progress_return: ProgressReturn, rating: str, comment: str, by: Actor, at: dt.datetime
) -> ReturnVersion:
    """Freeze the return with the definitions, measures and targets it rested on. Raises Refusal."""
    row = locked(progress_return.pk)
    version = current_version(row)
    require(rules.may_review(by, row, version))
    if rules.needs_rating(version) and not rating:
        raise Refusal("Give your own rating.")
    overseer = row.commitment.overseer_post
    version.overseer_post = overseer
    version.overseer_post_title = overseer.title
    version.overseer_person_id = by.person_id
    version.overseer_name = by.name
    version.overseer_rating = rating if rules.needs_rating(version) else ""
    version.overseer_comment = comment
    version.signed_off_at = at
    version.signed_off_by_id = by.user_id
    version.basis = basis.of_return(row, at=at)
    with said(post=overseer.title):
        version.save()
        from_state, row.state = row.state, ReturnState.SIGNED_OFF
        row.save()
        _record(row, "signed_off", from_state, by, at, post_id=overseer.pk, reason=comment)
        if version.lifecycle and _is_latest(row):
            plans.follow_return(commitment=row.commitment, lifecycle=version.lifecycle, said_by=str(row))
    letters.signed_off(row, version)
    return version


@transaction.atomic
def reopen(*, progress_return: ProgressReturn, reason: str, by: Actor, at: dt.datetime) -> ReturnVersion:
    """Open a new version that starts from the signed one, which stays as it is. Raises Refusal."""
    row = locked(progress_return.pk)
    require(rules.may_reopen(by, row))
    if not reason.strip():
        raise Refusal("Say why the return is reopened.")
    old = current_version(row)
    new = ReturnVersion(progress_return=row, number=old.number + 1, reopened_reason=reason.strip())
    for name in (*basis.ANSWER_FIELDS, "expected_was", "is_nil"):
        setattr(new, name, getattr(old, name))
    if not old.is_nil:
        new.sections_done = list(SECTION)  # what was asked for of the old version was settled when it was signed
    new.save()
    from_state, row.state = row.state, ReturnState.DRAFT
    row.version_number = new.number
    row.save(update_fields=["state", "version_number"])
    _record(row, "reopened", from_state, by, at, reason=reason.strip())
    letters.reopened(row, new)
    return new


@transaction.atomic
def exempt(*, progress_return: ProgressReturn, reason: str, by: Actor, at: dt.datetime) -> None:
    """Say that this commitment files nothing in this round, and why. Raises Refusal."""
    _lock_round(progress_return)
    row = locked(progress_return.pk)
    require(rules.may_exempt(by, row))
    if not reason.strip():
        raise Refusal("Say why this commitment is exempt.")
    from_state, row.state = row.state, ReturnState.EXEMPT
    row.exempt_reason = reason.strip()
    row.save()
    _record(row, "exempted", from_state, by, at, reason=reason.strip())


@transaction.atomic
def include(*, progress_return: ProgressReturn, by: Actor, at: dt.datetime) -> None:
    """Take an exemption back; a draft that was there is there again. Raises Refusal."""
    _lock_round(progress_return)
    row = locked(progress_return.pk)
    require(rules.may_include(by, row))
    from_state, row.state = row.state, ReturnState.DRAFT if row.version_number else ReturnState.NOT_STARTED
    row.exempt_reason = ""
    row.save()
    _record(row, "included", from_state, by, at)


@transaction.atomic
def let_in_late(*, progress_return: ProgressReturn, until: dt.date, reason: str, by: Actor, at: dt.datetime) -> None:
    """Take a missing return until a day. It stays missing in the record. Raises Refusal."""
    row = locked(progress_return.pk)
    require(rules.may_let_in_late(by, row))
    if until < by.on:
        raise Refusal("Choose today or a later day.")
    if not reason.strip():
        raise Refusal("Say why it is let in late.")
    said = f"Until {rules.say(until)}. {reason.strip()}"
    if row.late_until == until and row.acts.filter(verb="let_in_late", reason=said).exists():
        return  # a second click
    row.late_until = until
    row.save()
    _record(row, "let_in_late", row.state, by, at, reason=said)
    letters.let_in_late(row, until)


def _writing(row: ProgressReturn, by: Actor, at: dt.datetime) -> ReturnVersion:
    """The version being written; the first write makes it, and a write after a request makes it a draft again."""
    version = current_version(row)
    if version is None:
        version = unsaved_version(row)
        version.save()
        row.version_number = 1
    if row.state != ReturnState.DRAFT:
        from_state, row.state = row.state, ReturnState.DRAFT
        row.save()
        _record(row, "started", from_state, by, at, post_id=row.commitment.lead_post_id)
    return version


def _drop_abandoned_answers(version: ReturnVersion) -> None:
    """Follow-up answers to a choice that was changed are not part of what is submitted."""
    if not rules.needs_rating(version):
        version.rating = version.outlook = ""
    if not rules.needs_recovery(version):
        version.rating_reason = ""
    if not (rules.needs_rating(version) and rules.needs_recovery(version)):
        version.path_to_green = version.help_needed = ""
        version.green_by = None
    if not rules.date_moved(version):
        version.date_reason = ""


def _clear(version: ReturnVersion) -> None:
    for name in basis.ANSWER_FIELDS:
        setattr(version, name, version._meta.get_field(name).get_default())
    version.expected_on = version.expected_was


def _is_latest(row: ProgressReturn) -> bool:
    """Whether no later round's return of the commitment is signed off: only the newest says where it is now."""
    return not ProgressReturn.objects.filter(
        commitment=row.commitment_id, state=ReturnState.SIGNED_OFF, round__period_starts__gt=row.round.period_starts
    ).exists()


def _record(
    row: ProgressReturn,
    verb: str,
    from_state: str,
    by: Actor,
    at: dt.datetime,
    *,
    post_id: int | None = None,
    reason: str = "",
) -> ReturnAct:
    return ReturnAct.objects.create(
        progress_return=row,
        version_number=row.version_number,
        verb=verb,
        from_state=from_state,
        to_state=row.state,
        at=at,
        reason=reason,
        **stamp(by, post_id=post_id),
    )
