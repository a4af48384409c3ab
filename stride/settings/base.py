"""What every way of running STRIDE shares. Nothing here is a secret and nothing here is unsafe."""

from pathlib import Path

import pghistory
from csp.constants import NONE, SELF

from stride import env, private_postgres

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    "stride.apps.StrideAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "kit",
    "people",
    "commitments",
    "monitoring",
    "boards",
    "stride.apps.StrideConfig",
]

MIDDLEWARE = [
    "stride.middleware.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stride.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "stride.middleware.ActorMiddleware",
    "stride.middleware.NotAllowedMiddleware",
    "stride.middleware.LedgerMiddleware",
    "stride.middleware.ReadOnlyMiddleware",
]

ROOT_URLCONF = "stride.urls"
WSGI_APPLICATION = "stride.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "stride.context_processors.chrome",
            ],
            "builtins": ["kit.templatetags.kit"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["govuk"]
CRISPY_TEMPLATE_PACK = "govuk"

DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL", "")
        or private_postgres.url(BASE_DIR / ".postgres", env.text("STRIDE_DATABASE", "stride"))
    )
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["CONN_MAX_AGE"] = 60

AUTH_USER_MODEL = "people.User"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail addresses are unique without regard to case, by a constraint
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "stride.account_adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_FORMS = {
    "login": "stride.accounts.SignInForm",
    "change_password": "stride.accounts.ChangePasswordForm",
    "reset_password": "stride.accounts.ResetPasswordForm",
    "reset_password_from_key": "stride.accounts.ResetPasswordKeyForm",
}
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "stride.views.errors.forbidden_token"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / ".assets" / "collected"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / ".assets" / "built"]

# Uploads are private: no URL serves this folder, nor the store that STORAGE_URL may name for papers and packs.
MEDIA_ROOT = Path(env.text("STRIDE_FILES", str(BASE_DIR / ".files")))
STORAGE_URL = env.text("STORAGE_URL", "")
PRIVATE_STORAGE = (
    env.storage(STORAGE_URL)
    if STORAGE_URL
    else {"BACKEND": "kit.private_files.folder.PrivateFolder", "OPTIONS": {"location": MEDIA_ROOT / "private"}}
)
# Packs are built in a process of their own ("process"), so that no request waits for one; "inline" is for tests.
PACK_BUILDS = "process"
PACKS_READY = MEDIA_ROOT / "ready"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": PRIVATE_STORAGE,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Shared by the processes of a machine, so that attempts to sign in are counted once, whichever process they meet.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": env.text("STRIDE_CACHE", str(BASE_DIR / ".cache")),
        # All charts of a few strategies: a chart that is thrown out takes a tenth of a second to draw again.
        "OPTIONS": {"MAX_ENTRIES": 3000},
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# The ledger: who did it is written into each row, so that no second table needs updating.
PGHISTORY_APPEND_ONLY = True
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField()
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="ledger", related_query_name="ledger_query")

DEMONSTRATION = False
STRIDE_TODAY = None  # a date that the demonstration and the tests may stand still on
SERVICE_NAME = env.text("STRIDE_SERVICE_NAME", "STRIDE")
CONTACT_EMAIL = env.text("STRIDE_CONTACT_EMAIL", "strategy@stride.example")
PUBLIC_URL = env.text("STRIDE_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.text("STRIDE_FROM_EMAIL", "stride@stride.example")

WORKBOOK_MAX_BYTES = 10 * 1024 * 1024
PAPER_MAX_BYTES = env.integer("STRIDE_PAPER_MB", 50, least=1, most=500) * 1024 * 1024
PAPER_MAX_PAGES = env.integer("STRIDE_PAPER_PAGES", 1_000, least=1, most=10_000)
STRIDE_SCANNER = env.text("STRIDE_SCANNER", "")  # the dotted path of a function; see kit.uploads.scanner

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "kit.request_id.RequestIdFilter"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {request_id} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
