"""Commitments by rounds, under their programmes, with what the measures say beside them."""

from typing import Any

from monitoring.models import ReportingRound
from monitoring.presenters.standings import notes, unjudged, word
from monitoring.queries.dashboard import Dashboard, Line

# As many rounds as fit the width of a page of paper.
ROUNDS = 4


def of(board: Dashboard) -> dict[str, Any]:
    """The newest rounds, the oldest first, in the order of the plan."""
    rounds = board.columns[-ROUNDS:]
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in sorted(board.lines, key=lambda line: (str(line.commitment.programme), line.commitment.number)):
        groups.setdefault(str(line.commitment.programme), []).append(_row(line, rounds))
    return {
        "caption": f"{board.strategy.commitment_label}s by round",
        "rounds": [round.label for round in rounds],
        "groups": [[name, rows] for name, rows in groups.items()],
    }


def _row(line: Line, rounds: list[ReportingRound]) -> dict[str, Any]:
    cells = [_cell(line, round) for round in rounds]
    said = ["", unjudged(line.commitment.status_rule), ""]
    if line.measures:
        said = [line.measures.value, word(line.measures), "The lead is rosier" if line.optimism > 0 else ""]
    return {
        "commitment": str(line.commitment),
        "url": line.commitment.get_absolute_url(),
        "cells": [*cells, said],
    }


def _cell(line: Line, round: ReportingRound) -> list[str]:
    """Key, word and what has to be said beside it; no key where no return was expected."""
    standing = line.standings.get(round.pk)
    return [standing.kind, word(standing.kind), ". ".join(notes(standing))] if standing else ["", "No return", ""]
