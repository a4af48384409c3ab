"""The demonstration: example data, its own clock, mail kept in the outbox, plain HTTP on this machine only."""

from stride import env

from .base import *  # noqa: F403

DEMONSTRATION = True
DEBUG = False
SECRET_KEY = "demonstration-only-not-a-secret"  # noqa: S105  the data is invented and the passwords are printed
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
STRIDE_TODAY = env.day("STRIDE_TODAY", "2022-01-19")
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": PRIVATE_STORAGE,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True  # straight from the source folders, so that starting needs no collecting
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  else the static middleware warns that it is not there
