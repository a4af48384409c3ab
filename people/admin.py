"""The admin of people. What may be done there comes from roles, not from Django's permissions."""

from typing import Any

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.models import Group
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from kit.record_forms import ConstraintErrors
from people import rules
from people.models import Delegation, Message, Person, Post, Role, Tenure, Unit, User

# Roles are on the user and addresses to sign in with are too: two ways to say the same would disagree one day.
for unused in (Group, EmailAddress):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


class RoleAdmin(admin.ModelAdmin):
    """Administrators may do everything, the strategy team what `kept_by` says; deleting is for administrators.

    Rows that others point at are protected by the database, and rows of `locked` records are only read.
    """

    kept_by: tuple[str, ...] = rules.KEEPERS
    show_full_result_count = False
    list_per_page = 50

    def _may(self, request: HttpRequest, *roles: str) -> bool:
        return request.user.is_active and request.actor.has(*roles)

    def is_locked(self, obj: Model) -> bool:
        """Whether the record, for a reason of its own, can no longer be changed."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, Role.ADMINISTRATOR, *self.kept_by)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, Role.ADMINISTRATOR, *self.kept_by)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, Role.ADMINISTRATOR, *self.kept_by)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, Role.ADMINISTRATOR, *self.kept_by) and not (obj is not None and self.is_locked(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, Role.ADMINISTRATOR) and not (obj is not None and self.is_locked(obj))

    def get_actions(self, request: HttpRequest) -> dict:
        """Without the deletion of many at once, which would not ask row by row."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class ReadOnlyAdmin(RoleAdmin):
    """Records that only services write."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class RolesField(forms.MultipleChoiceField):
    """Roles as checkboxes."""

    def __init__(self, **kwargs) -> None:
        super().__init__(choices=Role, required=False, widget=forms.CheckboxSelectMultiple, **kwargs)
        self.help_text = "Leave all empty for somebody whose posts say what they may do. An auditor has no other role."


class UserForm(ConstraintErrors, forms.ModelForm):
    """Without the password, which has a page of its own."""

    beside = {"user_email_once": "email", "user_auditor_stands_alone": "roles"}
    own = False  # whether somebody edits the account that they are signed in with
    roles = RolesField()

    class Meta:
        model = User
        fields = ["email", "roles", "is_active"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def clean_roles(self) -> list[str]:
        roles = self.cleaned_data["roles"]
        if self.own and Role.ADMINISTRATOR not in roles:
            raise forms.ValidationError("You cannot take away your own administrator role. Ask another administrator.")
        return roles

    def clean_is_active(self) -> bool:
        if self.own and not self.cleaned_data["is_active"]:
            raise forms.ValidationError("You cannot switch off your own account. Ask another administrator.")
        return self.cleaned_data["is_active"]


class NewUserForm(ConstraintErrors, BaseUserCreationForm):
    """With a first password, checked as every password is."""

    beside = {"user_email_once": "email", "user_auditor_stands_alone": "roles"}
    roles = RolesField()

    class Meta:
        model = User
        fields = ["email", "roles"]

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()


@admin.register(User)
class UserAdmin(RoleAdmin, DjangoUserAdmin):
    kept_by = ()
    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "person", "role_names", "is_active", "last_login"]
    list_filter = ["is_active"]
    list_select_related = ["person"]
    search_fields = ["email", "person__name"]
    ordering = ["email"]
    date_hierarchy = None
    filter_horizontal = ()
    readonly_fields = ["password_page", "last_login"]
    fieldsets = [(None, {"fields": ["email", "password_page", "roles", "is_active", "last_login"]})]
    add_fieldsets = [(None, {"fields": ["email", "roles", "password1", "password2"]})]

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: what they did here would go with them. An account is switched off instead."""
        return False

    @admin.display(description="password")
    def password_page(self, user: User) -> str:
        url = reverse("admin:auth_user_password_change", args=[user.pk])
        return format_html('<a href="{}">Set a new password</a>', url)

    @admin.display(description="roles")
    def role_names(self, user: User) -> str:
        return ", ".join(Role(role).label for role in user.roles)

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs) -> type:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"own": obj is not None and obj.pk == request.user.pk})


@admin.register(Person)
class PersonAdmin(RoleAdmin):
    list_display = ["name", "code", "email", "user", "post_count"]
    list_select_related = ["user"]
    search_fields = ["name", "code", "email"]
    autocomplete_fields = ["user"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(post_count=Count("tenures__post", distinct=True))

    @admin.display(description="posts over time", ordering="post_count")
    def post_count(self, person: Person) -> int:
        return person.post_count

    def get_readonly_fields(self, request: HttpRequest, obj: Person | None = None) -> list[str]:
        """Who signs in as whom is for administrators."""
        return [] if self._may(request, Role.ADMINISTRATOR) else ["user"]


class UnitForm(ConstraintErrors, forms.ModelForm):
    beside = {"unit_not_part_of_itself": "parent"}

    def clean_parent(self) -> Unit | None:
        parent = self.cleaned_data["parent"]
        if not (verdict := rules.fits_under(self.instance, parent, Unit.objects.all())):
            raise forms.ValidationError(verdict.sentence)
        return parent


@admin.register(Unit)
class UnitAdmin(RoleAdmin):
    form = UnitForm
    list_display = ["name", "code", "kind", "parent", "post_count"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name", "code"]
    autocomplete_fields = ["parent"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(post_count=Count("posts"))

    @admin.display(description="posts", ordering="post_count")
    def post_count(self, unit: Unit) -> int:
        return unit.post_count


@admin.register(Post)
class PostAdmin(RoleAdmin):
    list_display = ["title", "code", "unit", "abolished_on", "tenure_count"]
    list_filter = [("unit", admin.RelatedOnlyFieldListFilter), ("abolished_on", admin.EmptyFieldListFilter)]
    list_select_related = ["unit"]
    search_fields = ["title", "code"]
    autocomplete_fields = ["unit"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(tenure_count=Count("tenures"))

    @admin.display(description="tenures", ordering="tenure_count")
    def tenure_count(self, post: Post) -> int:
        return post.tenure_count


class DaysForm(ConstraintErrors, forms.ModelForm):
    """For tenures and delegations: the days fit each other, and the post."""

    beside = {
        "tenure_ends_after_it_starts": "ends",
        "tenure_one_holder_at_a_time": "starts",
        "delegation_ends_after_it_starts": "ends",
        "delegation_once_at_a_time": "starts",
    }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        post, starts = cleaned.get("post"), cleaned.get("starts")
        if post and starts and not (verdict := rules.fits_post(post, starts, cleaned.get("ends"))):
            self.add_error("ends", verdict.sentence)
        return cleaned


@admin.register(Tenure)
class TenureAdmin(RoleAdmin):
    form = DaysForm
    list_display = ["post", "person", "basis", "starts", "ends"]
    list_filter = ["basis", ("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["post", "person"]
    search_fields = ["post__title", "person__name"]
    autocomplete_fields = ["post", "person"]
    date_hierarchy = "starts"


@admin.register(Delegation)
class DelegationAdmin(RoleAdmin):
    form = DaysForm
    list_display = ["post", "person", "starts", "ends"]
    list_filter = [("ends", admin.EmptyFieldListFilter)]
    list_select_related = ["post", "person"]
    search_fields = ["post__title", "person__name"]
    autocomplete_fields = ["post", "person"]
    date_hierarchy = "starts"


@admin.register(Message)
class MessageAdmin(ReadOnlyAdmin):
    list_display = ["subject", "to_name", "kind", "queued_at", "sent_at", "failed_tries", "problem"]
    list_filter = ["kind", ("sent_at", admin.EmptyFieldListFilter)]
    search_fields = ["subject", "to_name", "to_email"]
    date_hierarchy = "queued_at"
