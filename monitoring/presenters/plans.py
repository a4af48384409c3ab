"""What the measures say of commitments and of a programme, on the pages of the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from commitments.queries import CommitmentLine
from commitments.targets.status import said
from commitments.targets.verdicts import RANK
from kit.tables import Cell, Column
from monitoring.presenters.standings import unjudged, word
from monitoring.queries.measures import Status, programme_status

RULE = "The worst of what it holds decides; nothing is averaged."


@dataclass(frozen=True)
class Said:
    """A verdict, empty where there is none, and the sentence that says how it came about."""

    verdict: str
    sentence: str


def programme_says(lines: Iterable[CommitmentLine], statuses: Mapping[int, Status], noun: str) -> Said:
    """The worst of a programme's commitments, with how many have which status. noun: what it calls a commitment."""
    found = [statuses[line.commitment.pk] for line in lines]
    together = programme_status(found)
    if together.verdict is None:
        return Said("", "")
    verdicts = [status.verdict for status in found if status.verdict is not None]
    rest = f" {together.unread} without a computed status." if together.unread else ""
    return Said(together.verdict.value, f"{said(verdicts, noun)}{rest} {RULE}")


def says_column(statuses: Mapping[int, Status]) -> Column:
    """What the measures say of each commitment today, by its own rule."""

    def verdict(line: CommitmentLine):
        return statuses[line.commitment.pk].verdict

    def cell(line: CommitmentLine) -> Cell:
        found = verdict(line)
        return (
            Cell(word(found), kind="rating", value=found.value)
            if found
            else Cell(unjudged(line.commitment.status_rule))
        )

    def order(line: CommitmentLine) -> int | None:
        found = verdict(line)
        return None if found is None else RANK.get(found, len(RANK))

    return Column("says", "Measures say", cell, order, plain=lambda line: cell(line).text)
