"""What a quarterly note says: what one board decided that another may read, and what went between the two.

The body is kept as it was issued. Each line keeps the key of its decision or referral, by which a reader's reach is
asked whenever the note is read.
"""

import datetime as dt
import hashlib
import json
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from boards.choices import RelationshipKind, Sensitivity, Visibility
from boards.models import Board, Decision, QuarterlyNote, Referral, ReferralStop, Summary
from boards.querysets import SEE_ALL_BOARDS
from kit import clock
from kit.periods import Period, period_holding
from people.actor import Actor

Body = dict[str, Any]
ONE_DAY = dt.timedelta(days=1)
QUARTERS = 8


def quarters_before(on: dt.date) -> list[Period]:
    """The last quarters of the financial year that are over, the newest first."""
    found = [period_holding(period_holding(on, "quarterly").starts - ONE_DAY, "quarterly")]
    while len(found) < QUARTERS:
        found.append(period_holding(found[-1].starts - ONE_DAY, "quarterly"))
    return found


def note_body(from_board: Board, to_board: Board, quarter: Period) -> Body:
    """The lines of the note: decisions, what was sent to the other board, what came of what that board sent."""
    return {
        "label": quarter.label,
        "decisions": [_decision(each) for each in _decisions(from_board, to_board, quarter)],
        "sent": [_sent(each) for each in _stops(from_board, to_board, quarter)],
        "received": [_received(each) for each in _stops(to_board, from_board, quarter)],
    }


def token(body: Body) -> str:
    """Says which body a preview showed."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:32]


def read_by(body: Body, actor: Actor) -> Body:
    """What of a note the actor may read. At most two queries, none for those who see everything."""
    if actor.has(*SEE_ALL_BOARDS):
        return body
    asked = {line["referral"] for part in ("decisions", "sent", "received") for line in body[part] if line["referral"]}
    referrals = set(Referral.objects.visible_to(actor).filter(pk__in=asked).values_list("pk", flat=True))
    keys = [line["decision"] for line in body["decisions"]]
    decisions = set(Decision.objects.visible_to(actor).filter(pk__in=keys).values_list("pk", flat=True))
    return body | {
        "decisions": [
            line for line in body["decisions"] if line["decision"] in decisions or line["referral"] in referrals
        ],
        "sent": [line for line in body["sent"] if line["referral"] in referrals],
        "received": [line for line in body["received"] if line["referral"] in referrals],
    }


def notes_of(board: Board, actor: Actor) -> list[QuarterlyNote]:
    """Notes from and to a board, the newest first. One query."""
    rows = QuarterlyNote.objects.visible_to(actor).filter(Q(from_board=board) | Q(to_board=board))
    return list(rows.select_related("from_board", "to_board").order_by("-starts", "-issued_at"))


def readers_first(board: Board, others: list[Board]) -> Board | None:
    """The board that a note is most likely for: the one it reports to or advises."""
    kinds = (RelationshipKind.REPORTS_TO, RelationshipKind.ADVISES, RelationshipKind.ESCALATES_TO)
    links = list(board.relationships.filter(kind__in=kinds).values_list("to_id", "kind"))
    links.sort(key=lambda link: kinds.index(link[1]))
    return next((each for to, _ in links for each in others if each.pk == to), None)


def _decisions(from_board: Board, to_board: Board, quarter: Period):
    """Standing, of a meeting of the quarter whose summary went out, and for everybody or referred to that board."""
    told = Exists(Summary.objects.filter(meeting=OuterRef("meeting")))
    addressed = Exists(ReferralStop.objects.filter(referral__from_decision=OuterRef("pk"), board=to_board))
    fits = Q(addressed=True)
    if from_board.sensitivity == Sensitivity.OPEN:
        fits |= Q(item__visibility=Visibility.VISIBLE)
    rows = Decision.objects.standing().annotate(addressed=addressed).filter(told, fits, board=from_board)
    rows = rows.filter(meeting__starts_at__range=_moments(quarter)).select_related("board", "meeting")
    rows = rows.order_by("meeting__starts_at", "number").prefetch_related("referrals_sent__stops")
    return [(each, _referral_to(each, to_board)) for each in rows]


def _referral_to(decision: Decision, to_board: Board) -> int | None:
    for referral in decision.referrals_sent.all():
        if any(stop.board_id == to_board.pk for stop in referral.stops.all()):
            return referral.pk
    return None


def _stops(from_board: Board, to_board: Board, quarter: Period):
    """Where the other board takes what this one sent: sent or answered in the quarter."""
    moments = _moments(quarter)
    rows = ReferralStop.objects.filter(referral__from_board=from_board, board=to_board)
    rows = rows.exclude(referral__state="withdrawn")
    rows = rows.filter(Q(referral__sent_at__range=moments) | Q(disposed_at__range=moments))
    return rows.select_related("referral__from_board", "board").order_by("referral__year", "referral__number")


def _moments(quarter: Period) -> tuple[dt.datetime, dt.datetime]:
    """From its first midnight to its last moment, where the body is."""
    starts = timezone.make_aware(dt.datetime.combine(quarter.starts, dt.time.min))
    return starts, timezone.make_aware(dt.datetime.combine(quarter.ends, dt.time.max))


def _decision(found: tuple[Decision, int | None]) -> dict[str, Any]:
    decision, referral = found
    return {
        "decision": decision.pk,
        "referral": referral,
        "reference": decision.reference,
        "day": decision.meeting.day.isoformat(),
        "kind": decision.get_kind_display(),
        "text": decision.text,
        "provisional": decision.needs_ratification,
    }


def _sent(stop: ReferralStop) -> dict[str, Any]:
    return _line(stop) | {"text": stop.text_received or stop.referral.text}


def _received(stop: ReferralStop) -> dict[str, Any]:
    return _line(stop) | {"text": stop.text_agreed or stop.text_received}


def _line(stop: ReferralStop) -> dict[str, Any]:
    referral = stop.referral
    return {
        "referral": referral.pk,
        "reference": referral.reference,
        "kind": referral.get_kind_display(),
        "title": referral.title,
        "sent": clock.local_date(referral.sent_at).isoformat(),
        "answer": stop.get_disposition_display() if stop.disposition else "",
        "answered": clock.local_date(stop.disposed_at).isoformat() if stop.disposed_at else "",
        "summary": stop.summary,
    }
