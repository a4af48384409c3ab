"""Referrals as a reader finds them: where each is, what it waits for, what of it is theirs to read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from boards.choices import RelationshipKind
from boards.choices_records import Disposition, ReferralKind, ReferralState
from boards.models import AgendaItem, Board, Decision, Meeting, Membership, Referral, ReferralStop, Relationship
from boards.queries.working import calendars_of
from boards.querysets import SEE_ALL_BOARDS
from boards.rules_referrals import current_stop
from kit import clock
from kit.working_days import WorkingCalendar, add_working_days
from people.actor import Actor

# An escalation that nobody has confirmed after so many working days has not been received.
RECEIPT_DAYS = 2
LONGEST_WAY = 4


@dataclass(frozen=True)
class Sights:
    """What a reader sees of what referrals touch, as keys: items seen whole, items they read the papers of, boards."""

    whole: frozenset[int]
    read: frozenset[int]
    boards: frozenset[int]
    mine: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Line:
    """One referral, where it is, and until when its receipt is to be confirmed (escalations only)."""

    referral: Referral
    stops: Sequence[ReferralStop]
    here: ReferralStop | None
    sights: Sights
    on: dt.date
    at: dt.datetime
    receipt_by: dt.date | None = None

    @property
    def not_received(self) -> bool:
        """An escalation whose receipt nobody has confirmed in time."""
        return self.receipt_by is not None and self.receipt_by < self.on

    @property
    def overdue(self) -> bool:
        """Nothing has come back by the day on which the answer was wanted."""
        wanted = self.referral.wanted_by
        return self.referral.state == ReferralState.OPEN and wanted is not None and wanted < self.on

    @property
    def waiting(self) -> bool:
        """Somebody still has to act: a board on the way, or the first board that has not noted the outcome."""
        return self.referral.state in (ReferralState.OPEN, ReferralState.ANSWERED)

    def board(self, board: Board) -> str:
        """Its title, where the reader may know of it. Who sent it is known to everybody whom it reached."""
        known = board.pk in self.sights.boards or board.pk == self.referral.from_board_id
        return board.title if known else "Another board"

    def day(self, item: AgendaItem | None) -> dt.date | None:
        """The day of the meeting that takes it, for who sees the item whole. Others learn nothing of it."""
        return item.meeting.day if item and item.pk in self.sights.whole else None

    @property
    def restricted(self) -> str:
        """The restricted detail, for those who read the papers of the item that it was sent from."""
        item = self.referral.from_item_id
        mine = self.referral.from_board_id in self.sights.mine
        return self.referral.restricted if (item in self.sights.read if item else mine) else ""

    def restricted_of(self, stop: ReferralStop) -> str:
        """The restricted detail of a stop, for those who read the papers of its item."""
        mine = stop.board_id in self.sights.mine
        return stop.restricted if (stop.item_id in self.sights.read if stop.item_id else mine) else ""


def referrals(actor: Actor, at: dt.datetime) -> list[Line]:
    """Every referral that the actor sees, the newest first. Seven queries for any number."""
    rows = Referral.objects.visible_to(actor).order_by("-sent_at", "-pk")
    return _lines(rows, actor, at)


def one(referral: Referral, actor: Actor, at: dt.datetime) -> Line:
    """The same for one referral."""
    return _lines(Referral.objects.filter(pk=referral.pk), actor, at)[0]


def is_about(line: Line, slug: str) -> bool:
    """Whether the board of that slug sent it or is on its way."""
    return line.referral.from_board.slug == slug or any(stop.board.slug == slug for stop in line.stops)


def sights(actor: Actor, items: Iterable[int | None]) -> Sights:
    """What the actor sees of these items, and of the boards. Four queries; one for those who see everything."""
    keys = {key for key in items if key}
    boards = frozenset(Board.objects.visible_to(actor).values_list("pk", flat=True))
    if actor.has(*SEE_ALL_BOARDS):
        return Sights(frozenset(keys), frozenset(keys), boards, boards)
    rows = AgendaItem.objects.filter(pk__in=keys)
    return Sights(
        whole=frozenset(rows.whole_to(actor).values_list("pk", flat=True)),
        read=frozenset(rows.put_before(actor).values_list("pk", flat=True)),
        boards=boards,
        mine=frozenset(Membership.objects.of_actor(actor).values_list("board_id", flat=True)),
    )


def ways(board: Board) -> dict[str, list[Board]]:
    """The boards in a row that the relationships propose: up by escalation, or advised and then directed."""
    links = list(Relationship.objects.select_related("to").order_by("pk"))
    first = {kind: _follow(board, links, kind) for kind in RelationshipKind.values}
    up = first[RelationshipKind.ESCALATES_TO]
    advised = first[RelationshipKind.ADVISES][:1] or up[:1]
    down = _follow(advised[0] if advised else board, links, RelationshipKind.DIRECTS)
    found = {
        ReferralKind.RECOMMENDATION: [*advised, *(each for each in down if each != board)],
        ReferralKind.DIRECTION: first[RelationshipKind.DIRECTS],
        ReferralKind.REPORT_BACK: first[RelationshipKind.REPORTS_TO][:1],
        ReferralKind.ESCALATION: up,
    }
    return {str(kind): list(dict.fromkeys(way))[:LONGEST_WAY] for kind, way in found.items() if way}


def meetings_for(stop: ReferralStop, at: dt.datetime) -> list[Meeting]:
    """The planned meetings to come on whose agenda a board can place it, besides the one where it is."""
    rows = stop.board.meetings.filter(state="planned", starts_at__gt=at).order_by("starts_at")
    return list(rows.exclude(pk=stop.item.meeting_id) if stop.item else rows)


def meetings_since(referral: Referral, at: dt.datetime) -> list[Meeting]:
    """The meetings of the first board since the last answer, the newest first."""
    rows = referral.from_board.meetings.standing().filter(starts_at__lte=at).order_by("-starts_at")
    return [meeting for meeting in rows if meeting.day >= clock.local_date(referral.answered_at)]


def decisions_on(item: AgendaItem | None, *kinds: str) -> list[Decision]:
    """The standing decisions on an item, of some kinds where they are given."""
    if item is None:
        return []
    rows = Decision.objects.standing().filter(item=item).select_related("board")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def _lines(rows, actor: Actor, at: dt.datetime) -> list[Line]:
    on = clock.local_date(at)
    way = ReferralStop.objects.select_related("board", "item__meeting__board", "decision__board").order_by("number")
    found = list(
        rows.select_related(
            "from_board", "from_item__meeting__board", "from_decision__board", "owner_post", "back_on__meeting__board"
        )
        .select_related("noted_by__board")
        .prefetch_related(Prefetch("stops", way))
    )
    items = {stop.item_id for each in found for stop in each.stops.all()}
    seen = sights(actor, items | {each.from_item_id for each in found} | {each.back_on_id for each in found})
    here = {each.pk: current_stop(each) for each in found}
    escalated = [here[each.pk] for each in found if _wants_receipt(each, here[each.pk])]
    calendars = calendars_of([stop.board for stop in escalated]) if escalated else {}
    return [
        Line(
            each,
            list(each.stops.all()),
            here[each.pk],
            seen,
            on,
            at,
            _receipt_by(each, here[each.pk], calendars),
        )
        for each in found
    ]


def _wants_receipt(referral: Referral, stop: ReferralStop | None) -> bool:
    return referral.kind == ReferralKind.ESCALATION and stop is not None and not stop.received_at


def _receipt_by(referral: Referral, stop: ReferralStop | None, calendars: dict[int, WorkingCalendar]) -> dt.date | None:
    if not _wants_receipt(referral, stop):
        return None
    before = next((each for each in referral.stops.all() if each.number == stop.number - 1), None)
    reached = before.disposed_at if before and before.disposed_at else referral.sent_at
    return add_working_days(clock.local_date(reached), RECEIPT_DAYS, calendars[stop.board_id])


def _follow(board: Board, links: Sequence[Relationship], kind: str) -> list[Board]:
    """The boards that one leads to by relationships of a kind, each the first that was written down."""
    found: list[Board] = []
    here = board.pk
    while to := next((each.to for each in links if each.board_id == here and each.kind == kind), None):
        if to in found or to.pk == board.pk:
            break
        found.append(to)
        here = to.pk
    return found


def is_answered(stop: ReferralStop) -> bool:
    """Whether a board has finally answered."""
    return stop.disposition not in ("", Disposition.DEFERRED)
