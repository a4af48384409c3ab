"""Forms of the round pages: plan one in three short pages, change its days, close it, filter its returns."""

import datetime as dt
from collections.abc import Iterable

from django import forms

from commitments.models import Strategy
from kit.crispy import Fieldset, Question, Submit, helper
from kit.fields import DateField, Radios
from kit.forms import StrideForm
from kit.periods import Period
from kit.record_forms import RecordForm
from kit.working_days import next_working_day
from monitoring.choices import TEXT_LIMIT, Cycle, RoundState
from monitoring.models import ReportingRound
from monitoring.presenters.days import away
from monitoring.rules import say
from monitoring.services.rounds import ABOUT, EDITABLE, STANDING, WINDOW
from people.actor import Actor

DAYS_TO_FILE = 21
DAYS_OPEN = 30

IN_ORDER = (
    ("period_starts", "period_ends", "The period cannot end before it starts"),
    ("period_starts", "opens_on", "Returns cannot open before the period starts"),
    ("opens_on", "due_on", "Returns cannot be due before they open"),
    ("due_on", "closes_on", "The round cannot close before returns are due"),
)


class WhatForm(StrideForm):
    """Page 1: which strategy, how often."""

    strategy = forms.ModelChoiceField(Strategy.objects.none(), label="Strategy", empty_label=None, widget=Radios)
    cycle = forms.ChoiceField(
        label="How often",
        choices=Cycle,
        initial=Cycle.QUARTERLY,
        widget=Radios,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select how often leads report"),
    )

    def __init__(self, *args, actor: Actor, cancel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        found = Strategy.objects.visible_to(actor).filter(state__in=STANDING)
        self.fields["strategy"].queryset = found
        self.fields["strategy"].initial = found.first()
        self.helper = helper(self, submit="Continue", secondary=[("Cancel", cancel)], method="get")


class PeriodForm(StrideForm):
    """Page 2: which of the next periods. `period` is its first day."""

    strategy = forms.CharField(widget=forms.HiddenInput)
    cycle = forms.CharField(widget=forms.HiddenInput)
    period = forms.ChoiceField(
        label="Which period does it cover?",
        widget=Radios,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Select a period from the list"),
    )

    def __init__(self, *args, periods: Iterable[Period], on: dt.date, cancel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        by_day = {period.starts.isoformat(): period for period in periods}
        field = self.fields["period"]
        field.choices = [(day, period.label) for day, period in by_day.items()]
        field.widget.hints = {day: _period_hint(period, on) for day, period in by_day.items()}
        recent = [day for day, period in by_day.items() if period.ends >= on - dt.timedelta(days=92)]
        field.initial = next(iter(recent), None)
        asked = Question("period", label_hidden=True)  # the page's heading asks it
        self.helper = helper(
            self, "strategy", "cycle", asked, submit="Continue", secondary=[("Cancel", cancel)], method="get"
        )


class RoundForm(RecordForm):
    """The days of a round, to be confirmed or altered. Once it has opened, what it is about is not asked any more."""

    fixed = ("strategy", "cycle")
    beside = {
        "round_label_once": "label",
        "round_period_ends_after_it_starts": "period_ends",
        "round_window_in_order": "opens_on",
        "round_periods_do_not_overlap": "period_starts",
    }
    error_target = "closes_on"

    period_starts = DateField(label="Period from", named="The first day of the period")
    period_ends = DateField(label="Period to", named="The last day of the period")
    opens_on = DateField(label="Returns open on", named="The day returns open")
    due_on = DateField(label="Returns due by", named="The due day")
    closes_on = DateField(
        label="Round closes after",
        named="The last day",
        help_text="The last day on which a return can be submitted. What has not been submitted by then is missing.",
    )
    note = forms.CharField(
        label="Note to leads (optional)",
        help_text="What you want them to think of this time. It goes in the first mail.",
        max_length=TEXT_LIMIT,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    class Meta:
        model = ReportingRound
        fields = EDITABLE

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state != RoundState.PLANNED:
            for name in (*ABOUT, "note"):
                del self.fields[name]
            return
        self.fields["label"].help_text = "What people call it. It stands in every mail about the round."
        if self.instance.pk is None:
            del self.fields["cycle"]  # chosen on the first page

    def layout(self) -> list:
        """What it is about, and when it is filled in, apart."""
        about = [name for name in ABOUT if name in self.fields]
        if not about:
            return list(self.fields)
        return [
            Fieldset("What it covers", *about),
            Fieldset("When it is filled in", *WINDOW),
            "note",
            *(["version"] if "version" in self.fields else []),
        ]

    def validate_constraints(self) -> None:
        """The days in order, each beside the one that breaks it; then the database's own promises."""
        for earlier, later, sentence in IN_ORDER:
            first, second = getattr(self.instance, earlier), getattr(self.instance, later)
            if first and second and second < first and not {earlier, later} & set(self.errors):
                self.add_error(later, f"{sentence} on {say(first)}")
        if not self.errors:
            super().validate_constraints()


class CloseForm(StrideForm):
    """Close the round; closing early asks why."""

    reason = forms.CharField(
        label="Why do you close it early?",
        help_text="It stays in the history of the round.",
        max_length=2000,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say why you close it early"},
    )

    def __init__(self, *args, early: bool, cancel: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not early:
            del self.fields["reason"]
        self.helper = helper(
            self, *self.fields, submit=Submit("Close the round", look="warning"), secondary=[("Cancel", cancel)]
        )


class ChaseForm(StrideForm):
    """Which returns of a round to chase."""

    def __init__(self, *args, returns: Iterable[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        choices = [(pk, pk) for pk in returns]
        self.fields["returns"] = forms.TypedMultipleChoiceField(choices=choices, coerce=int)


class LineFilter(StrideForm):
    """Narrows a list of returns. Anything it does not know is left aside."""

    round = forms.ChoiceField(required=False)
    state = forms.ChoiceField(required=False)
    waiting = forms.ChoiceField(label="Waiting with", required=False)
    programme = forms.ChoiceField(required=False)
    rating = forms.ChoiceField(required=False)

    def __init__(self, *args, choices: dict[str, list[tuple[str, str]]], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if len(choices.get(name, ())) < 2:
                del self.fields[name]
            else:
                self.fields[name].choices = [("", "All"), *choices[name]]

    @property
    def asked(self) -> dict[str, str]:
        """What was asked for and is known, by field."""
        self.full_clean()
        return {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}


def suggested(strategy: Strategy, cycle: str, period: Period) -> ReportingRound:
    """A round about the period, with its days on working days: open the day after, 3 weeks to file, closed after 30."""
    day_after = period.ends + dt.timedelta(days=1)
    return ReportingRound(
        strategy=strategy,
        cycle=cycle,
        label=period.label,
        period_starts=period.starts,
        period_ends=period.ends,
        opens_on=next_working_day(day_after),
        due_on=next_working_day(day_after + dt.timedelta(days=DAYS_TO_FILE)),
        closes_on=next_working_day(day_after + dt.timedelta(days=DAYS_OPEN)),
    )


def _period_hint(period: Period, on: dt.date) -> str:
    days = f"{say(period.starts)} to {say(period.ends)}"
    verb = "ended" if period.ends < on else "ends"
    return f"{days}, {verb} {away(period.ends, on)}"
