"""The progress reports of an agenda, frozen into the pack: what boards.progress_report makes of a round."""

import contextlib
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boards import progress_report
from boards.models import AgendaItem
from kit.reports import Part
from monitoring.models import ReportingRound
from people.actor import Actor


def progress_bodies(
    items: Iterable[AgendaItem], by: Actor, at: dt.datetime, *, pictures: bool
) -> dict[int, dict[str, Any]]:
    """By the key of the item; items without one are not there."""
    found = {item.pk: progress for item in items if (progress := getattr(item, "progress", None))}
    bodies = {}
    for key, progress in found.items():
        with contextlib.suppress(ReportingRound.DoesNotExist):  # a round that was never opened has nothing to report
            bodies[key] = progress_report.body(progress, by, at, pictures=pictures)
    return bodies


def progress_parts(body: Mapping[str, Any]) -> Sequence[Part]:
    """The same, typeset. It begins with its own title, below which all the others stand."""
    return progress_report.parts(body)
