"""Board actions, who contributes to them and what happened to them. Services write them; here they are only read."""

from django.contrib import admin

from boards.models import ActionContributor, BoardAction, BoardActionAct
from people.admin import ReadOnlyAdmin


@admin.register(BoardAction)
class BoardActionAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["reference", "text", "owner_post", "owner_name", "due", "parked_until", "state", "closed_on"]
    list_filter = ["state", "year", ("board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["board", "owner_post"]
    search_fields = ["text", "owner_post__title", "owner_name", "board__title"]
    date_hierarchy = "due"


@admin.register(ActionContributor)
class ActionContributorAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["action", "post"]
    list_filter = [("action__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["action__board", "post"]
    search_fields = ["post__title", "action__text"]


@admin.register(BoardActionAct)
class BoardActionActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "action", "detail", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["action__board"]
    search_fields = ["action__text", "by_name", "detail", "reason"]
    date_hierarchy = "at"
