"""The progress reports of an agenda, frozen into the pack: what boards.progress_report makes of a round."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from boards.models import AgendaItem
from kit.reports import Part
from people.actor import Actor


def progress_bodies(items: Iterable[AgendaItem], by: Actor, at: dt.datetime) -> dict[int, dict[str, Any]]:
    """By the key of the item; items without one are not there."""
    found = {item.pk: progress for item in items if (progress := getattr(item, "progress", None))}
    if not found:
        return {}
    from boards import progress_report

    return {key: progress_report.body(progress, by, at) for key, progress in found.items()}


def progress_parts(body: Mapping[str, Any]) -> Sequence[Part]:
    """The same, typeset."""
    from boards import progress_report

    return progress_report.parts(body)
