"""For the test run: fast passwords, plain static files, a clock that each test sets."""

import datetime as dt

from stride import env

from .base import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests-only"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
STRIDE_TODAY = dt.date(2022, 1, 19)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PACK_BUILDS = "inline"
PACKS_READY = None
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
# Nobody needs a test database after a crash, and the tests commit often.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"  # noqa: F405
DATABASES["default"]["TEST"] = {"NAME": env.text("STRIDE_TEST_DATABASE", "test_stride")}  # noqa: F405
ACCOUNT_RATE_LIMITS = False
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
