"""Who keeps the records of boards in the admin: those who run the boards."""

from boards import rules
from people.admin import ReadOnlyAdmin, RoleAdmin


class BoardsAdmin(RoleAdmin):
    kept_by = rules.KEEPERS


class ReadOnlyBoardsAdmin(ReadOnlyAdmin):
    kept_by = rules.KEEPERS
