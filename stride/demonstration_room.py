"""Plays what came of the meetings of the example: notes, decisions, actions, summaries, minutes."""

from collections.abc import Callable

from boards.effects import Asked
from boards.models import BoardAction, Decision, Minutes
from boards.queries.minutes import texts_of
from boards.services import board_actions, decisions, minutes, room, summaries
from kit import clock, stale
from people.models import Post
from stride.demonstration_kept import Kept, item_of, meeting_of, rows
from stride.demonstration_steps import Row, Step, day, holder, moment_of, secretary, split


def steps(kept: Kept) -> list[Step]:
    """Everything that comes out of the room, each with its moment."""
    sheets: tuple[tuple[str, str, Callable[[Row], object]], ...] = (
        ("notes_in_the_room.csv", "until", _note),
        ("decisions.csv", "at", lambda row: _decide(row, kept)),
        ("actions.csv", "at", lambda row: _raise(row, kept)),
        ("summaries.csv", "at", lambda row: summaries.circulate(meeting=meeting_of(row), by=secretary(), at=_now())),
        ("corrections.csv", "at", lambda row: _correct(row, kept)),
        ("action_steps.csv", "at", lambda row: ACTS[row["act"]](_action(kept, row), row)),
        ("minutes.csv", "at", lambda row: MINUTES[row["act"]](row)),
    )
    return [(moment_of(row[at]), lambda act=act, row=row: act(row)) for name, at, act in sheets for row in rows(name)]


def _now():
    return clock.now()


def _note(row: Row) -> None:
    """Kept when the item was over, with the time at which it was begun."""
    room.note(
        item=item_of(row),
        discussion=row["discussion"],
        started_at=moment_of(row["from"]),
        ended_at=moment_of(row["until"]),
        seen=room.token(None),
        by=secretary(),
        at=clock.now(),
    )


def _decide(row: Row, kept: Kept) -> None:
    kept.decisions[row["decision"]] = decisions.record(
        item=item_of(row),
        kind=row["kind"],
        text=row["text"],
        paper=kept.papers[row["paper"]] if row["paper"] else None,
        effects=[_effect(effect, kept) for effect in split(row["effects"])],
        by=secretary(),
        at=clock.now(),
    )


def _effect(said: str, kept: Kept) -> Asked:
    """ "ratify_decision support", "confirm_minutes ide-management-board 2021-11-26"."""
    kind, target, *rest = said.split()
    if kind == "confirm_minutes":
        return Asked(kind, _minutes({"board": target, "day": rest[0]}).pk)
    return Asked(kind, kept.decisions[target].pk)


def _correct(row: Row, kept: Kept) -> None:
    decision = Decision.objects.get(pk=kept.decisions[row["decision"]].pk)
    decisions.correct(
        decision=decision,
        kind=row["kind"],
        text=row["text"],
        because=row["because"],
        seen=decisions.token(decision),
        by=secretary(),
        at=clock.now(),
    )


def _raise(row: Row, kept: Kept) -> None:
    kept.actions[row["action"]] = board_actions.raise_action(
        item=item_of(row),
        text=row["text"],
        owner_post=Post.objects.get(code=row["owner"]),
        contributors=Post.objects.filter(code__in=split(row["contributors"])),
        due=day(row["due"]),
        decision=kept.decisions[row["decision"]] if row["decision"] else None,
        by=secretary(),
        at=clock.now(),
    )


def _action(kept: Kept, row: Row) -> BoardAction:
    return BoardAction.objects.get(pk=kept.actions[row["action"]].pk)


def _update(action: BoardAction, row: Row) -> None:
    board_actions.update(action=action, words=row["words"], by=holder(row["by"]), at=clock.now())


def _move(action: BoardAction, row: Row) -> None:
    seen = stale.token(action, ["due"])
    board_actions.move(
        action=action, due=day(row["until"]), because=row["words"], seen=seen, by=secretary(), at=clock.now()
    )


def _park(action: BoardAction, row: Row) -> None:
    seen = stale.token(action, ["parked_until"])
    board_actions.park(
        action=action, until=day(row["until"]), because=row["words"], seen=seen, by=secretary(), at=clock.now()
    )


def _assign(action: BoardAction, row: Row) -> None:
    board_actions.assign(
        action=action,
        owner_post=Post.objects.get(code=row["owner"]),
        contributors=[link.post for link in action.contributor_links.select_related("post")],
        because=row["words"],
        seen=stale.token(action, ["owner_post"]),
        by=secretary(),
        at=clock.now(),
    )


def _propose(action: BoardAction, row: Row) -> None:
    board_actions.propose(action=action, done=row["words"], by=holder(row["by"]), at=clock.now())


def _at_meeting(door: Callable) -> Callable[[BoardAction, Row], object]:
    """The board closed it or kept it open, at the meeting that is named."""
    return lambda action, row: door(
        action=action,
        meeting=meeting_of({"board": action.board.slug, "day": row["meeting"]}),
        because=row["words"],
        by=secretary(),
        at=clock.now(),
    )


ACTS = {
    "update": _update,
    "move": _move,
    "park": _park,
    "assign": _assign,
    "propose": _propose,
    "close": _at_meeting(board_actions.close),
    "keep_open": _at_meeting(board_actions.keep_open),
}


def _minutes(row: Row) -> Minutes:
    return Minutes.objects.get(meeting=meeting_of(row))


def _write_minutes(row: Row) -> None:
    found, item = _minutes(row), item_of(row)
    seen = minutes.token(texts_of(found).get(item.pk, ""))
    minutes.write(minutes=found, item=item, text=row["text"], seen=seen, by=secretary())


def _correct_minutes(row: Row) -> None:
    found, item = _minutes(row), item_of(row)
    was = texts_of(found).get(item.pk, "")
    minutes.correct(
        minutes=found,
        item=item,
        text=row["text"],
        asked_by=row["asked_by"],
        because=row["because"],
        seen=minutes.token(was),
        by=secretary(),
        at=clock.now(),
    )


MINUTES = {
    "draft": lambda row: minutes.draft(meeting=meeting_of(row), by=secretary(), at=clock.now()),
    "write": _write_minutes,
    "circulate": lambda row: minutes.circulate(minutes=_minutes(row), by=secretary(), at=clock.now()),
    "correct": _correct_minutes,
}
