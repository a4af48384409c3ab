"""Typed readers of environment variables. A missing or odd value stops boot and names the variable."""

import datetime as dt
import os

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """The variable as text, or from the file that NAME_FILE points to.

    Raises ImproperlyConfigured when it is missing or empty and there is no default.
    """
    value = os.environ.get(name, "")
    path = os.environ.get(f"{name}_FILE", "")
    if not value and path:
        try:
            with open(path, encoding="utf-8") as handle:
                value = handle.read().strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE: cannot read {path!r} ({error.strerror}).") from error
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set. It is required; see docs/running.md.")
    return default


def flag(name: str, default: bool) -> bool:
    """The variable as yes or no. Raises ImproperlyConfigured for anything else."""
    value = text(name, "yes" if default else "no").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} is {value!r}. Use yes or no.")


def integer(name: str, default: int, *, least: int, most: int) -> int:
    """The variable as a whole number from least to most. Raises ImproperlyConfigured otherwise."""
    value = text(name, str(default))
    if not value.removeprefix("-").isdecimal() or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """The variable as a comma-separated list. Raises ImproperlyConfigured when it is missing."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def day(name: str, default: str) -> dt.date | None:
    """The variable as a date such as 2021-11-15, or None when empty. Raises ImproperlyConfigured otherwise."""
    value = text(name, default)
    if not value:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {value!r}. Use a date such as 2021-11-15.") from error


def database(url: str) -> dict:
    """Django's settings for a postgresql:// URL (TCP, or a socket folder in ?host=).

    Raises ImproperlyConfigured, naming DATABASE_URL, when the URL is not one.
    """
    from urllib.parse import parse_qs, unquote, urlsplit

    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ImproperlyConfigured("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL: the port is not a number.") from error
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": query,
    }


def mail(url: str) -> dict:
    """Django's mail settings for smtp://, smtps:// or smtp+tls:// URL.

    Raises ImproperlyConfigured, naming EMAIL_URL, when the URL is not one.
    """
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname or port == -1:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp+tls://user:password@host:587.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 15,
    }


def storage(url: str) -> dict:
    """Django's settings of a storage for s3://key:secret@host/bucket?region=…, reached by HTTPS.

    `?folder=stride/private` keeps to a part of the bucket. Raises ImproperlyConfigured, naming STORAGE_URL, when the
    URL is not one or the packages of requirements-s3.txt are not there.
    """
    from importlib.util import find_spec
    from urllib.parse import parse_qs, unquote, urlsplit

    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    complete = parts.hostname and parts.username and parts.password and bucket and "/" not in bucket
    if parts.scheme != "s3" or not complete or set(query) - {"region", "folder"}:
        raise ImproperlyConfigured("STORAGE_URL must look like s3://key:secret@host/bucket?region=eu-west-2.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ImproperlyConfigured("STORAGE_URL needs the packages of requirements-s3.txt.")
    try:
        host = parts.hostname if parts.port is None else f"{parts.hostname}:{parts.port}"
    except ValueError as error:
        raise ImproperlyConfigured("STORAGE_URL: the port is not a number.") from error
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "bucket_name": bucket,
            "endpoint_url": f"https://{host}",
            "region_name": query.get("region"),
            "location": query.get("folder", ""),
            "default_acl": None,  # the bucket's own, which is private
            "file_overwrite": True,  # names tell the content, so the same name is the same file
        },
    }
