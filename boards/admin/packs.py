"""Packs: their editions and files, who got them, and how they were built. Services write them; they are only read."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from boards.models import PackBuild, PackCopy, PackEdition, PackFile
from people.admin import ReadOnlyAdmin


@admin.register(PackEdition)
class PackEditionAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["meeting", "number", "kind", "built_at", "built_by", "circulated_at", "circulated_by"]
    list_filter = ["kind", ("circulated_at", admin.EmptyFieldListFilter)]
    list_select_related = ["meeting__board"]
    search_fields = ["meeting__board__title", "built_by", "manifest_sha256"]
    date_hierarchy = "built_at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("manifest")


@admin.register(PackFile)
class PackFileAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["edition", "audience", "label", "marking", "pages", "size", "sha256"]
    list_filter = ["audience", "marking"]
    list_select_related = ["edition__meeting__board"]
    search_fields = ["label", "sha256", "edition__meeting__board__title"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).defer("manifest", "body", "edition__manifest")


@admin.register(PackCopy)
class PackCopyAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["name", "seat", "edition", "sent_at", "first_opened_at", "last_opened_at"]
    list_filter = [("first_opened_at", admin.EmptyFieldListFilter)]
    list_select_related = ["edition__meeting__board"]
    search_fields = ["name", "seat", "edition__meeting__board__title"]
    date_hierarchy = "sent_at"


@admin.register(PackBuild)
class PackBuildAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["meeting", "kind", "state", "asked_at", "asked_by", "ended_at", "problem"]
    list_filter = ["state", "kind"]
    list_select_related = ["meeting__board"]
    search_fields = ["meeting__board__title", "asked_by", "problem"]
    date_hierarchy = "asked_at"
