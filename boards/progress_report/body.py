"""The report put together: one round of a strategy, and what of the board's own work goes with it."""

import dataclasses
import datetime as dt
import json
from typing import Any

from boards.models import ItemProgress
from kit import clock
from kit.fields import in_words
from monitoring.models import ReportingRound
from monitoring.presenters import dashboard as words
from monitoring.queries import dashboard as queries
from people.actor import Actor

from . import counts, gaps, matrix, measures, of_board, returns

FORMAT = 1


def body(progress: ItemProgress, actor: Actor, at: dt.datetime, *, pictures: bool = True) -> dict[str, Any]:
    """Plain JSON, the same each time for the same records. `at` says on which day a return counts as missing.

    Pictures take long to draw: without them it is for comparing only, with `undrawn` of another.
    Eighteen queries at most, however many commitments there are. Raises ReportingRound.DoesNotExist for a round that
    the actor may not see or that was never opened.
    """
    actor = _on_the_day(actor, clock.local_date(at))
    board = _dashboard(progress.round, actor)
    made = {
        "format": FORMAT,
        "title": f"Progress report, {board.shown.label}",
        "strategy": {
            "title": board.strategy.title,
            "notice": board.strategy.notice,
            "programme": board.strategy.programme_label,
            "commitment": board.strategy.commitment_label,
        },
        "round": {
            "label": board.shown.label,
            "period": f"{in_words(board.shown.period_starts)} to {in_words(board.shown.period_ends)}",
            "state": words.said_of(board.shown),
            "basis": words.basis_said(board),
        },
        "definitions": _definitions(board.shown),
        "counts": counts.of(board, pictures=pictures),
        "movement": counts.movement(board),
        "matrix": matrix.of(board),
        "returns": returns.of(board),
        "without": returns.without(board),
        "differing": gaps.differing(board),
        "optimism": gaps.optimism(board),
        "measures": measures.of(board, pictures=pictures),
        "actions": of_board.actions(progress.item, actor),
        "due": of_board.due(progress.item, actor),
    }
    return json.loads(json.dumps(made))


def _on_the_day(actor: Actor, day: dt.date) -> Actor:
    """The same actor as of the day. A request's is a proxy, which cannot be replaced as a whole."""
    return Actor(**{each.name: getattr(actor, each.name) for each in dataclasses.fields(Actor)} | {"on": day})


def _dashboard(round: ReportingRound, actor: Actor) -> queries.Dashboard:
    """The round as its newest: what came after it is no part of the report."""
    rounds = list(queries.opened_rounds(actor).filter(strategy=round.strategy_id))
    shown = next((each for each in rounds if each.pk == round.pk), None)
    if shown is None:
        raise ReportingRound.DoesNotExist
    until = [each for each in rounds if each.period_ends <= shown.period_ends]
    return queries.load(shown.strategy, until, shown, actor)


def _definitions(round: ReportingRound) -> list[list[str]]:
    """The ratings as the strategy defined them when the round was opened."""
    return [[key, round.definitions[key]] for key in ("green", "amber", "red") if round.definitions.get(key)]
