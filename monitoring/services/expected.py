"""Saying of figures that are due that they are not available yet, and when they are expected."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from commitments.models import Group, Measure
from kit.fields import in_words
from kit.periods import Period
from kit.verdict import ALLOWED, Refusal, Verdict, refused, require
from monitoring.models import ExpectedFigure
from monitoring.rules_observations import may_enter
from monitoring.services.observations import current_of, locked_measures, post_of
from people.actor import Actor
from people.services.acts import stamp


@dataclass(frozen=True)
class Expected:
    """A figure that is not available yet, and the day it is expected; the group is None for the whole."""

    measure: Measure
    period: Period
    group: Group | None
    expected_on: dt.date
    note: str = ""


def is_to_come(expected_on: dt.date, on: dt.date) -> Verdict:
    """What is expected comes later than today."""
    if expected_on <= on:
        return refused(f"The day it is expected must be after {in_words(on)}.")
    return ALLOWED


@transaction.atomic
def say_expected(*, figures: Sequence[Expected], by: Actor, at: dt.datetime) -> list[ExpectedFigure]:
    """Keep when figures are expected. The same again writes nothing. Raises Refusal, also for a recorded figure."""
    measures = locked_measures({figure.measure.pk for figure in figures})
    for measure in measures.values():
        require(may_enter(by, measure))
    there = current_of(measures)
    kept = []
    for figure in figures:
        measure, period, group = measures[figure.measure.pk], figure.period, figure.group
        require(is_to_come(figure.expected_on, by.on))
        row = there.get((measure.pk, period.starts, period.ends, group and group.pk))
        if row is not None and not row.withdrawn:
            raise Refusal("This figure is recorded already, so nothing is waited for.")
        kept.append(_kept(figure, measure, by, at))
    return kept


def _kept(figure: Expected, measure: Measure, by: Actor, at: dt.datetime) -> ExpectedFigure:
    cell = {
        "measure": measure,
        "period_starts": figure.period.starts,
        "period_ends": figure.period.ends,
        "group": figure.group,
    }
    said = {"expected_on": figure.expected_on, "note": figure.note.strip()}
    last = ExpectedFigure.objects.filter(**cell).order_by("pk").last()
    if last is not None and (last.expected_on, last.note) == tuple(said.values()):
        return last
    return ExpectedFigure.objects.create(**cell, **said, at=at, **stamp(by, post_id=post_of(by, measure)))
