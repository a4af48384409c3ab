"""What is asked about an entry of the forward plan."""

from django import forms
from django.db.models import Q

from boards.choices import Purpose
from boards.models import ForwardPlanEntry, Terms
from kit.fields import DateField, Radios
from kit.record_forms import ConfirmForm, RecordForm
from people.models import Post


class EntryForm(RecordForm):
    """Give the terms whose rules hold, for their duties and streams."""

    fixed = ("board",)
    asks = {"title": "Enter a title", "minutes": "Enter how many minutes it may take"}
    beside = {"forward_plan_days_in_order": "wanted_by"}
    purpose = forms.ChoiceField(label="What it is for", choices=Purpose, widget=Radios(small=True))

    class Meta:
        model = ForwardPlanEntry
        fields = [
            "title",
            "purpose",
            "stream",
            "duty_key",
            "presenter_post",
            "minutes",
            "not_before",
            "wanted_by",
        ]
        field_classes = {"not_before": DateField, "wanted_by": DateField}

    def __init__(self, *args, terms: Terms | None, on, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        streams = dict.fromkeys([*(terms.streams if terms else ()), entry.stream])
        self._choose("stream", "Kind of deep dive", [(each, each) for each in streams if each])
        duties = {duty.key: duty.text for duty in terms.duties.all()} if terms else {}
        if entry.duty_key:
            duties.setdefault(entry.duty_key, entry.duty_key)
        self._choose("duty_key", "Duty it fulfils", [(key, text[:100]) for key, text in duties.items()])
        self.fields["presenter_post"].queryset = Post.objects.filter(
            Q(pk=entry.presenter_post_id) | Q(pk__in=Post.objects.existing_on(on).order_by().values("pk"))
        )
        self.fields["presenter_post"].empty_label = "Nobody in particular"
        self.fields["minutes"].widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
        self.fields["not_before"].help_text = "Leave empty when any meeting will do."
        self.fields["wanted_by"].help_text = "Leave empty when it can wait."

    def _choose(self, name: str, label: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", "None in particular"), *choices], required=False
        )


class DropForm(ConfirmForm):
    """Why the board will not take something up."""

    reason = forms.CharField(
        label="Why will the board not take it up?",
        help_text="It stays on the plan’s record with your reason.",
        max_length=250,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why the board will not take it up"},
    )
