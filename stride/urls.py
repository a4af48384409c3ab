"""Which app answers where."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import include, path

from stride.views import health, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("outbox/", pages.outbox, name="outbox"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("cookies/", pages.cookies, name="cookies"),
    path("health/live", health.live, name="health_live"),
    path("health/ready", health.ready, name="health_ready"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/set/", account.password_set, name="account_set_password"),
    path("account/password/reset/", account.password_reset, name="account_reset_password"),
    path("account/password/reset/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/reset/<str:uidb36>-<str:key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/reset/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("admin/", admin.site.urls),
    path("", include("people.urls")),
    path("", include("commitments.urls")),
    path("", include("monitoring.urls")),
    path("", include("boards.urls")),
]

handler400 = "stride.views.errors.bad_request"
handler403 = "stride.views.errors.permission_denied"
