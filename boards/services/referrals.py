"""The way of a referral: sent, received, placed, answered, brought back until it is noted, or withdrawn.

Each verb locks the boards on the way, then the referral, and asks the rule again. `catch_up` is called where a meeting
is planned, called off or held: what waits for an agenda finds one by itself, and nothing drops off.
"""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import ProtectedError, Q

from boards import rules_referrals as rules
from boards.choices import MeetingState
from boards.choices_records import GOES_ON, DecisionKind, Disposition, ReferralState
from boards.models import AgendaItem, Board, Decision, Meeting, Referral, ReferralAct, ReferralStop
from boards.services import agenda
from boards.services.locks import locked_board, locked_boards
from boards.services.referral_items import next_open, put_back, put_stop, reports_back, said_of
from kit import clock
from kit.numbers import next_number
from kit.periods import financial_year
from kit.stale import Stale
from kit.verdict import Refusal, require
from people.actor import Actor
from people.models import Post
from people.services.acts import stamp


@transaction.atomic
def send(
    *,
    kind: str,
    from_board: Board,
    to_boards: Sequence[Board],
    title: str,
    text: str,
    restricted: str = "",
    item: AgendaItem | None = None,
    decision: Decision | None = None,
    owner_post: Post | None = None,
    wanted_by: dt.date | None = None,
    by: Actor,
    at: dt.datetime,
) -> Referral:
    """Send it to the boards in a row. It is put on the first one's next open agenda by itself. Raises Refusal."""
    board = locked_boards([from_board.pk, *(each.pk for each in to_boards)])[from_board.pk]
    item = item or (decision.item if decision else None)
    on = clock.local_date(at)
    require(rules.may_send(by, board, item, decision))
    require(rules.fits_way(board, to_boards, on))
    require(rules.fits_wanted_by(wanted_by, on))
    if not title.strip() or not text.strip():
        raise Refusal("Give it a title, and say what is referred.")
    year = financial_year(on)
    referral = Referral.objects.create(
        kind=kind,
        from_board=board,
        year=year,
        number=next_number(board.referrals_sent.filter(year=year)),
        title=title.strip(),
        text=text.strip(),
        restricted=restricted.strip(),
        from_item=item,
        from_decision=decision,
        owner_post=owner_post,
        wanted_by=wanted_by,
        sent_at=at,
        sent_by=by.name,
    )
    stops = [ReferralStop(referral=referral, number=n, board=each) for n, each in enumerate(to_boards, start=1)]
    stops[0].text_received = referral.text
    ReferralStop.objects.bulk_create(stops)
    _record(referral, "sent", "", by, at, detail=f"to {' > '.join(each.title for each in to_boards)}")
    _place_by_itself(referral, stops[0], by, at)
    return referral


@transaction.atomic
def receive(*, stop: ReferralStop, by: Actor, at: dt.datetime) -> ReferralStop:
    """Confirm that it has reached the board: the evidence of receipt. Raises Refusal."""
    _lock_way(stop.referral_id)
    referral, row = _locked(stop)
    require(rules.may_receive(by, referral, row))
    _receive(referral, row, by, at)
    return row


@transaction.atomic
def put(*, stop: ReferralStop, meeting: Meeting, by: Actor, at: dt.datetime) -> ReferralStop:
    """Place it on the agenda of a meeting to come, which also confirms receipt. Raises Refusal.

    It leaves the agenda of another meeting to come, unless something else hangs on the item there.
    """
    _lock_way(stop.referral_id)
    referral, row = _locked(stop)
    require(rules.may_place(by, referral, row, at))
    target = agenda.locked(meeting.pk)
    require(rules.takes(target, row, at))
    if not row.received_at:
        _receive(referral, row, by, at)
    before, row.item = row.item, put_stop(row, target)
    row.save(update_fields=["item"])
    if before and before.meeting.starts_at > at:
        _take_off(before, by)
    _record(referral, "placed", referral.state, by, at, detail=f"on {said_of(target)}, {row.board.title}")
    return row


@transaction.atomic
def answer(
    *,
    stop: ReferralStop,
    disposition: str,
    summary: str,
    text_agreed: str = "",
    restricted: str = "",
    decision: Decision | None = None,
    by: Actor,
    at: dt.datetime,
) -> ReferralStop:
    """Record what the board made of it. It goes on to the next board, stays, or is answered. Raises Refusal.

    The text of an amendment travels on; otherwise the one that was received does. `restricted` stays with the item.
    """
    _lock_way(stop.referral_id)
    referral, row = _locked(stop)
    require(rules.may_answer(by, referral, row, at))
    require(rules.fits_answer(row, disposition, text_agreed, summary))
    if decision is not None and (decision.item_id != row.item_id or decision.withdrawn_at):
        raise Refusal("Choose a decision on the item at which the board took it.")
    if not row.received_at:
        _receive(referral, row, by, at)
    row.disposition, row.summary, row.restricted = disposition, summary.strip(), restricted.strip()
    row.decision, row.disposed_at = decision, at
    if disposition in GOES_ON:
        row.text_agreed = text_agreed.strip() if disposition == Disposition.AMENDED else row.text_received
    row.save()
    following = referral.stops.filter(number__gt=row.number).select_related("board").first()
    goes_on = following is not None and disposition in GOES_ON
    if disposition != Disposition.DEFERRED and not goes_on:
        referral.state, referral.answered_at, referral.outcome = ReferralState.ANSWERED, at, row.summary
        referral.save(update_fields=["state", "answered_at", "outcome"])
    told = f"{row.board.title}: {row.get_disposition_display()}"
    _record(referral, "answered", ReferralState.OPEN, by, at, detail=told, reason=row.summary)
    if goes_on:
        following.referral, following.text_received = referral, row.text_agreed
        following.save(update_fields=["text_received"])
        _place_by_itself(referral, following, by, at)
    bring_back(referral=referral, by=by, at=at)
    return row


@transaction.atomic
def bring_back(*, referral: Referral, by: Actor, at: dt.datetime) -> AgendaItem | None:
    """Put the outcome on the first board's next open agenda, unless it is on one to come or was noted.

    Answers the item, or None when there is nothing to bring back or no agenda that could take it: then it waits.
    """
    locked_board(referral.from_board_id)
    row = _of(referral.pk)
    if row.state != ReferralState.ANSWERED:
        return None
    back = row.back_on
    if back and (noting := _noting(back)):
        _noted(row, noting, f"by decision {noting.reference}", by, at)
        return None
    if back and back.meeting.state == MeetingState.PLANNED:
        return back
    meeting = next_open(row.from_board, at)
    if meeting is None:
        return None
    row.back_on = put_back(row, meeting)
    row.save(update_fields=["back_on"])
    _record(row, "returned", row.state, by, at, detail=f"to {said_of(meeting)}, {row.from_board.title}")
    return row.back_on


@transaction.atomic
def note(
    *, referral: Referral, meeting: Meeting | None = None, decision: Decision | None = None, by: Actor, at: dt.datetime
) -> Referral:
    """The first board has noted the outcome, by a decision or at a meeting that is named. Raises Refusal."""
    _lock_way(referral.pk)
    row = _of(referral.pk)
    require(rules.may_note(by, row))
    require(rules.fits_noting(row, meeting, decision, at))
    told = f"by decision {decision.reference}" if decision else f"at the meeting of {meeting.day:%-d %B %Y}"
    _noted(row, decision, told, by, at)
    _leave(row, by, at)
    return row


@transaction.atomic
def decided(*, decision: Decision, by: Actor, at: dt.datetime) -> None:
    """A decision was recorded, corrected or withdrawn: the referral whose report back it notes follows.

    The caller has the lock of the board, on which such a report is.
    One that was noted by a decision which no longer notes it comes back again.
    """
    notes = decision.kind == DecisionKind.NOTED and not decision.withdrawn_at
    for key in decision.notes.values_list("pk", flat=True) if not notes else ():
        row = _of(key)
        row.state, row.noted_at, row.noted_by = ReferralState.ANSWERED, None, None
        row.save(update_fields=["state", "noted_at", "noted_by"])
        _record(row, "reopened", ReferralState.NOTED, by, at, detail=f"by {decision.reference}")
        bring_back(referral=row, by=by, at=at)
    waiting = Referral.objects.filter(from_board=decision.board_id, state=ReferralState.ANSWERED) if notes else ()
    for referral in waiting:
        if referral.back_on_id == decision.item_id or reports_back(decision.item, referral):
            row = _of(referral.pk)
            _noted(row, decision, f"by decision {decision.reference}", by, at)
            _leave(row, by, at, besides=decision.item)


@transaction.atomic
def withdraw(*, referral: Referral, because: str, by: Actor, at: dt.datetime) -> Referral:
    """Take it back while it is under way, with the reason. It leaves an agenda to come. Raises Refusal."""
    _lock_way(referral.pk)
    row = _of(referral.pk)
    require(rules.may_withdraw(by, row))
    if not because.strip():
        raise Refusal("Say why it is withdrawn.")
    stop = rules.current_stop(row)
    row.state = ReferralState.WITHDRAWN
    row.save(update_fields=["state"])
    _record(row, "withdrawn", ReferralState.OPEN, by, at, reason=because.strip())
    if stop and stop.item and stop.item.meeting.starts_at > at:
        item, stop.item = stop.item, None
        stop.save(update_fields=["item"])
        _take_off(item, by)
    return row


@transaction.atomic
def catch_up(*, boards: Iterable[Board], by: Actor, at: dt.datetime) -> None:
    """What waits for an agenda of these boards is put on the next open one. Call it when their meetings changed.

    The caller has the locks of the boards.
    """
    boards = list(boards)
    lost = Q(item__isnull=True, disposition="") | Q(item__meeting__state=MeetingState.CANCELLED)
    waiting = ReferralStop.objects.filter(lost, board__in=boards, referral__state=ReferralState.OPEN)
    for stop in waiting.exclude(text_received="").order_by("referral__sent_at", "pk"):
        referral, row = _locked(stop)
        if row == rules.current_stop(referral):
            _place_by_itself(referral, row, by, at)
    answered = Referral.objects.filter(from_board__in=boards, state=ReferralState.ANSWERED)
    for referral in answered.order_by("answered_at", "pk"):
        bring_back(referral=referral, by=by, at=at)


def _place_by_itself(referral: Referral, stop: ReferralStop, by: Actor, at: dt.datetime) -> None:
    meeting = None if stop.board.is_outside else next_open(stop.board, at)
    if meeting is None:
        return
    stop.item = put_stop(stop, meeting)
    stop.save(update_fields=["item"])
    told = f"by itself on {said_of(meeting)}, {stop.board.title}"
    _record(referral, "placed", referral.state, by, at, detail=told)


def _receive(referral: Referral, stop: ReferralStop, by: Actor, at: dt.datetime) -> None:
    stop.received_at, stop.received_by = at, by.name
    stop.save(update_fields=["received_at", "received_by"])
    _record(referral, "received", referral.state, by, at, detail=f"by {stop.board.title}")


def _noting(item: AgendaItem) -> Decision | None:
    return Decision.objects.standing().filter(item=item, kind=DecisionKind.NOTED).first()


def _noted(referral: Referral, decision: Decision | None, told: str, by: Actor, at: dt.datetime) -> None:
    referral.state, referral.noted_at, referral.noted_by = ReferralState.NOTED, at, decision
    referral.save(update_fields=["state", "noted_at", "noted_by"])
    _record(referral, "noted", ReferralState.ANSWERED, by, at, detail=told)


def _take_off(item: AgendaItem, by: Actor) -> None:
    """Take an item that has lost its reason off an agenda to come; one that something hangs on stays."""
    try:
        with transaction.atomic():
            meeting = agenda.locked(item.meeting_id)
            agenda.remove(item=item, seen=meeting.agenda_version, by=by)
    except (Refusal, Stale, ProtectedError):
        return


def _leave(referral: Referral, by: Actor, at: dt.datetime, besides: AgendaItem | None = None) -> None:
    """What was noted leaves the agenda of a meeting to come."""
    back = referral.back_on
    if back and back != besides and back.meeting.starts_at > at:
        referral.back_on = None
        referral.save(update_fields=["back_on"])
        _take_off(back, by)


def _lock_way(pk: int) -> None:
    """All boards whose agendas a verb may change: the first one and those on the way, which never change."""
    first = Referral.objects.values_list("from_board_id", flat=True).get(pk=pk)
    locked_boards([first, *ReferralStop.objects.filter(referral=pk).values_list("board_id", flat=True)])


def _of(pk: int) -> Referral:
    """The referral, its row locked until the transaction ends."""
    rows = Referral.objects.select_for_update(of=("self",))
    return rows.select_related("from_board", "from_item__meeting", "back_on__meeting").get(pk=pk)


def _locked(stop: ReferralStop) -> tuple[Referral, ReferralStop]:
    referral = _of(stop.referral_id)
    row = ReferralStop.objects.select_related("board", "item__meeting").get(pk=stop.pk)
    row.referral = referral
    return referral, row


def _record(
    referral: Referral, verb: str, from_state: str, by: Actor, at: dt.datetime, *, detail: str = "", reason: str = ""
) -> None:
    ReferralAct.objects.create(
        referral=referral,
        verb=verb,
        from_state=from_state,
        to_state=referral.state,
        at=at,
        detail=detail[:300],
        reason=reason,
        **stamp(by),
    )
