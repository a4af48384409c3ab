"""The admin of what comes out of the room. It is only read here: it has doors of its own."""

from django.contrib import admin

from boards.models import Decision, DecisionAct, DecisionEffect, ItemRecord, Summary
from people.admin import ReadOnlyAdmin


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["__str__", "board", "kind", "taken_at", "needs_ratification", "withdrawn_at"]
    list_filter = ["kind", "needs_ratification", ("board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["board"]
    search_fields = ["text", "board__code", "board__title"]
    date_hierarchy = "taken_at"


@admin.register(DecisionAct)
class DecisionActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "decision", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["decision__board"]
    search_fields = ["by_name", "reason", "before"]
    date_hierarchy = "at"


@admin.register(DecisionEffect)
class DecisionEffectAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["kind", "decision", "label", "sentence", "at"]
    list_filter = ["kind"]
    list_select_related = ["decision__board"]
    search_fields = ["label", "sentence"]
    date_hierarchy = "at"


@admin.register(ItemRecord)
class ItemRecordAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["item", "started_at", "ended_at"]
    list_select_related = ["item"]
    search_fields = ["item__title", "discussion"]


@admin.register(Summary)
class SummaryAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["meeting", "number", "circulated_at", "circulated_by"]
    list_select_related = ["meeting__board"]
    search_fields = ["meeting__board__title"]
    date_hierarchy = "circulated_at"
