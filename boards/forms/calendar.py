"""Forms of the calendar: when a meeting is, which boards to propose for, when a product came."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from boards import rules_calendar as rules
from boards.forms.times import TimeField
from boards.models import Board, Meeting
from boards.services.calendar import WATCHED
from kit import stale
from kit.fields import Checkboxes, DateField
from kit.forms import StrideForm
from kit.record_forms import RecordForm
from kit.working_days import WorkingCalendar, moment_in_words

SHORTEST, LONGEST = 15, 720
# What the constraints of a meeting need to know, once the day is one.
WHEN = ("board", "starts_at", "ends_at", "state")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class WhenForm(RecordForm):
    """The day, time, length and place of a meeting. A day off asks to be confirmed, in a box that then appears."""

    beside = {"meeting_once_at_a_time": "day", "meeting_ends_after_it_starts": "minutes"}
    error_target = "day"

    day = DateField(label="Day", named="The day")
    at = TimeField(label="Starts at")
    minutes = forms.IntegerField(
        label="Length, minutes",
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput({"class": "govuk-input--width-4"}),
    )
    anyway = forms.BooleanField(label="The board meets on this day all the same", required=False)

    class Meta:
        model = Meeting
        fields = ["place"]

    field_order = ["day", "at", "minutes", "place", "anyway", "reason"]

    def __init__(self, *args, calendar: WorkingCalendar, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.calendar = calendar
        self.fields["place"].label = "Place (optional)"
        self.fields["place"].help_text = "A room, or how to join."
        if "reason" in self.fields:
            self.fields["reason"].label = "Why does it move?"
            self.fields["reason"].help_text = "It is shown in the history of the meeting."
            self.fields["reason"].error_messages["required"] = "Say why it moves"
        if not self._typed_day_off():
            del self.fields["anyway"]
        if self.opened.starts_at:
            starts = timezone.localtime(self.opened.starts_at)
            self.initial |= {"day": starts.date(), "at": starts.time(), "minutes": self.opened.minutes}

    def _typed_day_off(self) -> bool:
        if not self.is_bound:
            return False
        field = self.fields["day"]
        try:
            day = field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix("day")))
        except forms.ValidationError:
            return False
        return bool(day and day != self._was and self.calendar.why_off(day))

    @property
    def _was(self) -> dt.date | None:
        return self.opened.day if self.opened.pk else None

    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == "version":
            return stale.token(self.opened, WATCHED)
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        day, at, minutes = (cleaned.get(name) for name in ("day", "at", "minutes"))
        if day and (sentence := self._refused(day)):
            self.add_error("day", sentence)
        elif day and at is not None and minutes:
            self.instance.starts_at = timezone.make_aware(dt.datetime.combine(day, at))
            self.instance.ends_at = self.instance.starts_at + dt.timedelta(minutes=minutes)
            self.fixed = WHEN
        if day and "anyway" in self.fields and not cleaned.get("anyway"):
            sentence = rules.fits_calendar(day, self.calendar).sentence.removesuffix(".")
            self.add_error("anyway", f"{sentence}. Choose another day, or say that the board meets all the same")
        return cleaned

    def _refused(self, day: dt.date) -> str:
        return rules.fits_board(self.instance.board, day).sentence

    def validate_constraints(self) -> None:
        """Only once there is a moment to ask about."""
        if not self.errors:
            super().validate_constraints()

    @property
    def said_anyway(self) -> bool:
        """Whether a day off was confirmed."""
        return bool(self.cleaned_data.get("anyway"))

    def show_conflict(self, current: Meeting) -> None:
        """Keep what was typed, show where the meeting is now, and let the next save decide."""
        self.conflict = [
            ("State", current.get_state_display()),
            ("When", f"{moment_in_words(current.starts_at)}, {current.minutes} minutes"),
            ("Place", current.place or "Empty"),
        ]
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = stale.token(current, WATCHED)
        self.add_error(
            None,
            "Somebody else changed this meeting while you had it open. Where it is now is shown first, your answers "
            "are still in the form. Save again to keep yours.",
        )


class ProposeForm(StrideForm):
    """Which boards, from when, and what they prefer when they have no habits yet."""

    boards = forms.ModelMultipleChoiceField(
        Board.objects.none(),
        label="Boards",
        widget=Checkboxes(small=True),
        error_messages={"required": "Select at least one board"},
    )
    from_day = DateField(
        label="From", named="The first day", help_text="A year of meetings is proposed from this day on."
    )
    weekday = forms.TypedChoiceField(
        label="Day of the week (optional)",
        choices=[("", "As at their last meetings"), *enumerate(WEEKDAYS)],
        coerce=int,
        empty_value=None,
        required=False,
    )
    at = TimeField(
        label="Time (optional)",
        required=False,
        help_text="Leave empty to keep the time of their last meetings; 10am for a board that has not met.",
    )

    def __init__(self, *args, boards, today: dt.date, hints: dict[int, str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["boards"].queryset = boards
        self.fields["boards"].widget.hints = hints
        self.fields["from_day"].earliest = today


class CameForm(StrideForm):
    """When a product came."""

    conflict: tuple = ()
    day = DateField(label="Day it came", named="The day it came")
    at = TimeField(label="Time")
    note = forms.CharField(label="Note (optional)", max_length=250, required=False)

    def __init__(self, *args, now: dt.datetime, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        self.fields["day"].latest = now.date()

    @property
    def came_at(self) -> dt.datetime:
        """The moment, where the body is."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["at"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.came_at > self.now:
            self.add_error("at", f"The time must not be later than now, {self.now:%H:%M}")
        return cleaned
