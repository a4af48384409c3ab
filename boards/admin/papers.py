"""Papers, their files and what happened to them. Services write them; here they are only read."""

from django.contrib import admin

from boards.models import Paper, PaperAct, PaperVersion
from people.admin import ReadOnlyAdmin


@admin.register(Paper)
class PaperAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["title", "item", "author_post", "state", "due_at", "submitted_at", "is_late"]
    list_filter = ["state", "is_late", ("item__meeting__board", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["item__meeting__board", "author_post"]
    search_fields = ["title", "item__title", "author_post__title", "item__meeting__board__title"]
    date_hierarchy = "due_at"


@admin.register(PaperVersion)
class PaperVersionAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["paper", "number", "file_name", "kind", "size", "pages", "is_tagged", "uploaded_at", "by_name"]
    list_filter = ["kind", "pdf_from", "is_tagged"]
    list_select_related = ["paper"]
    search_fields = ["paper__title", "file_name", "sha256", "by_name"]
    date_hierarchy = "uploaded_at"


@admin.register(PaperAct)
class PaperActAdmin(ReadOnlyAdmin):
    kept_by = ()
    list_display = ["verb", "paper", "by_name", "post_title", "at"]
    list_filter = ["verb"]
    list_select_related = ["paper"]
    search_fields = ["paper__title", "by_name", "reason"]
    date_hierarchy = "at"
