"""Production: everything it needs is named here, and boot stops when one is missing."""

from django.core.exceptions import ImproperlyConfigured

from stride import env

DATABASE_URL = env.text("DATABASE_URL")  # before base, which would start the private server

from .base import *  # noqa: E402, F403

DEBUG = False
SECRET_KEY = env.text("STRIDE_SECRET_KEY")
ALLOWED_HOSTS = env.words("STRIDE_HOSTS")
PUBLIC_URL = env.text("STRIDE_PUBLIC_URL").rstrip("/")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if not host.startswith(".")]
if env.text("STRIDE_TODAY", ""):
    raise ImproperlyConfigured("STRIDE_TODAY is set. It moves the clock and is refused in production.")
globals().update(env.mail(env.text("EMAIL_URL")))

SECURE_SSL_REDIRECT = env.flag("STRIDE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
if env.flag("STRIDE_BEHIND_PROXY", True):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1  # limits on attempts count the visitor's address; the proxy's is everybody's
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = env.flag("STRIDE_HSTS_PRELOAD", True)
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
