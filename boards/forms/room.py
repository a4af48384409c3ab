"""What is written in the room: the note of an item with its times, and an action in three answers."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from boards import rules_decisions as rules
from boards.forms.board_actions import RaiseForm
from boards.forms.times import TimeField
from boards.models import AgendaItem, ItemRecord, Meeting
from boards.services.room import token
from kit.crispy import Row
from kit.fields import lower_first
from kit.forms import StrideForm
from kit.record_forms import CLASH, TEXT_LIMIT
from kit.working_days import at_time

QUICK = ("text", "owner_post", "due", "decision")
CHANGED = (
    "Somebody else changed this note while you had it open. What they saved is shown first, your words are still in "
    "the form. Save again to keep yours"
)


class NoteForm(StrideForm):
    """What was said on an item, and from when to when it was taken. `seen` is the token of what its writer read."""

    discussion = forms.CharField(
        label="What was said",
        help_text="The minutes start from it.",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
    )
    started = TimeField(label="Started at", required=False)
    ended = TimeField(label="Ended at", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, item: AgendaItem, record: ItemRecord | None, **kwargs) -> None:
        initial = {
            "discussion": record.discussion if record else "",
            "started": _time(record.started_at) if record else None,
            "ended": _time(record.ended_at) if record else None,
            "seen": token(record),
        }
        super().__init__(*args, initial=initial, **kwargs)
        self.meeting: Meeting = item.meeting
        self.conflict: list[tuple[str, str]] = []

    def layout(self) -> list:
        """The words, then the two times beside each other."""
        return ["discussion", Row("started", "ended")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (verdict := rules.ends_after_it_starts(self.started_at, self.ended_at)):
            self.add_error("ended", verdict.sentence)
        return cleaned

    @property
    def started_at(self) -> dt.datetime | None:
        """On the day of the meeting."""
        return self._moment("started")

    @property
    def ended_at(self) -> dt.datetime | None:
        """On the day of the meeting."""
        return self._moment("ended")

    def show_conflict(self, current: ItemRecord) -> None:
        """Keep every word typed, show what was saved meanwhile, and let the next save decide."""
        saved = {
            "discussion": current.discussion,
            "started": _said(current.started_at),
            "ended": _said(current.ended_at),
        }
        mine = {
            "discussion": self.cleaned_data["discussion"],
            "started": _said(self.started_at),
            "ended": _said(self.ended_at),
        }
        self.conflict = [
            (str(self.fields[name].label), saved[name] or "Empty") for name in saved if saved[name] != mine[name]
        ]
        self.data = self.data.copy()
        self.data["seen"] = token(current)
        self.add_error(None, CHANGED)

    def explain(self, error) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)

    def _moment(self, name: str) -> dt.datetime | None:
        typed = getattr(self, "cleaned_data", {}).get(name)
        return timezone.make_aware(dt.datetime.combine(self.meeting.day, typed)) if typed else None


class QuickActionForm(RaiseForm):
    """An action as it is raised in the room: what, who, by when. Contributors are added on its own page."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(QUICK):
            del self.fields[name]
        self.fields["text"].widget.attrs["rows"] = 3

    def layout(self) -> list:
        """What, who, by when."""
        return [name for name in QUICK if name in self.fields]


def _time(moment: dt.datetime | None) -> dt.time | None:
    return timezone.localtime(moment).time() if moment else None


def _said(moment: dt.datetime | None) -> str:
    return lower_first(at_time(timezone.localtime(moment).time())) if moment else ""
