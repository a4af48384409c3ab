"""The doors of a meeting's day: add, accept, move, cancel. A proposal is no record yet: it changes without an act.

What waits for an agenda moves when meetings come and go, so those doors lock the board before the meeting.
"""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from boards import rules_calendar as rules
from boards.choices import MeetingState
from boards.models import Meeting, MeetingAct
from boards.queries.working import calendars_of
from boards.services import milestones, minutes_items, referrals
from boards.services.locks import locked_board, locked_boards
from kit import stale
from kit.verdict import Refusal, require
from kit.working_days import day_in_words, moment_in_words
from people.actor import Actor
from people.services.acts import stamp

WATCHED = ["starts_at", "ends_at", "place", "state"]


@transaction.atomic
def add(*, meeting: Meeting, by: Actor, at: dt.datetime, anyway: bool = False) -> Meeting:
    """Plan a single meeting. `anyway` says that it may be on a day off. Raises Refusal."""
    locked_board(meeting.board_id)
    require(rules.may_plan_for(by, meeting.board))
    require(rules.fits_board(meeting.board, meeting.day))
    _require_working_day(meeting, anyway)
    meeting.state, meeting.first_planned_for = MeetingState.PLANNED, meeting.day
    _require_free(meeting)
    meeting.save(force_insert=True)
    _record(meeting, "added", "", by, at, detail=f"for {moment_in_words(meeting.starts_at)}")
    milestones.refresh(meetings=[meeting], at=at)
    referrals.catch_up(boards=[meeting.board], by=by, at=at)
    minutes_items.catch_up(boards=[meeting.board], at=at)
    return meeting


@transaction.atomic
def accept(*, meetings: Iterable[Meeting], by: Actor, at: dt.datetime) -> list[Meeting]:
    """Plan the proposals, all or none. Returns the meetings. Raises Refusal for the first that cannot be accepted."""
    keys = [meeting.pk for meeting in meetings]
    locked_boards(Meeting.objects.filter(pk__in=keys).values_list("board_id", flat=True))
    rows = list(_locked().filter(pk__in=keys).order_by("starts_at", "pk"))
    if len(rows) < len(set(keys)):
        raise Refusal("Some of these proposals were replaced meanwhile. Look at them again.")
    for row in rows:
        require(rules.may_accept(by, row))
        row.state, row.first_planned_for = MeetingState.PLANNED, row.day
    Meeting.objects.bulk_update(rows, ["state", "first_planned_for"])
    who = stamp(by)
    MeetingAct.objects.bulk_create(
        MeetingAct(
            meeting=row,
            verb="accepted",
            from_state=MeetingState.PROPOSED,
            to_state=row.state,
            at=at,
            detail=f"for {moment_in_words(row.starts_at)}",
            **who,
        )
        for row in rows
    )
    milestones.refresh(meetings=rows, at=at)
    referrals.catch_up(boards={row.board for row in rows}, by=by, at=at)
    minutes_items.catch_up(boards={row.board for row in rows}, at=at)
    return rows


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    place: str,
    reason: str,
    by: Actor,
    at: dt.datetime,
    seen: str = "",
    anyway: bool = False,
) -> Meeting:
    """Give a meeting another day, time or place, and compute anew what is still ahead of it.

    `seen` is the token of WATCHED (kit.stale) when the writer opened the page. Raises Refusal and Stale.
    """
    row = _locked().get(pk=meeting.pk)
    if seen and seen != stale.token(row, WATCHED):
        raise stale.Stale(row)
    require(rules.may_move(by, row))
    _require_nothing_recorded(row)
    was, was_day, was_place = moment_in_words(row.starts_at), row.day, row.place
    row.starts_at, row.ends_at, row.place = starts_at, ends_at, place
    if row.day != was_day:
        require(rules.fits_move(row.day, by.on))
        require(rules.fits_board(row.board, row.day))
        _require_working_day(row, anyway)
    _require_free(row)
    if row.state == MeetingState.PROPOSED:
        row.why = f"Moved by hand from {was}. {reason.strip()}".strip()
        row.save(update_fields=["starts_at", "ends_at", "place", "why"])
        return row
    row.save(update_fields=["starts_at", "ends_at", "place"])
    detail = f"from {was} to {moment_in_words(row.starts_at)}"
    if row.place != was_place:
        detail += f", {row.place}" if row.place else ", place not known"
    _record(row, "moved", row.state, by, at, reason=reason.strip(), detail=detail[:300])
    milestones.refresh(meetings=[row], at=at)
    return row


@transaction.atomic
def cancel(*, meeting: Meeting, reason: str, by: Actor, at: dt.datetime) -> Meeting:
    """Call off a planned meeting, which stays on record; a proposal is dropped, and has no key then. Raises Refusal."""
    locked_board(meeting.board_id)
    row = _locked().get(pk=meeting.pk)
    require(rules.may_cancel(by, row))
    _require_nothing_recorded(row)
    if row.state == MeetingState.PROPOSED:
        row.delete()
        return row
    if not reason.strip():
        raise Refusal("Say why the meeting is cancelled.")
    from_state, row.state = row.state, MeetingState.CANCELLED
    row.save(update_fields=["state"])
    _record(row, "cancelled", from_state, by, at, reason=reason.strip(), detail=f"was for {day_in_words(row.day)}")
    referrals.catch_up(boards=[row.board], by=by, at=at)
    minutes_items.catch_up(boards=[row.board], at=at)
    return row


def _locked():
    return Meeting.objects.select_for_update(of=("self",)).select_related("board")


def _require_working_day(meeting: Meeting, anyway: bool) -> None:
    calendar = calendars_of([meeting.board])[meeting.board_id]
    verdict = rules.fits_calendar(meeting.day, calendar)
    if not verdict and not anyway:
        raise Refusal(f"{verdict.sentence} Confirm that the board meets all the same.")


def _require_nothing_recorded(meeting: Meeting) -> None:
    if meeting.decisions.exists() or meeting.board_actions.exists():
        raise Refusal("Decisions or actions were recorded at this meeting, so it took place on its day.")


def _require_free(meeting: Meeting) -> None:
    """The database's own promises, asked before, so that whoever comes second gets a sentence."""
    try:
        meeting.validate_constraints()
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from error


def _record(
    meeting: Meeting, verb: str, from_state: str, by: Actor, at: dt.datetime, *, detail: str = "", reason: str = ""
) -> None:
    MeetingAct.objects.create(
        meeting=meeting,
        verb=verb,
        from_state=from_state,
        to_state=meeting.state,
        at=at,
        detail=detail,
        reason=reason,
        **stamp(by),
    )
