"""Forms about one figure of a measure, named by its period and group: take it back, or say when it is expected."""

from collections.abc import Sequence

from django import forms
from django.db import IntegrityError

from commitments.models import Group, Measure
from kit.fields import DateField
from kit.forms import StrideForm
from kit.periods import Period
from kit.record_forms import CLASH, ReasonForm
from monitoring.forms.measures import tomorrow


class CellMixin:
    """Asks for the period and, where the measure is broken down, the group. Listed by hand, so that both come first."""

    def ask_cell(self, measure: Measure, periods: Sequence[Period], whole: str) -> None:
        """Put the two questions before the others."""
        self.periods = {period.starts.isoformat(): period for period in periods}
        self.groups: dict[str, Group] = {}
        if measure.dimension_id:
            self.groups = {group.code: group for group in measure.dimension.groups.all()}
        asked = {
            "period": forms.ChoiceField(
                label="Period",
                choices=[("", "Select a period"), *((key, each.label) for key, each in self.periods.items())],
                error_messages=dict.fromkeys(("required", "invalid_choice"), "Select the period"),
            )
        }
        if self.groups:
            asked["group"] = forms.ChoiceField(
                label="Group",
                choices=[("", whole), *((code, group.title) for code, group in self.groups.items())],
                required=False,
                error_messages={"invalid_choice": "Select a group from the list"},
            )
        self.fields = {**asked, **self.fields}

    def explain(self, error: IntegrityError) -> None:
        """The database refused: somebody else was quicker."""
        self.add_error(None, CLASH)

    @property
    def period(self) -> Period:
        """The period chosen. Ask only of a form that is valid."""
        return self.periods[self.cleaned_data["period"]]

    @property
    def group(self) -> Group | None:
        """The group chosen; none for the whole."""
        return self.groups.get(self.cleaned_data.get("group", ""))


class WithdrawForm(CellMixin, ReasonForm):
    """Which figure is taken back, and why."""

    def __init__(self, *args, measure: Measure, periods: Sequence[Period], whole: str, **kwargs) -> None:
        super().__init__(
            *args,
            label="Why is it withdrawn?",
            hint="For example: it was of another unit. The figure and your reason stay in the record.",
            **kwargs,
        )
        self.ask_cell(measure, periods, whole)


class ExpectedForm(CellMixin, StrideForm):
    """Which figure is not available yet, when it is expected, and why not before."""

    expected_on = DateField(label="When is it expected?", named="The day it is expected", earliest=tomorrow)
    note = forms.CharField(
        label="Why is it not available yet?",
        help_text="For example: the survey reports in February.",
        max_length=300,
        required=False,
    )
    conflict: tuple = ()

    def __init__(self, *args, measure: Measure, periods: Sequence[Period], whole: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.ask_cell(measure, periods, whole)
