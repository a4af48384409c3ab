"""Referrals, their way and what happened to them, and quarterly notes. Services write them; here they are only read."""

from django.contrib import admin

from boards.models import QuarterlyNote, Referral, ReferralAct, ReferralStop
from people.admin import ReadOnlyAdmin


@admin.register(Referral)
class ReferralAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["reference", "title", "kind", "from_board", "state", "wanted_by", "sent_at", "sent_by"]
    list_filter = ["kind", "state", "year", ("from_board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["from_board"]
    search_fields = ["title", "text", "from_board__title"]
    date_hierarchy = "sent_at"


@admin.register(ReferralStop)
class ReferralStopAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["referral", "number", "board", "received_at", "received_by", "disposition", "disposed_at"]
    list_filter = ["disposition", ("board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["referral__from_board", "board"]
    search_fields = ["referral__title", "board__title", "summary"]


@admin.register(ReferralAct)
class ReferralActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "referral", "detail", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["referral__from_board"]
    search_fields = ["referral__title", "by_name", "detail", "reason"]
    date_hierarchy = "at"


@admin.register(QuarterlyNote)
class QuarterlyNoteAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["from_board", "to_board", "starts", "ends", "number", "issued_at", "issued_by"]
    list_filter = [("from_board", admin.RelatedOnlyFieldListFilter), ("to_board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["from_board", "to_board"]
    search_fields = ["from_board__title", "to_board__title", "opening"]
    date_hierarchy = "starts"
