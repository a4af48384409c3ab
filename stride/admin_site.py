"""The admin: administrators may do everything there, the strategy team keeps people and plans."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from people.models import Role


class StrideAdminSite(admin.AdminSite):
    """With STRIDE's own sign-in: a second one would go round its limits on attempts."""

    site_header = "STRIDE administration"
    site_title = "STRIDE administration"
    index_title = "Records"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_active and bool({Role.ADMINISTRATOR, Role.STRATEGY_TEAM} & set(getattr(user, "roles", [])))

    @method_decorator(never_cache)
    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Where Django sends those whom it does not let in: to sign in, or to the sentence that says why not."""
        if not request.user.is_authenticated:
            onward = request.GET.get("next") or reverse("admin:index")
            return redirect(f"{reverse('account_login')}?{urlencode({'next': onward})}")
        if not self.has_permission(request):
            raise PermissionDenied("Administration is for administrators and the strategy team.")
        return redirect("admin:index")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """One way out."""
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """One page for one's own password."""
        return redirect("account_change_password")
