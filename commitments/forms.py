"""What is asked about a strategy and its parts."""

from typing import Any

from django import forms
from django.db.models import Max, Q, QuerySet

from commitments import rules
from commitments.choices import Characteristic, DutyAim, Impact
from commitments.models import Commitment, CommitmentMeasure, Measure, Programme, Strand, Strategy, Target
from kit.crispy import Fieldset
from kit.fields import Checkboxes, DateField, Radios, lower_first
from kit.record_forms import CodeFromName, RecordForm
from people.models import Post


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
    beside = {"strategy_ends_after_it_starts": "ends", "strategy_not_its_own_predecessor": "predecessor"}

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
        earlier, seen = chosen, set()
        while earlier is not None and earlier.pk not in seen:
            if earlier.pk == self.instance.pk:
                raise forms.ValidationError(f"{chosen} follows this strategy, so this one cannot follow it")
            seen.add(earlier.pk)
            earlier = earlier.predecessor
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
        _number(self, "number", self.instance.strategy.programmes.all())


class StrandForm(PlanForm):
    fixed = ("programme",)
    asks = {"number": "Enter where it stands in the order", "title": "Enter a title"}
    beside = {"strand_number_once": "number"}

    class Meta:
        model = Strand
        fields = ["title", "number"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _number(self, "number", self.instance.programme.strands.all())


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
    }
    beside = {"commitment_number_once": "number"}
    impact = forms.ChoiceField(
        label="Whom it reaches",
        choices=Impact,
        widget=Radios(hints={Impact.INTERNAL: "Those who work here.", Impact.EXTERNAL: "The public."}),
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
        _number(self, "number", strategy.commitments.all())

    def layout(self) -> list:
        """The promise, its place, its posts, its time, whom it is for."""
        return [
            Fieldset("What is promised", "number", "title", "statement", "test_of_done", "due_on"),
            Fieldset("Where it stands in the plan", "programme", "strand"),
            Fieldset("Who answers for it", "lead_post", "overseer_post"),
            Fieldset("Whom it is for", "impact", "characteristics", "duty_aims"),
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


class MeasureForm(CodeFromName, PlanForm):
    named_by = "title"
    asks = {"title": "Enter a title"}

    class Meta:
        model = Measure
        fields = ["title", "code", "definition", "source", "unit"]


class LinkMeasureForm(PlanForm):
    """An existing measure, for a commitment that it does not support yet."""

    fixed = ("commitment",)
    asks = {"measure": "Select a measure"}
    beside = {"commitment_measure_once": "measure"}

    class Meta:
        model = CommitmentMeasure
        fields = ["measure"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        taken = self.instance.commitment.commitment_measures.values("measure")
        self.fields["measure"].queryset = Measure.objects.exclude(pk__in=taken).order_by("title")


class TargetForm(PlanForm):
    """Asked on the page of its measure. Its code is made from the measure's, so that no target is added twice."""

    fixed = ("measure",)
    asks = {"wording": "Enter the wording as published", "order": "Enter where it stands in the order"}
    beside = {"target_due_after_it_starts": "due_on"}

    class Meta:
        model = Target
        fields = ["wording", "baseline", "starts", "due_on", "order"]
        field_classes = {"starts": DateField, "due_on": DateField}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wording"].help_text = "Word for word, as it was published."
        self.fields["order"].help_text = "Where it stands among the targets of this measure."
        _number(self, "order", self.instance.measure.targets.all())

    def clean_order(self) -> int:
        order = self.cleaned_data["order"]
        others = Target.objects.filter(measure=self.instance.measure, order=order).exclude(pk=self.instance.pk)
        if other := others.first():
            raise forms.ValidationError(f"Target {order} of this measure is already: {other.wording}")
        if self.instance.pk is None:
            self.instance.code = _target_code(self.instance.measure.code, order)
        return order


def _target_code(measure_code: str, order: int) -> str:
    code = f"{measure_code[:52]}-t{order}"
    if not Target.objects.filter(code=code).exists():
        return code
    last = Target.objects.aggregate(last=Max("pk"))["last"]
    return f"{measure_code[:40]}-t{order}-{last + 1}"


def _number(form: RecordForm, name: str, others: QuerySet) -> None:
    """A number for people to change: the next one, to start with."""
    form.fields[name].widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"})
    if form.instance.pk is None:
        form.initial[name] = (others.order_by().aggregate(last=Max(name))["last"] or 0) + 1


def _there(form: RecordForm, *names: str) -> list[str]:
    return [name for name in names if name in form.fields]


def _beside(form: RecordForm, name: str, verdict) -> None:
    if not verdict:
        form.add_error(name, verdict.sentence)
