"""What is asked about a strategy and its parts."""

from typing import Any

from django import forms
from django.db.models import Max, Q, QuerySet

from commitments import rules
from commitments.choices import Characteristic, DutyAim, Impact, StatusRule
from commitments.models import Commitment, Programme, Strand, Strategy
from kit.crispy import Fieldset
from kit.fields import Checkboxes, DateField, Radios, lower_first
from kit.record_forms import CodeFromName, RecordForm
from people.models import Post

RULE_HINTS = {
    StatusRule.WORST_OF: "One target that is off track makes the commitment off track.",
    StatusRule.MAJORITY: "The best verdict that more than half of its targets reach.",
    StatusRule.NONE: "Only the verdicts of its targets are counted.",
}


class PlanForm(RecordForm):
    """A part of a plan: what stands is changed with a reason."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].label = "Why are you changing the plan?"
            self.fields["reason"].error_messages["required"] = "Say why you are changing the plan"


class StrategyForm(CodeFromName, PlanForm):
    named_by = "title"
    code_field = "slug"
    asks = {
        "title": "Enter a title",
        "programme_label": "Enter a word for a programme",
        "strand_label": "Enter a word for a strand",
        "commitment_label": "Enter a word for a commitment",
        "green_means": "Say what green means",
        "amber_means": "Say what amber means",
        "red_means": "Say what red means",
    }
    beside = {
        "strategy_ends_after_it_starts": "ends",
        "strategy_not_its_own_predecessor": "predecessor",
        "strategy_no_circle": "predecessor",
    }

    class Meta:
        model = Strategy
        fields = [
            "title",
            "slug",
            "summary",
            "starts",
            "ends",
            "predecessor",
            "programme_label",
            "strand_label",
            "commitment_label",
            "green_means",
            "amber_means",
            "red_means",
            "notice",
        ]
        field_classes = {"starts": DateField, "ends": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["predecessor"].queryset = Strategy.objects.exclude(pk=self.instance.pk)
        self.fields["predecessor"].label = "Strategy that it follows"
        self.fields["predecessor"].empty_label = "None"
        self.fields["programme_label"].help_text = "What this strategy calls its main parts, for example Theme."
        self.fields["strand_label"].help_text = "What it calls a group of commitments inside one."
        self.fields["commitment_label"].help_text = "What it calls a promise, for example Key action."
        for name in ("green_means", "amber_means", "red_means"):
            self.fields[name].widget.attrs["rows"] = 3
        self.fields["notice"].widget = forms.Textarea(attrs={"rows": 2})

    def layout(self) -> list:
        """In the order of a strategy's own document."""
        return [
            *_there(self, "title", "slug", "summary", "starts", "ends", "predecessor"),
            Fieldset("Its own words", "programme_label", "strand_label", "commitment_label"),
            Fieldset(
                "What the ratings mean",
                "green_means",
                "amber_means",
                "red_means",
                hint="Shown beside every rating, and kept with each round as it was then.",
            ),
            *_there(self, "notice", "reason"),
        ]

    def clean_predecessor(self) -> Strategy | None:
        chosen = self.cleaned_data["predecessor"]
        if not (verdict := rules.may_follow(self.instance, chosen)):
            raise forms.ValidationError(verdict.sentence)
        return chosen


class ProgrammeForm(PlanForm):
    fixed = ("strategy",)
    asks = {"number": "Enter a number", "title": "Enter a title"}
    beside = {"programme_number_once": "number"}

    class Meta:
        model = Programme
        fields = ["number", "title", "summary"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        number_asked(self, "number", self.instance.strategy.programmes.all())


class StrandForm(PlanForm):
    fixed = ("programme",)
    asks = {"number": "Enter where it stands in the order", "title": "Enter a title"}
    beside = {"strand_number_once": "number"}

    class Meta:
        model = Strand
        fields = ["title", "number"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        number_asked(self, "number", self.instance.programme.strands.all())


class CommitmentForm(PlanForm):
    """Give the strategy, and the day whose posts may be chosen, as the instance's and `on`."""

    fixed = ("strategy",)
    asks = {
        "number": "Enter a number",
        "title": "Enter a title",
        "statement": "Enter what is promised",
        "lead_post": "Select a lead",
        "overseer_post": "Select an overseer",
        "impact": "Select whom it reaches",
        "status_rule": "Select how its status follows from its measures",
    }
    beside = {"commitment_number_once": "number"}
    impact = forms.ChoiceField(
        label="Whom it reaches",
        choices=Impact,
        widget=Radios(hints={Impact.INTERNAL: "Those who work here.", Impact.EXTERNAL: "The public."}),
    )
    status_rule = forms.ChoiceField(
        label="How does its status follow from its measures?",
        choices=StatusRule,
        widget=Radios(hints=RULE_HINTS),
        help_text="A stated rule, never an average. What is not yet due is left out.",
    )
    characteristics = forms.MultipleChoiceField(
        label="Protected characteristics", choices=Characteristic, required=False, widget=Checkboxes(small=True)
    )
    duty_aims = forms.MultipleChoiceField(
        label="Aims of the equality duty", choices=DutyAim, required=False, widget=Checkboxes(small=True)
    )

    class Meta:
        model = Commitment
        fields = [
            "number",
            "title",
            "statement",
            "test_of_done",
            "programme",
            "strand",
            "lead_post",
            "overseer_post",
            "lifecycle",
            "due_on",
            "impact",
            "characteristics",
            "duty_aims",
            "status_rule",
        ]
        field_classes = {"due_on": DateField}

    def __init__(self, *args, on, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        strategy = self.instance.strategy
        self.fields["programme"].queryset = strategy.programmes.all()
        self.fields["programme"].label = strategy.programme_label
        self.fields["programme"].error_messages["required"] = f"Select a {lower_first(strategy.programme_label)}"
        strands = Strand.objects.filter(programme__strategy=strategy).select_related("programme")
        self.fields["strand"] = StrandChoice(
            strands,
            label=strategy.strand_label,
            required=False,
            empty_label="None",
            help_text="Choose one that belongs to what you chose above.",
        )
        for name in ("lead_post", "overseer_post"):
            chosen = getattr(self.instance, f"{name}_id")
            self.fields[name].queryset = Post.objects.filter(
                Q(pk=chosen) | Q(pk__in=Post.objects.existing_on(on).order_by().values("pk"))
            )
        self.fields["lead_post"].help_text = "The post that answers for it and files the returns."
        self.fields["overseer_post"].help_text = "The post that challenges and signs off."
        if self.instance.pk is None:
            del self.fields["lifecycle"]
        number_asked(self, "number", strategy.commitments.all())

    def layout(self) -> list:
        """The promise, its place, its posts, its time, whom it is for."""
        return [
            Fieldset("What is promised", "number", "title", "statement", "test_of_done", "due_on"),
            Fieldset("Where it stands in the plan", "programme", "strand"),
            Fieldset("Who answers for it", "lead_post", "overseer_post"),
            Fieldset("Whom it is for", "impact", "characteristics", "duty_aims"),
            Fieldset("What the measures say", "status_rule"),
            *_there(self, "lifecycle", "reason"),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lead, overseer = cleaned.get("lead_post"), cleaned.get("overseer_post")
        if lead and overseer:
            _beside(self, "overseer_post", rules.different_posts(Commitment(lead_post=lead, overseer_post=overseer)))
        if cleaned.get("programme"):
            _beside(self, "strand", rules.fits_programme(cleaned.get("strand"), cleaned["programme"].pk))
        return cleaned


class StrandChoice(forms.ModelChoiceField):
    """Strands by the programme they belong to."""

    def label_from_instance(self, strand: Strand) -> str:
        return f"{strand.programme.number}. {strand.programme.title}: {strand.title}"


def number_asked(form: RecordForm, name: str, others: QuerySet) -> None:
    """A number for people to change: the next one, to start with."""
    form.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
    if form.instance.pk is None:
        form.initial[name] = (others.order_by().aggregate(last=Max(name))["last"] or 0) + 1


def _there(form: RecordForm, *names: str) -> list[str]:
    return [name for name in names if name in form.fields]


def _beside(form: RecordForm, name: str, verdict) -> None:
    if not verdict:
        form.add_error(name, verdict.sentence)
