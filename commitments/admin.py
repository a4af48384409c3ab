"""The admin of plans. What was approved is changed with a reason; what is closed or superseded is only read.

A strategy's state is not edited here: it has doors of its own.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest

from commitments import rules
from commitments.choices import Characteristic, DutyAim, StrategyState
from commitments.models import (
    Commitment,
    CommitmentAct,
    CommitmentMeasure,
    Dimension,
    Group,
    Measure,
    MeasureVersion,
    Programme,
    Strand,
    Strategy,
    StrategyAct,
    Target,
)
from commitments.queries import strategies_by, strategies_of
from commitments.services import definitions
from commitments.services.reasons import on_ledger
from kit import clock
from kit.admin_forms import SeenForm
from kit.record_forms import ConstraintErrors
from people.admin import ReadOnlyAdmin, RoleAdmin


class PlanAdminForm(ConstraintErrors, SeenForm):
    """Asks why, once one of the strategies that the record belongs to is approved or in force.

    The strategies are locked before the record, as the services do.
    """

    reason = forms.CharField(
        label="Why are you changing the plan?",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed once the strategy is approved or in force. It goes into the record of changes.",
    )

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        """The strategies that the record belongs to, before and after."""
        return []

    def clean(self) -> dict[str, Any]:
        for strategy in self._locked():
            if strategy.is_locked:
                raise forms.ValidationError(rules.locked_sentence(strategy))
            if not (verdict := rules.gives_reason(strategy, self.cleaned_data.get("reason", ""))):
                self.add_error("reason", verdict.sentence)
                break
        return super().clean()

    def _locked(self) -> QuerySet:
        strategies = self.strategies(self.cleaned_data)
        pks = [strategy.pk for strategy in strategies]
        return Strategy.objects.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk")

    def _was(self, name: str) -> Any:
        """The related record before the change, or None for a new one."""
        return getattr(type(self.instance).objects.get(pk=self.instance.pk), name) if self.instance.pk else None


def _some(*strategies: Strategy | None) -> list[Strategy]:
    return [strategy for strategy in dict.fromkeys(strategies) if strategy is not None]


class StrategyForm(PlanAdminForm):
    beside = {"strategy_ends_after_it_starts": "ends", "strategy_not_its_own_predecessor": "predecessor"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        return [Strategy.objects.get(pk=self.instance.pk)] if self.instance.pk else []

    def clean_predecessor(self) -> Strategy | None:
        chosen = self.cleaned_data["predecessor"]
        if not (verdict := rules.may_follow(self.instance, chosen)):
            raise forms.ValidationError(verdict.sentence)
        return chosen


class ProgrammeForm(PlanAdminForm):
    beside = {"programme_number_once": "number"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        return _some(self._was("strategy"), cleaned.get("strategy"))


class StrandForm(PlanAdminForm):
    beside = {"strand_number_once": "number"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        programmes = [self._was("programme"), cleaned.get("programme")]
        return _some(*(programme.strategy for programme in programmes if programme))


class CommitmentForm(PlanAdminForm):
    beside = {"commitment_number_once": "number"}
    characteristics = forms.MultipleChoiceField(
        label="Protected characteristics",
        choices=Characteristic,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    duty_aims = forms.MultipleChoiceField(
        label="Aims of the equality duty", choices=DutyAim, required=False, widget=forms.CheckboxSelectMultiple
    )

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        return _some(self._was("strategy"), cleaned.get("strategy"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        lead, overseer = cleaned.get("lead_post"), cleaned.get("overseer_post")
        if lead and overseer:
            posts = Commitment(lead_post=lead, overseer_post=overseer)
            if not (verdict := rules.different_posts(posts)):
                self.add_error("overseer_post", verdict.sentence)
        programme = cleaned.get("programme")
        if programme and cleaned.get("strategy") and programme.strategy_id != cleaned["strategy"].pk:
            self.add_error("programme", f"“{programme}” does not belong to the strategy you chose.")
        elif programme and not (verdict := rules.fits_programme(cleaned.get("strand"), programme.pk)):
            self.add_error("strand", verdict.sentence)
        return cleaned


class MeasureForm(PlanAdminForm):
    beside = {"measure_decimals_at_most_four": "decimals", "measure_shares_are_never_averaged": "over_time"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        return strategies_of(self.instance) if self.instance.pk else []


class LinkForm(PlanAdminForm):
    beside = {"commitment_measure_once": "measure"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        commitments = [self._was("commitment"), cleaned.get("commitment")]
        return _some(*(commitment.strategy for commitment in commitments if commitment))


class TargetForm(PlanAdminForm):
    beside = {"target_due_after_it_starts": "due_on"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        measures = [self._was("measure"), cleaned.get("measure")]
        return _some(*(strategy for measure in measures if measure for strategy in strategies_of(measure)))


class PlanAdmin(RoleAdmin):
    """A part of a plan; `strategies_of_row` says which strategies it belongs to."""

    def strategies_of_row(self, obj: Any) -> list[Strategy]:
        return [obj.strategy]

    def is_locked(self, obj: Model) -> bool:
        return any(strategy.is_locked for strategy in self.strategies_of_row(obj))

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> list[str]:
        """Without the question of why, where nothing can be changed; with what was seen, where something can."""
        changes = obj is not None and self.has_change_permission(request, obj)
        asks = changes or (obj is None and self.has_add_permission(request))
        left_out = {"reason": not asks, "seen": not changes}
        return [name for name in super().get_fields(request, obj) if not left_out.get(name)]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only from drafts, as on the pages of the service."""
        if not super().has_delete_permission(request, obj):
            return False
        return obj is None or all(each.state == StrategyState.DRAFT for each in self.strategies_of_row(obj))

    def save_model(self, request: HttpRequest, obj: Model, form: PlanAdminForm, change: bool) -> None:
        """A change writes what was asked, not what another door, as that of a strategy's state, wrote meanwhile."""
        with on_ledger(form.cleaned_data.get("reason", "")):
            obj.save(update_fields=form.watched if change else None)


@admin.register(Strategy)
class StrategyAdmin(PlanAdmin):
    form = StrategyForm
    list_display = ["title", "slug", "state", "starts", "ends", "commitments_in_it"]
    list_filter = ["state"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["predecessor"]
    readonly_fields = ["state"]
    date_hierarchy = "starts"

    def strategies_of_row(self, obj: Strategy) -> list[Strategy]:
        return [obj]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(commitments_in_it=Count("commitments"))

    @admin.display(description="commitments", ordering="commitments_in_it")
    def commitments_in_it(self, strategy: Strategy) -> int:
        return strategy.commitments_in_it


@admin.register(Programme)
class ProgrammeAdmin(PlanAdmin):
    form = ProgrammeForm
    list_display = ["title", "number", "strategy", "commitments_in_it"]
    list_filter = [("strategy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["strategy"]
    search_fields = ["title", "strategy__title"]
    autocomplete_fields = ["strategy"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("strategy")
        return rows.annotate(commitments_in_it=Count("commitments"))

    @admin.display(description="commitments", ordering="commitments_in_it")
    def commitments_in_it(self, programme: Programme) -> int:
        return programme.commitments_in_it


@admin.register(Strand)
class StrandAdmin(PlanAdmin):
    form = StrandForm
    list_display = ["title", "number", "programme", "strategy", "commitments_in_it"]
    list_filter = [("programme__strategy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["programme__strategy"]
    search_fields = ["title", "programme__title"]
    autocomplete_fields = ["programme"]

    def strategies_of_row(self, obj: Strand) -> list[Strategy]:
        return [obj.programme.strategy]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(commitments_in_it=Count("commitments"))

    @admin.display(ordering="programme__strategy")
    def strategy(self, strand: Strand) -> str:
        return strand.programme.strategy.title

    @admin.display(description="commitments", ordering="commitments_in_it")
    def commitments_in_it(self, strand: Strand) -> int:
        return strand.commitments_in_it


@admin.register(Commitment)
class CommitmentAdmin(PlanAdmin):
    form = CommitmentForm
    list_display = [
        "title",
        "number",
        "strategy",
        "lead_post",
        "overseer_post",
        "lifecycle",
        "due_on",
        "measured_by",
    ]
    list_filter = [("strategy", admin.RelatedOnlyFieldListFilter), "lifecycle", "impact"]
    list_select_related = ["strategy", "lead_post", "overseer_post"]
    search_fields = ["title", "statement", "lead_post__title", "overseer_post__title"]
    autocomplete_fields = ["strategy", "programme", "strand", "lead_post", "overseer_post"]
    date_hierarchy = "due_on"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(measured_by=Count("commitment_measures"))

    @admin.display(description="measures", ordering="measured_by")
    def measured_by(self, commitment: Commitment) -> int:
        return commitment.measured_by


class BreakdownForm(PlanAdminForm):
    beside = {"group_once_in_its_dimension": "code"}

    def strategies(self, cleaned: dict[str, Any]) -> list[Strategy]:
        dimensions = [self.instance] if isinstance(self.instance, Dimension) else [cleaned.get("dimension")]
        if isinstance(self.instance, Group):
            dimensions.append(self._was("dimension"))
        return strategies_by(dimension for dimension in dimensions if dimension is not None and dimension.pk)


@admin.register(Dimension)
class DimensionAdmin(PlanAdmin):
    form = BreakdownForm
    list_display = ["title", "code", "kind", "whole", "groups_in_it", "measures_of_it"]
    list_filter = ["kind"]
    search_fields = ["title", "code"]

    def strategies_of_row(self, obj: Dimension) -> list[Strategy]:
        return strategies_by([obj])

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        return rows.annotate(
            groups_in_it=Count("groups", distinct=True), measures_of_it=Count("measures", distinct=True)
        )

    @admin.display(description="groups", ordering="groups_in_it")
    def groups_in_it(self, dimension: Dimension) -> int:
        return dimension.groups_in_it

    @admin.display(description="measures", ordering="measures_of_it")
    def measures_of_it(self, dimension: Dimension) -> int:
        return dimension.measures_of_it


@admin.register(Group)
class GroupAdmin(PlanAdmin):
    form = BreakdownForm
    list_display = ["title", "code", "dimension", "order"]
    list_filter = [("dimension", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["dimension"]
    search_fields = ["title", "code", "dimension__title"]
    autocomplete_fields = ["dimension"]

    def strategies_of_row(self, obj: Group) -> list[Strategy]:
        return strategies_by([obj.dimension])


@admin.register(Measure)
class MeasureAdmin(PlanAdmin):
    """A definition that changes here applies from today; its version keeps the reason."""

    form = MeasureForm
    list_display = ["title", "code", "unit_kind", "unit", "cadence", "owner_post", "commitments_of_it", "targets_of_it"]
    list_filter = ["unit_kind", "cadence", "source_kind"]
    list_select_related = ["owner_post"]
    search_fields = ["title", "code", "definition"]
    autocomplete_fields = ["dimension", "owner_post"]

    def save_model(self, request: HttpRequest, obj: Model, form: PlanAdminForm, change: bool) -> None:
        with definitions.dated(clock.today(), form.cleaned_data.get("reason", "")):
            super().save_model(request, obj, form, change)

    def strategies_of_row(self, obj: Measure) -> list[Strategy]:
        return strategies_of(obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super()
            .get_queryset(request)
            .annotate(
                commitments_of_it=Count("commitment_measures", distinct=True),
                targets_of_it=Count("targets", distinct=True),
            )
        )

    @admin.display(description="commitments", ordering="commitments_of_it")
    def commitments_of_it(self, measure: Measure) -> int:
        return measure.commitments_of_it

    @admin.display(description="targets", ordering="targets_of_it")
    def targets_of_it(self, measure: Measure) -> int:
        return measure.targets_of_it


@admin.register(MeasureVersion)
class MeasureVersionAdmin(ReadOnlyAdmin):
    list_display = ["measure", "number", "applies_from", "definition", "reason"]
    list_select_related = ["measure"]
    search_fields = ["measure__title", "measure__code", "definition"]
    date_hierarchy = "applies_from"


@admin.register(CommitmentMeasure)
class CommitmentMeasureAdmin(PlanAdmin):
    form = LinkForm
    list_display = ["measure", "commitment", "strategy", "order"]
    list_filter = [("commitment__strategy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["measure", "commitment__strategy"]
    search_fields = ["measure__title", "commitment__title"]
    autocomplete_fields = ["measure", "commitment"]

    def strategies_of_row(self, obj: CommitmentMeasure) -> list[Strategy]:
        return [obj.commitment.strategy]

    @admin.display(ordering="commitment__strategy")
    def strategy(self, link: CommitmentMeasure) -> str:
        return link.commitment.strategy.title


@admin.register(Target)
class TargetAdmin(PlanAdmin):
    form = TargetForm
    list_display = ["code", "measure", "wording", "kind", "starts", "due_on", "order"]
    list_filter = ["kind"]
    list_select_related = ["measure"]
    search_fields = ["code", "wording", "measure__title"]
    autocomplete_fields = ["measure"]
    date_hierarchy = "due_on"

    def strategies_of_row(self, obj: Target) -> list[Strategy]:
        return strategies_of(obj.measure)


@admin.register(StrategyAct)
class StrategyActAdmin(ReadOnlyAdmin):
    list_display = ["strategy", "verb", "by_name", "at", "reason"]
    list_filter = [("strategy", admin.RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["strategy"]
    search_fields = ["strategy__title", "by_name", "reason"]
    date_hierarchy = "at"


@admin.register(CommitmentAct)
class CommitmentActAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "verb", "by_name", "at", "reason"]
    list_filter = [("commitment__strategy", admin.RelatedOnlyFieldListFilter), "verb"]
    list_select_related = ["commitment"]
    search_fields = ["commitment__title", "by_name", "reason"]
    date_hierarchy = "at"
