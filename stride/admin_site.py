"""The admin: administrators may do everything there, the strategy team keeps people and plans."""

from django.contrib import admin
from django.http import HttpRequest

from people.models import Role


class StrideAdminSite(admin.AdminSite):
    site_header = "STRIDE administration"
    site_title = "STRIDE administration"
    index_title = "Records"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and bool({Role.ADMINISTRATOR, Role.STRATEGY_TEAM} & set(getattr(user, "roles", [])))
