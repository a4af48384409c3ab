"""The admin of agendas, attendance, forward plans and interests.

What a meeting has is only read once it was held, a pack of it went out or something was decided: from then on it
changes by the doors of the pages alone, whose rules know what hangs on it.
"""

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.forms.models import BaseModelForm
from django.http import HttpRequest

from boards.choices import MeetingState
from boards.models import (
    AgendaItem,
    Attendance,
    AudienceEntry,
    Declaration,
    ForwardPlanEntry,
    Interest,
    ItemCommitment,
    ItemStrategy,
    Meeting,
)
from boards.services import agenda
from kit.record_forms import ConstraintErrors
from people.admin import RoleAdmin


def happened(meeting: Meeting) -> str:
    """What keeps the admin from changing a meeting, in a sentence; empty when nothing does. Up to two queries."""
    if meeting.state == MeetingState.HELD:
        return "This meeting was held."
    if meeting.packs.filter(circulated_at__isnull=False).exists():
        return "A pack of this meeting went out."
    return "Something was decided at this meeting." if meeting.decisions.exists() else ""


def require_open(meeting: Meeting, stays: str) -> None:
    """Raises ValidationError. `stays` says what of a meeting that was held stays as it was."""
    if said := happened(meeting):
        held = meeting.state == MeetingState.HELD
        raise forms.ValidationError(f"{said} {stays if held else 'Change it on the pages of the meeting.'}")


class OfMeetingAdmin(RoleAdmin):
    """For administrators. `meeting_of` says whose agenda the row belongs to."""

    kept_by = ()

    def meeting_of(self, obj: Model) -> Meeting:
        return obj.meeting

    def is_locked(self, obj: Model) -> bool:
        """Once something `happened`."""
        return bool(happened(self.meeting_of(obj)))

    def save_model(self, request: HttpRequest, obj: Model, form: BaseModelForm, change: bool) -> None:
        """Whoever edits the agenda on its page meanwhile is told that it has changed."""
        super().save_model(request, obj, form, change)
        agenda.noticed(meeting=self.meeting_of(obj))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        """The same when a row goes."""
        meeting = self.meeting_of(obj)
        super().delete_model(request, obj)
        agenda.noticed(meeting=meeting)


class StillOpenForm(ConstraintErrors, forms.ModelForm):
    """Refuses a meeting of which something `happened`."""

    def clean_meeting(self) -> Meeting:
        meeting = self.cleaned_data["meeting"]
        require_open(meeting, "What was recorded of it stays as it was.")
        return meeting


class AgendaItemForm(StillOpenForm):
    fixed = ("meeting",)
    beside = {"agenda_item_with_cover_title": "cover_title", "agenda_position_once": "position"}


@admin.register(AgendaItem)
class AgendaItemAdmin(OfMeetingAdmin):
    form = AgendaItemForm
    list_display = ["title", "meeting", "position", "purpose", "minutes", "visibility", "quorate", "audience_count"]
    list_filter = ["purpose", "visibility", "quorate", ("meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__board"]
    search_fields = ["title", "meeting__board__title"]
    autocomplete_fields = ["meeting", "presenter_post", "duty"]
    readonly_fields = ["quorate", "quorum_sentence"]
    exclude = ["quorum"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(audience_count=Count("audience"))

    def get_readonly_fields(self, request: HttpRequest, obj: AgendaItem | None = None) -> list[str]:
        """An item stays on its agenda: papers, decisions and actions hang on it."""
        return [*self.readonly_fields, "meeting"] if obj else self.readonly_fields

    @admin.display(description="audience", ordering="audience_count")
    def audience_count(self, item: AgendaItem) -> int:
        return item.audience_count


class OfItemForm(ConstraintErrors, forms.ModelForm):
    """Refuses an item of a meeting of which something `happened`; `stays` says what of a held one stays as it was."""

    stays = "Its items stay as they were."

    def clean_item(self) -> AgendaItem:
        item = self.cleaned_data["item"]
        require_open(item.meeting, self.stays)
        return item


class OfItemAdmin(OfMeetingAdmin):
    """Rows of an agenda item."""

    def meeting_of(self, obj: Model) -> Meeting:
        return obj.item.meeting


class AudienceForm(OfItemForm):
    beside = {"audience_post_or_person": "person", "audience_post_once": "post", "audience_person_once": "person"}
    stays = "Who may see its items stays as it was."


@admin.register(AudienceEntry)
class AudienceAdmin(OfItemAdmin):
    form = AudienceForm
    list_display = ["item", "post", "person"]
    list_filter = [("item__meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["item", "post", "person"]
    search_fields = ["item__title", "post__title", "person__name"]
    autocomplete_fields = ["item", "post", "person"]


class ItemLinkForm(OfItemForm):
    beside = {"item_strategy_once": "strategy", "item_commitment_once": "commitment"}
    stays = "What its items were about stays as it was."


@admin.register(ItemStrategy)
class ItemStrategyAdmin(OfItemAdmin):
    form = ItemLinkForm
    list_display = ["item", "strategy"]
    list_filter = [("item__meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["item", "strategy"]
    search_fields = ["item__title", "strategy__title"]
    autocomplete_fields = ["item", "strategy"]


@admin.register(ItemCommitment)
class ItemCommitmentAdmin(OfItemAdmin):
    form = ItemLinkForm
    list_display = ["item", "commitment"]
    list_filter = [("item__meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["item", "commitment"]
    search_fields = ["item__title", "commitment__title"]
    autocomplete_fields = ["item", "commitment"]


class AttendanceForm(StillOpenForm):
    beside = {"attendance_deputy_named": "deputy_name", "attendance_once": "membership"}


@admin.register(Attendance)
class AttendanceAdmin(OfMeetingAdmin):
    form = AttendanceForm
    list_display = ["label", "name", "meeting", "reply", "presence", "deputy_name", "presided"]
    list_filter = ["presence", "reply", "category", ("meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__board"]
    search_fields = ["label", "name", "meeting__board__title"]
    autocomplete_fields = ["meeting", "membership", "post", "person", "arrived_for", "left_after"]


@admin.register(Declaration)
class DeclarationAdmin(OfMeetingAdmin):
    form = StillOpenForm
    list_display = ["text", "attendance", "meeting", "item", "outcome"]
    list_filter = ["outcome", ("meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__board", "attendance__meeting__board", "item"]
    search_fields = ["text", "attendance__name", "meeting__board__title"]
    autocomplete_fields = ["meeting", "attendance", "item", "interest"]


class ForwardPlanForm(ConstraintErrors, forms.ModelForm):
    beside = {"forward_plan_days_in_order": "wanted_by"}


@admin.register(ForwardPlanEntry)
class ForwardPlanAdmin(RoleAdmin):
    kept_by = ()
    form = ForwardPlanForm
    list_display = ["title", "board", "purpose", "stream", "wanted_by", "item", "dropped_because"]
    list_filter = ["purpose", ("board", admin.RelatedOnlyFieldListFilter), ("item", admin.EmptyFieldListFilter)]
    list_select_related = ["board", "item"]
    search_fields = ["title", "board__title"]
    autocomplete_fields = ["board", "presenter_post"]


class InterestForm(ConstraintErrors, forms.ModelForm):
    beside = {"interest_ends_after_it_starts": "ends"}


@admin.register(Interest)
class InterestAdmin(RoleAdmin):
    kept_by = ()
    form = InterestForm
    list_display = ["person", "text", "starts", "ends"]
    list_filter = [("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["person"]
    search_fields = ["text", "person__name"]
    autocomplete_fields = ["person"]
    date_hierarchy = "starts"
