"""The admin of meetings, what is due for them, and closure days. A meeting has one door, the services."""

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from boards.models import Closure, Meeting, MeetingAct, Milestone
from kit.record_forms import ConstraintErrors
from people.admin import ReadOnlyAdmin, RoleAdmin


class ClosureForm(ConstraintErrors, forms.ModelForm):
    beside = {"closure_ends_after_it_starts": "ends"}


@admin.register(Closure)
class ClosureAdmin(RoleAdmin):
    kept_by = ()
    form = ClosureForm
    list_display = ["label", "starts", "ends", "board"]
    list_filter = [("board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["board"]
    search_fields = ["label", "board__title"]
    autocomplete_fields = ["board"]
    date_hierarchy = "starts"


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["board", "starts_at", "ends_at", "place", "state", "item_count"]
    list_filter = ["state", ("board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["board"]
    search_fields = ["board__title", "board__code", "place"]
    date_hierarchy = "starts_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(item_count=Count("items"))

    @admin.display(description="items", ordering="item_count")
    def item_count(self, meeting: Meeting) -> int:
        return meeting.item_count


@admin.register(MeetingAct)
class MeetingActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "meeting", "detail", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["meeting__board"]
    search_fields = ["meeting__board__title", "by_name", "detail", "reason"]
    date_hierarchy = "at"


@admin.register(Milestone)
class MilestoneAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["product", "meeting", "due_at", "met_at", "note"]
    list_filter = ["product", ("met_at", admin.EmptyFieldListFilter)]
    list_select_related = ["meeting__board"]
    search_fields = ["meeting__board__title", "promise", "note"]
    date_hierarchy = "due_at"
