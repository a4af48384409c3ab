"""How many commitments stand where, and how they moved since the round before."""

from typing import Any

from kit.charts import ChartPoint, TrendData, groups_chart
from monitoring.choices import Rating
from monitoring.presenters import dashboard as words
from monitoring.presenters.days import many
from monitoring.presenters.standings import notes, word
from monitoring.queries.dashboard import KINDS, Dashboard, Line

from .charts import drawn

Data = dict[str, Any]
# They are told even when there are none.
ALWAYS = ("green", "amber", "red", "complete", "not_started", "missing")
WITHOUT = ("missing", "awaited", "nil", "exempt")


def of(board: Dashboard, *, pictures: bool) -> Data:
    """Each rating and standing with its number in this round and the one before, and both in a sentence."""
    now = board.counts(board.shown)
    then = board.counts(board.before) if board.before else None
    rows = [
        [kind, word(kind), str(now[kind]), "" if then is None else str(then[kind]), _overseers(board, kind)]
        for kind in KINDS
        if kind in ALWAYS or now[kind] or (then and then[kind])
    ]
    return {
        "rows": rows,
        "before": board.before.label if board.before else "",
        "said": _said(board),
        "chart": _chart(board, pictures=pictures),
    }


def _overseers(board: Dashboard, kind: str) -> str:
    return str(board.overseers(board.shown)[kind]) if kind in Rating.values else ""


def _said(board: Dashboard) -> str:
    """What the numbers rest on: how many were signed off, and what became of the others."""
    now = board.counts(board.shown)
    total = sum(now.values())
    label = board.strategy.commitment_label.lower()
    if not total:
        return f"No return was expected of any {label} in {board.shown.label}."
    signed = sum(1 for line in board.lines if line.now and line.now.signed and line.now.kind != "exempt")
    nil = f" ({now['nil']} of them nil)" if now["nil"] else ""
    said = [f"{signed} of {many(total, label)} {'has' if signed == 1 else 'have'} a return that is signed off{nil}"]
    said += [f"{now[kind]} {word(kind).lower()}" for kind in WITHOUT if now[kind] and kind != "nil"]
    return f"{'; '.join(said)}. Only what was signed off is counted as a rating."


def movement(board: Dashboard) -> Data:
    """The groups of movement with their commitments; nothing in the first round."""
    if board.before is None:
        return {"since": "", "figures": [], "groups": []}
    found = words.groups(board)
    lines = board.moved
    return {
        "since": board.before.label,
        "figures": [[key, heading, str(number)] for key, heading, number in words.figures(found)],
        "groups": [
            {
                "key": group.key,
                "heading": group.heading,
                "hint": group.hint,
                "lines": [_move(line) for line in lines[group.key]],
            }
            for group in found
        ],
    }


def _move(line: Line) -> Data:
    before, now = (line.before.kind if line.before else ""), (line.now.kind if line.now else "")
    return {
        "commitment": str(line.commitment),
        "url": line.commitment.get_absolute_url(),
        "before": [before, word(before) if before else "No return"],
        "now": [now, word(now) if now else "No return"],
        "notes": ". ".join(notes(line.now)),
    }


def _chart(board: Dashboard, *, pictures: bool) -> Data | None:
    """Green, amber and red over the rounds; one round is no trend."""
    if len(board.columns) < 2:
        return None
    label = f"{board.strategy.commitment_label.lower()}s"
    counted = [(round, board.counts(round)) for round in board.columns]
    points = tuple(
        ChartPoint(round.label, round.period_starts, round.period_ends, count[rating], "actual", rating.label)
        for rating in Rating
        for round, count in counted
    )
    subtitle = f"{label.capitalize()} with each rating, by round"
    return drawn(groups_chart(TrendData("Ratings", label, 0, points, subtitle=subtitle)), pictures=pictures)
