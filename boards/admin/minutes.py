"""Minutes, their parts, corrections and acts. Services write them; here they are only read."""

from django.contrib import admin

from boards.models import Correction, Minutes, MinutesAct, MinutesItem, MinutesPart
from people.admin import ReadOnlyAdmin


@admin.register(Minutes)
class MinutesAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["meeting", "state", "circulated_at", "confirmed_at", "confirmed_by"]
    list_filter = ["state", ("meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["meeting__board", "confirmed_by__board"]
    search_fields = ["meeting__board__title", "sha256"]
    date_hierarchy = "circulated_at"


@admin.register(MinutesPart)
class MinutesPartAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["item", "minutes"]
    list_select_related = ["item", "minutes__meeting__board"]
    search_fields = ["item__title", "text"]


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["item", "minutes", "asked_by", "because", "by_name", "at"]
    list_select_related = ["item", "minutes__meeting__board"]
    search_fields = ["asked_by", "because", "was", "becomes"]
    date_hierarchy = "at"


@admin.register(MinutesItem)
class MinutesItemAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["item", "minutes"]
    list_select_related = ["item", "minutes__meeting__board"]
    search_fields = ["item__title"]


@admin.register(MinutesAct)
class MinutesActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "minutes", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["minutes__meeting__board"]
    search_fields = ["by_name", "reason"]
    date_hierarchy = "at"
