"""The admin of rounds, returns and figures: to look, never to change. Their states have one door, the services."""

from django.contrib import admin

from monitoring.models import (
    ChangeRequest,
    ExpectedFigure,
    Observation,
    ProgressReturn,
    ReportingRound,
    ReturnAct,
    ReturnVersion,
    RoundAct,
)
from people.admin import ReadOnlyAdmin


@admin.register(ReportingRound)
class ReportingRoundAdmin(ReadOnlyAdmin):
    list_display = [
        "label",
        "strategy",
        "cycle",
        "period_starts",
        "period_ends",
        "opens_on",
        "due_on",
        "closes_on",
        "state",
    ]
    list_filter = ["state", "cycle", ("strategy", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["strategy"]
    search_fields = ["label", "strategy__title"]
    date_hierarchy = "period_starts"


@admin.register(RoundAct)
class RoundActAdmin(ReadOnlyAdmin):
    list_display = ["verb", "round", "by_name", "post_title", "at", "reason"]
    list_filter = ["verb"]
    list_select_related = ["round__strategy"]
    search_fields = ["round__label", "by_name", "reason"]
    date_hierarchy = "at"


@admin.register(ProgressReturn)
class ProgressReturnAdmin(ReadOnlyAdmin):
    list_display = ["commitment", "round", "state", "version_number", "first_submitted_at", "missed", "late_until"]
    list_filter = ["state", "missed", ("round", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["commitment", "round__strategy"]
    search_fields = ["commitment__title", "round__label"]
    date_hierarchy = "first_submitted_at"


@admin.register(ReturnVersion)
class ReturnVersionAdmin(ReadOnlyAdmin):
    list_display = [
        "progress_return",
        "number",
        "lifecycle",
        "rating",
        "overseer_rating",
        "submitted_by_name",
        "submitted_at",
        "overseer_name",
        "signed_off_at",
    ]
    list_filter = ["rating", "overseer_rating", "lifecycle", "is_nil", ("signed_off_at", admin.EmptyFieldListFilter)]
    list_select_related = ["progress_return__commitment", "progress_return__round"]
    search_fields = ["progress_return__commitment__title", "progress_return__round__label", "submitted_by_name"]
    date_hierarchy = "submitted_at"


@admin.register(ReturnAct)
class ReturnActAdmin(ReadOnlyAdmin):
    list_display = ["verb", "progress_return", "version_number", "by_name", "post_title", "at"]
    list_filter = ["verb", "on_behalf"]
    list_select_related = ["progress_return__commitment", "progress_return__round"]
    search_fields = ["progress_return__commitment__title", "progress_return__round__label", "by_name", "reason"]
    date_hierarchy = "at"


@admin.register(ChangeRequest)
class ChangeRequestAdmin(ReadOnlyAdmin):
    list_display = ["section", "version", "reason"]
    list_filter = ["section"]
    list_select_related = ["version__progress_return__commitment", "version__progress_return__round"]
    search_fields = ["reason", "version__progress_return__commitment__title"]


@admin.register(Observation)
class ObservationAdmin(ReadOnlyAdmin):
    list_display = [
        "measure",
        "period_starts",
        "period_ends",
        "group",
        "value",
        "status",
        "revision",
        "by_name",
        "entered_at",
    ]
    list_filter = [
        "status",
        ("measure", admin.RelatedOnlyFieldListFilter),
        ("return_version", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["measure", "group"]
    search_fields = ["measure__title", "measure__code", "by_name", "reason", "source_note"]
    date_hierarchy = "period_ends"


@admin.register(ExpectedFigure)
class ExpectedFigureAdmin(ReadOnlyAdmin):
    list_display = ["measure", "period_starts", "period_ends", "group", "expected_on", "by_name", "at"]
    list_filter = [("measure", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["measure", "group"]
    search_fields = ["measure__title", "measure__code", "by_name", "note"]
    date_hierarchy = "expected_on"
