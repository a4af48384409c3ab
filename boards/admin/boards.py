"""Boards, their seats, relationships and terms of reference. Terms are only read once they are approved."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest

from boards import rules_boards, rules_terms
from boards.choices import TermsState
from boards.models import Board, Duty, Membership, Relationship, ServiceLevel, Terms, TermsAct
from boards.queries import circles
from boards.queries.checks import adoption_problem
from boards.quorum_of import items_of, rule_of
from kit import clock
from kit.record_forms import ConstraintErrors
from people.admin import ReadOnlyAdmin, RoleAdmin


class BoardsAdmin(RoleAdmin):
    """For administrators; the secretariat keeps boards on their own pages."""

    kept_by = ()


class BoardForm(ConstraintErrors, forms.ModelForm):
    beside = {"board_ends_after_it_starts": "ends", "board_not_its_own_parent": "parent"}

    def clean_parent(self) -> Board | None:
        parent = self.cleaned_data["parent"]
        steps = circles.steps_up(without_parent_of=self.instance.pk)
        if not (verdict := rules_boards.fits_above(self.instance.pk, parent, steps)):
            raise forms.ValidationError(verdict.sentence)
        return parent


@admin.register(Board)
class BoardAdmin(BoardsAdmin):
    form = BoardForm
    list_display = ["title", "code", "kind", "parent", "sensitivity", "is_outside", "seat_count", "version_count"]
    list_filter = ["kind", "sensitivity", "is_outside", "nation", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["parent"]
    search_fields = ["title", "code", "slug"]
    autocomplete_fields = ["parent", "unit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        seats = Count("memberships", distinct=True)
        return super().get_queryset(request).annotate(seat_count=seats, version_count=Count("terms", distinct=True))

    @admin.display(description="seats over time", ordering="seat_count")
    def seat_count(self, board: Board) -> int:
        return board.seat_count

    @admin.display(description="versions of terms", ordering="version_count")
    def version_count(self, board: Board) -> int:
        return board.version_count


class MembershipForm(ConstraintErrors, forms.ModelForm):
    beside = {
        "membership_ends_after_it_starts": "ends",
        "membership_one_named_deputy": "deputy_person",
        "membership_post_or_person": "person",
        "membership_post_once": "post",
        "membership_person_once": "person",
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("board") and cleaned.get("starts"):
            names = ("board", "post", "person", "deputy_post", "deputy_person", "starts", "ends")
            seat = Membership(**{name: cleaned.get(name) for name in names})
            for verdict in (rules_boards.fits_seat(seat.board, seat), rules_boards.fits_deputy(seat)):
                if not verdict:
                    self.add_error(None, verdict.sentence)
        return cleaned


@admin.register(Membership)
class MembershipAdmin(BoardsAdmin):
    form = MembershipForm
    list_display = ["board", "category", "post", "person", "starts", "ends"]
    list_filter = ["category", ("board", admin.RelatedOnlyFieldListFilter), ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["board", "post", "person"]
    search_fields = ["board__title", "post__title", "person__name"]
    autocomplete_fields = ["board", "post", "person", "deputy_post", "deputy_person"]
    date_hierarchy = "starts"


class RelationshipForm(ConstraintErrors, forms.ModelForm):
    beside = {"relationship_once": "to", "relationship_not_to_itself": "to"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        board, to, kind = (cleaned.get(name) for name in ("board", "to", "kind"))
        if board and to and kind:
            without = self.instance.pk
            ways = circles.steps_up(without=without), circles.sequence(without=without)
            if not (verdict := rules_boards.fits_relationship(board, to, kind, *ways)):
                self.add_error("to", verdict.sentence)
        return cleaned


@admin.register(Relationship)
class RelationshipAdmin(BoardsAdmin):
    form = RelationshipForm
    list_display = ["board", "kind", "to", "days_between"]
    list_filter = ["kind"]
    list_select_related = ["board", "to"]
    search_fields = ["board__title", "to__title"]
    autocomplete_fields = ["board", "to"]


class TermsForm(ConstraintErrors, forms.ModelForm):
    """A draft. A quorum is written as data here; the pages of the draft ask it in plain questions."""

    beside = {
        "terms_number_once": "number",
        "terms_one_draft": "board",
        "terms_not_their_own": "adopts",
        "terms_pinned_are_adopted": "pinned",
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, read in (("quorum", rule_of), ("item_quorums", items_of)):
            if name in cleaned:
                try:
                    read(Terms(**{name: cleaned[name]}))
                except (ValueError, AttributeError) as error:
                    self.add_error(name, str(error) or "This is no rule.")
        if not (verdict := rules_terms.fits_pin(cleaned.get("adopts"), cleaned.get("pinned"))):
            self.add_error("pinned", verdict.sentence)
        elif cleaned.get("board") and cleaned.get("adopts"):
            wanted = Terms(board=cleaned["board"], adopts=cleaned["adopts"], pinned=cleaned.get("pinned"))
            if problem := adoption_problem(wanted, clock.today()):
                self.add_error("adopts", problem)
        return cleaned


@admin.register(Terms)
class TermsAdmin(BoardsAdmin):
    form = TermsForm
    list_display = ["board", "number", "state", "in_force_from", "approved_on", "adopts", "duty_count"]
    list_filter = ["state", ("board", admin.RelatedOnlyFieldListFilter), ("adopts", admin.EmptyFieldListFilter)]
    list_select_related = ["board", "adopts"]
    search_fields = ["board__title", "decision", "purpose"]
    autocomplete_fields = ["board", "adopts", "pinned"]
    date_hierarchy = "in_force_from"
    readonly_fields = ["state", "in_force_from", "approved_on", "decision"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(duty_count=Count("duties"))

    @admin.display(description="duties", ordering="duty_count")
    def duty_count(self, terms: Terms) -> int:
        return terms.duty_count

    def is_locked(self, obj: Model) -> bool:
        return obj.state == TermsState.APPROVED


class PartAdmin(BoardsAdmin):
    """Parts of a draft; those of approved terms are only read."""

    def is_locked(self, obj: Model) -> bool:
        return obj.terms.state == TermsState.APPROVED

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "terms":
            kwargs["queryset"] = Terms.objects.filter(state=TermsState.DRAFT).select_related("board")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Duty)
class DutyAdmin(PartAdmin):
    list_display = ["text", "key", "terms", "position", "times_a_year"]
    list_filter = ["terms__state"]
    list_select_related = ["terms__board"]
    search_fields = ["text", "key", "terms__board__title"]


class ServiceLevelForm(ConstraintErrors, forms.ModelForm):
    beside = {"service_level_once": "product"}


@admin.register(ServiceLevel)
class ServiceLevelAdmin(PartAdmin):
    form = ServiceLevelForm
    list_display = ["product", "quantity", "unit", "direction", "anchor", "terms"]
    list_filter = ["product", "terms__state"]
    list_select_related = ["terms__board"]
    search_fields = ["terms__board__title"]


@admin.register(TermsAct)
class TermsActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["terms", "verb", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["terms__board"]
    search_fields = ["terms__board__title", "by_name", "reason"]
    date_hierarchy = "at"
