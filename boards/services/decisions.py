"""Decisions: recorded, corrected, withdrawn. Each verb locks the board, whose number it may take, and the meeting.

Once a summary of the meeting went out, whatever changes here sends a new one in the same transaction.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from boards import effects as carrying
from boards import rules_decisions as rules
from boards.choices_records import DecisionKind
from boards.models import AgendaItem, Decision, DecisionAct, Meeting, Paper
from boards.queries.decisions import is_confirmed, quorum_now, ratified_by, what_it_did, what_rests_on
from boards.queries.quorum import Answer
from boards.services import agenda, deferrals, referrals, summaries
from boards.services.locks import locked_board
from kit import stale
from kit.numbers import next_number
from kit.periods import financial_year
from kit.verdict import require
from people.actor import Actor
from people.services.acts import stamp

# What two editors of a decision can clash over; a withdrawn one is refused anyway.
WATCHED = ("kind", "text")


@transaction.atomic
def record(
    *,
    item: AgendaItem,
    kind: str,
    text: str,
    paper: Paper | None = None,
    effects: Iterable[carrying.Asked] = (),
    by: Actor,
    at: dt.datetime,
) -> Decision:
    """Give the decision the next number of its board and year, and carry out what it is to do. Raises Refusal.

    `effects` are carried out in this transaction: where the door of one refuses, nothing is kept.
    """
    wanted = list(effects)
    carrying.lock_for(wanted)
    meeting = _locked(item.meeting)
    item = meeting.items.get(pk=item.pk)
    item.meeting = meeting
    require(rules.may_record(by, meeting, is_confirmed(meeting), at))
    require(rules.says_something(text))
    require(rules.fits_item(paper, item))
    answer = _quorum(item)
    if wanted:
        require(rules.may_have_effects(kind, answer))
    year = financial_year(meeting.day)
    row = Decision(
        board=meeting.board,
        year=year,
        number=next_number(Decision.objects.filter(board=meeting.board, year=year)),
        meeting=meeting,
        item=item,
        paper=paper,
        kind=kind,
        text=text.strip(),
        seeded_from=paper.recommendation if paper else "",
        taken_at=at,
    )
    _weigh(row, answer)
    row.save(force_insert=True)
    _act(row, "recorded", by, at)
    for asked in wanted:
        carrying.carry_out(decision=row, asked=asked, by=by, at=at)
    if kind == DecisionKind.DEFERRED:
        deferrals.put_off(decision=row, by=by, at=at)
    referrals.decided(decision=row, by=by, at=at)
    summaries.follow(meeting=meeting, because=f"{row.reference} was recorded.", by=by, at=at)
    return row


@transaction.atomic
def correct(
    *, decision: Decision, kind: str, text: str, because: str, seen: str, by: Actor, at: dt.datetime
) -> Decision:
    """Put right what was recorded; the words before stay in its history. Raises Refusal, and Stale.

    The quorum is worked out again, since attendance may have been put right too. `seen` is what `token` gave.
    """
    meeting = _locked(decision.meeting)
    row = stale.current(decision, WATCHED, seen)
    row.meeting = row.item.meeting = meeting
    require(rules.may_change(by, row, is_confirmed(meeting), at, ratified_by=ratified_by(row)))
    require(rules.says_something(text))
    require(rules.says_why(because))
    require(rules.fits_kind(kind, what_it_did(row)))
    before, was = row.text, row.kind
    row.kind, row.text = kind, text.strip()
    _weigh(row, _quorum(row.item))
    row.save(update_fields=["kind", "text", "quorate", "quorum_sentence", "needs_ratification"])
    _act(row, "corrected", by, at, because=because, was=was, before=before)
    if kind != was and was == DecisionKind.DEFERRED:
        deferrals.take_up(decision=row, because=f"{row.reference} was corrected.", by=by)
    if kind != was and kind == DecisionKind.DEFERRED:
        deferrals.put_off(decision=row, by=by, at=at)
    referrals.decided(decision=row, by=by, at=at)
    summaries.follow(meeting=meeting, because=f"{row.reference} was corrected: {because.strip()}", by=by, at=at)
    return row


@transaction.atomic
def withdraw(*, decision: Decision, because: str, by: Actor, at: dt.datetime) -> Decision:
    """Say that it was recorded in error. It keeps its number; one that was carried out, or that something rests on,
    stays. Raises Refusal.
    """
    meeting = _locked(decision.meeting)
    row = Decision.objects.select_for_update(of=("self",)).select_related("item").get(pk=decision.pk)
    row.meeting = meeting
    made = what_it_did(row), what_rests_on(row)
    require(rules.may_withdraw(by, row, *made, is_confirmed(meeting), at, ratified_by=ratified_by(row)))
    require(rules.says_why(because))
    row.withdrawn_at, row.withdrawn_because = at, because.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])
    _act(row, "withdrawn", by, at, because=because, was=row.kind)
    if row.kind == DecisionKind.DEFERRED:
        deferrals.take_up(decision=row, because=f"{row.reference} was withdrawn.", by=by)
    referrals.decided(decision=row, by=by, at=at)
    summaries.follow(meeting=meeting, because=f"{row.reference} was withdrawn: {because.strip()}", by=by, at=at)
    return row


@transaction.atomic
def weigh_again(*, meeting: Meeting, by: Actor, at: dt.datetime) -> None:
    """Decisions follow the quorum that a meeting was held with, where attendance was recorded after them.

    One that was ratified since stays as it was. Raises Refusal.
    """
    for row in meeting.decisions.standing().select_related("item", "board"):
        short = row.item.quorate is False
        if row.needs_ratification == short or ratified_by(row):
            continue
        because = "The item was not quorate." if short else "The item was quorate."
        because = f"{because} Who was there was recorded after the decision."
        correct(decision=row, kind=row.kind, text=row.text, because=because, seen=token(row), by=by, at=at)


def token(decision: Decision) -> str:
    """A short text that changes when somebody corrects or withdraws the decision."""
    return stale.token(decision, WATCHED)


def _locked(meeting: Meeting) -> Meeting:
    """The meeting as it is now, its board locked until the transaction ends, then itself: nobody calls it off or
    changes its agenda or who is there meanwhile.
    """
    locked_board(meeting.board_id)
    return agenda.locked(meeting.pk)


def _quorum(item: AgendaItem) -> Answer:
    found, recorded = quorum_now(item.meeting, item.meeting.items.all())
    require(rules.knows_who_is_there(found[item.pk], recorded))
    return found[item.pk]


def _weigh(row: Decision, answer: Answer) -> None:
    row.quorate, row.quorum_sentence = answer.quorate, answer.sentence
    row.needs_ratification = answer.inquorate


def _act(
    row: Decision, verb: str, by: Actor, at: dt.datetime, *, because: str = "", was: str = "", before: str = ""
) -> None:
    DecisionAct.objects.create(
        decision=row,
        verb=verb,
        from_state=was,
        to_state=row.kind,
        at=at,
        reason=because.strip(),
        before=before,
        **stamp(by),
    )
