from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class StrideConfig(AppConfig):
    name = "stride"


class StrideAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "stride.admin_site.StrideAdminSite"
