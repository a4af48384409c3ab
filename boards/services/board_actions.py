"""The doors of a board action: raise, update, move, park, reassign, propose for closure, keep open, close."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from boards import rules_actions as rules
from boards.choices_records import ActionState
from boards.models import AgendaItem, BoardAction, BoardActionAct, Decision, Meeting
from boards.queries.board_actions import proposed_on
from boards.queries.decisions import is_confirmed
from boards.services import agenda, summaries
from boards.services.locks import locked_board
from kit import clock, stale
from kit.fields import in_words
from kit.numbers import next_number
from kit.periods import financial_year
from kit.verdict import Refusal, require
from people.actor import Actor
from people.models import Post
from people.queries import holders_on
from people.services.acts import stamp
from people.services.outbox import queue


@transaction.atomic
def raise_action(
    *,
    item: AgendaItem,
    text: str,
    owner_post: Post,
    due: dt.date,
    contributors: Iterable[Post] = (),
    decision: Decision | None = None,
    by: Actor,
    at: dt.datetime,
) -> BoardAction:
    """A new action with the board's next number of the meeting's financial year; a mail goes to its owner.

    Where a summary of the meeting went out before, a new one with the action takes its place. Raises Refusal.
    """
    locked_board(item.meeting.board_id)  # where two numbers given at once meet
    meeting = agenda.locked(item.meeting_id)
    require(rules.may_raise(by, meeting, is_confirmed(meeting), at))
    if decision is not None and decision.meeting_id != meeting.pk:
        raise Refusal("This decision was taken at another meeting.")
    if due < meeting.day:
        raise Refusal(f"An action cannot be due before the meeting that raised it, on {in_words(meeting.day)}.")
    year = financial_year(meeting.day)
    action = BoardAction.objects.create(
        board=meeting.board,
        year=year,
        number=next_number(BoardAction.objects.filter(board=meeting.board_id, year=year)),
        meeting=meeting,
        item=item,
        decision=decision,
        text=text.strip(),
        owner_post=owner_post,
        owner_name=_holder_name(owner_post, at),
        raised_at=at,
        original_due=due,
        due=due,
    )
    _keep_contributors(action, contributors)
    _record(action, "raised", "", by, at, detail=f"{owner_post}, due by {in_words(due)}")
    _write(action, "board_action_raised", at)
    summaries.follow(meeting=meeting, because=f"{action.reference} was raised.", by=by, at=at)
    return action


@transaction.atomic
def update(*, action: BoardAction, words: str, by: Actor, at: dt.datetime) -> BoardAction:
    """Say how it stands, in dated words. Raises Refusal."""
    row = _locked(action)
    require(rules.may_update(by, row))
    _record(row, "updated", row.state, by, at, reason=words)
    return row


@transaction.atomic
def move(*, action: BoardAction, due: dt.date, because: str, seen: str, by: Actor, at: dt.datetime) -> BoardAction:
    """Give it another date; the first one stays beside it. Raises Refusal and Stale."""
    row = _steered(action, {"due": due}, seen, by)
    if due == row.due:
        raise Refusal(f"It is due by {in_words(due)} already.")
    if due < row.meeting.day:
        raise Refusal(f"An action cannot be due before the meeting that raised it, on {in_words(row.meeting.day)}.")
    detail = f"Due by {in_words(row.due)}, now by {in_words(due)}"
    row.due = due
    row.save(update_fields=["due"])
    _record(row, "moved", row.state, by, at, reason=because, detail=detail)
    return row


@transaction.atomic
def park(
    *, action: BoardAction, until: dt.date | None, because: str, seen: str, by: Actor, at: dt.datetime
) -> BoardAction:
    """Leave it aside until a day, or take it up again when there is none. Raises Refusal and Stale."""
    row = _steered(action, {"parked_until": until}, seen, by)
    if until is not None and until <= clock.local_date(at):
        raise Refusal("Park an action until a day that is still to come.")
    if until == row.parked_until:
        raise Refusal("Nothing has changed. It is parked until that day already." if until else "It is not parked.")
    row.parked_until = until
    row.save(update_fields=["parked_until"])
    verb, detail = ("parked", f"Until {in_words(until)}") if until else ("taken_up", "")
    _record(row, verb, row.state, by, at, reason=because, detail=detail)
    return row


@transaction.atomic
def assign(
    *,
    action: BoardAction,
    owner_post: Post,
    contributors: Sequence[Post],
    because: str,
    seen: str,
    by: Actor,
    at: dt.datetime,
) -> BoardAction:
    """Give it to another post, or change who contributes. A new owner gets a mail. Raises Refusal and Stale."""
    row = _steered(action, {"owner_post": owner_post}, seen, by)
    said = []
    if owner_post.pk != row.owner_post_id:
        said.append(f"From {row.owner_post} to {owner_post}")
        row.owner_post, row.owner_name = owner_post, _holder_name(owner_post, at)
        row.save(update_fields=["owner_post", "owner_name"])
        _write(row, "board_action_raised", at)
    if _keep_contributors(row, contributors):
        said.append("Who contributes has changed")
    if not said:
        raise Refusal("Nothing has changed. Choose another owner or other contributors.")
    _record(row, "reassigned", row.state, by, at, reason=because, detail=". ".join(said)[:300])
    return row


@transaction.atomic
def propose(*, action: BoardAction, done: str, by: Actor, at: dt.datetime) -> BoardAction:
    """Propose to the board that it closes the action, with what was done. Raises Refusal."""
    row = _locked(action)
    require(rules.may_propose(by, row))
    return _change_state(row, ActionState.PROPOSED, "proposed", by, at, reason=done)


@transaction.atomic
def keep_open(*, action: BoardAction, meeting: Meeting, because: str, by: Actor, at: dt.datetime) -> BoardAction:
    """Record that the board keeps it open, and why. Its owner gets a mail. Raises Refusal."""
    locked_board(action.board_id)  # its minutes are not confirmed meanwhile
    row = _locked(action)
    require(rules.may_keep_open(by, row))
    proposed = proposed_on(row)
    require(rules.may_be_taken_at(row, meeting, is_confirmed(meeting), row.meeting, at, proposed_on=proposed))
    _change_state(row, ActionState.OPEN, "kept_open", by, at, reason=because, detail=_at(meeting))
    _write(row, "board_action_kept_open", at)
    return row


@transaction.atomic
def close(*, action: BoardAction, meeting: Meeting, because: str = "", by: Actor, at: dt.datetime) -> BoardAction:
    """Record that the board closed it, at which of its meetings. Afterwards the database refuses any change of it.

    One whose closure nobody proposed needs a reason. Raises Refusal.
    """
    locked_board(action.board_id)  # its minutes are not confirmed meanwhile
    row = _locked(action)
    require(rules.may_close(by, row))
    proposed = proposed_on(row)
    require(rules.may_be_taken_at(row, meeting, is_confirmed(meeting), row.meeting, at, proposed_on=proposed))
    if row.state == ActionState.OPEN and not because.strip():
        raise Refusal("Nobody proposed to close it. Say why the board closed it.")
    row.closed_on, row.closed_at_meeting = meeting.day, meeting
    return _change_state(row, ActionState.CLOSED, "closed", by, at, reason=because, detail=_at(meeting))


@transaction.atomic
def close_several(*, actions: Iterable[BoardAction], meeting: Meeting, by: Actor, at: dt.datetime) -> list[BoardAction]:
    """Close those proposed for closure at one meeting: all of them, or none. Raises Refusal."""
    locked_board(meeting.board_id)
    found = sorted(actions, key=lambda action: action.pk)  # always locked in one order
    for action in found:
        if _locked(action).state != ActionState.PROPOSED:
            raise Refusal(f"{action.reference} is not proposed for closure any more. Open the page again.")
    return [close(action=action, meeting=meeting, by=by, at=at) for action in found]


def _locked(action: BoardAction) -> BoardAction:
    rows = BoardAction.objects.select_for_update(of=("self",)).select_related("board", "meeting__board", "owner_post")
    return rows.get(pk=action.pk)


def _steered(action: BoardAction, values: dict[str, Any], seen: str, by: Actor) -> BoardAction:
    """The row locked for the secretariat's change, when it is still what was seen. Raises Refusal and Stale."""
    stale.current(action, values, seen)
    row = _locked(action)
    require(rules.may_steer(by, row))
    return row


def _change_state(
    row: BoardAction, state: ActionState, verb: str, by: Actor, at: dt.datetime, *, reason: str, detail: str = ""
) -> BoardAction:
    was, row.state = row.state, state
    row.save(update_fields=["state", "closed_on", "closed_at_meeting"])
    _record(row, verb, was, by, at, reason=reason, detail=detail)
    return row


def _record(
    row: BoardAction, verb: str, was: str, by: Actor, at: dt.datetime, *, reason: str = "", detail: str = ""
) -> None:
    """Whoever speaks for the owner's post acts as it; contributors act as theirs."""
    posts = [row.owner_post_id, *row.contributor_links.values_list("post_id", flat=True)]
    post_id = next((pk for pk in posts if pk in by.speaks_for), None)
    BoardActionAct.objects.create(
        action=row,
        verb=verb,
        from_state=was,
        to_state=row.state,
        at=at,
        reason=reason.strip(),
        detail=detail,
        **stamp(by, post_id=post_id),
    )


def _keep_contributors(row: BoardAction, posts: Iterable[Post]) -> bool:
    """Whether they are others than before. The owner is none of them."""
    wanted = {post.pk for post in posts} - {row.owner_post_id}
    there = {link.post_id: link for link in row.contributor_links.all()}
    for post_id in set(there) - wanted:
        there[post_id].delete()
    for post_id in sorted(wanted - set(there)):
        row.contributor_links.create(post_id=post_id)
    return wanted != set(there)


def _holder_name(post: Post, at: dt.datetime) -> str:
    tenure = holders_on([post.pk], clock.local_date(at)).get(post.pk)
    return tenure.person.name if tenure else ""


def _at(meeting: Meeting) -> str:
    return f"At the meeting of {in_words(meeting.day)}"


def _write(row: BoardAction, kind: str, at: dt.datetime) -> None:
    """To whoever holds the owner's post. A mail has the reference and a link; the words stay in the service."""
    tenure = holders_on([row.owner_post_id], clock.local_date(at)).get(row.owner_post_id)
    if tenure is not None:
        queue(to=tenure.person, kind=kind, context={"action": row})
