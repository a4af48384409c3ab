"""Settings from the environment: what is missing or odd stops boot and names the variable."""

import datetime as dt
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from stride import env

NAME = "STRIDE_TESTED"


@pytest.fixture
def given(monkeypatch):
    """given("value") sets the variable; given(None) takes it away."""

    def put(value: str | None) -> None:
        monkeypatch.delenv(f"{NAME}_FILE", raising=False)
        if value is None:
            monkeypatch.delenv(NAME, raising=False)
        else:
            monkeypatch.setenv(NAME, value)

    put(None)
    return put


@pytest.mark.parametrize("value", [None, ""])
def test_a_missing_text_stops_boot_by_name(value, given):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=NAME):
        env.text(NAME)
    assert env.text(NAME, "default") == "default"


def test_a_secret_may_come_from_a_file(given, monkeypatch, tmp_path):
    path = tmp_path / "secret"
    path.write_text("from the file\n", encoding="utf-8")
    monkeypatch.setenv(f"{NAME}_FILE", str(path))
    assert env.text(NAME) == "from the file"
    monkeypatch.setenv(NAME, "from the variable")
    assert env.text(NAME) == "from the variable"


def test_a_file_that_cannot_be_read_stops_boot_by_name(given, monkeypatch, tmp_path):
    monkeypatch.setenv(f"{NAME}_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=f"{NAME}_FILE.*nowhere"):
        env.text(NAME, "default")


@pytest.mark.parametrize(
    ("value", "answer"),
    [("yes", True), ("TRUE", True), ("1", True), ("on", True), ("no", False), ("False", False), ("0", False)],
)
def test_a_flag_is_yes_or_no(value, answer, given):
    given(value)
    assert env.flag(NAME, not answer) is answer


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_may_be_left_out(default, given):
    assert env.flag(NAME, default) is default


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.flag(NAME, True), "perhaps"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "ten"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "10"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "-1"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "1.5"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "--5"),
        (lambda: env.integer(NAME, 5, least=1, most=9), "5-"),
        (lambda: env.day(NAME, ""), "19/01/2022"),
        (lambda: env.day(NAME, ""), "2022-02-29"),
    ],
)
def test_an_odd_value_stops_boot_by_name(read, value, given):
    given(value)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is '{value}'"):
        read()


def test_whole_numbers_words_and_days_are_read(given):
    given("9")
    assert env.integer(NAME, 5, least=1, most=9) == 9
    given(" a.example, b.example ,, ")
    assert env.words(NAME) == ["a.example", "b.example"]
    given("2022-01-19")
    assert env.day(NAME, "") == dt.date(2022, 1, 19)
    given(None)
    assert env.day(NAME, "") is None
    assert env.integer(NAME, 5, least=1, most=9) == 5


def test_a_database_address_is_taken_apart():
    read = env.database("postgresql://ada:p%40ss%2Fword@db.example:5433/stride?sslmode=require")
    assert read == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "stride",
        "USER": "ada",
        "PASSWORD": "p@ss/word",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_database_may_be_on_a_socket():
    read = env.database("postgresql://postgres@/stride?host=/run/postgres")
    assert (read["HOST"], read["PORT"], read["OPTIONS"]) == ("/run/postgres", "", {})


@pytest.mark.parametrize(
    "url", ["", "stride", "mysql://u@h/stride", "postgresql://u@h", "postgresql://u@h:port/stride"]
)
def test_an_odd_database_address_names_its_variable(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        env.database(url)


@pytest.mark.parametrize(
    ("url", "port", "ssl", "tls"),
    [
        ("smtp://mail.example", 25, False, False),
        ("smtps://u:p@mail.example", 465, True, False),
        ("smtp+tls://u:p@mail.example:587", 587, False, True),
    ],
)
def test_a_mail_address_is_taken_apart(url, port, ssl, tls):
    read = env.mail(url)
    assert (read["EMAIL_HOST"], read["EMAIL_PORT"]) == ("mail.example", port)
    assert (read["EMAIL_USE_SSL"], read["EMAIL_USE_TLS"]) == (ssl, tls)


@pytest.mark.parametrize("url", ["mail.example", "http://mail.example", "smtp://", "smtp+tls://u:p@mail.example:port"])
def test_an_odd_mail_address_names_its_variable(url):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        env.mail(url)


# Production, started as a server starts it

COMPLETE = {
    "DATABASE_URL": "postgresql://u:p@db.example/stride",
    "STRIDE_SECRET_KEY": "a-long-and-random-text-of-many-characters-that-nobody-guesses",
    "STRIDE_HOSTS": "stride.example,.internal.example",
    "STRIDE_PUBLIC_URL": "https://stride.example/",
    "EMAIL_URL": "smtp+tls://u:p@mail.example:587",
}
SHOWN = (
    "DEBUG",
    "STRIDE_TODAY",
    "DEMONSTRATION",
    "ALLOWED_HOSTS",
    "CSRF_TRUSTED_ORIGINS",
    "PUBLIC_URL",
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "ALLAUTH_TRUSTED_PROXY_COUNT",
)
BOOT = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {SHOWN}}}))
"""


def production(**changes: str | None) -> subprocess.CompletedProcess:
    """Loads the production settings in a process of their own, with nothing else in its environment."""
    environment = {name: value for name, value in {**COMPLETE, **changes}.items() if value is not None}
    return subprocess.run(
        [sys.executable, "-c", BOOT],
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "stride.settings.production", **environment},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_production_starts_with_what_it_names_and_is_strict():
    started = production()
    assert started.returncode == 0, started.stderr
    assert json.loads(started.stdout) == {
        "DEBUG": False,
        "STRIDE_TODAY": None,
        "DEMONSTRATION": False,
        "ALLOWED_HOSTS": ["stride.example", ".internal.example"],
        "CSRF_TRUSTED_ORIGINS": ["https://stride.example"],
        "PUBLIC_URL": "https://stride.example",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 60 * 60,
        "SESSION_COOKIE_NAME": "__Host-sessionid",
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_NAME": "__Host-csrftoken",
        "CSRF_COOKIE_SECURE": True,
        "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
    }


def test_without_a_proxy_no_visitor_is_believed_about_their_address():
    read = json.loads(production(STRIDE_BEHIND_PROXY="no").stdout)
    assert read["ALLAUTH_TRUSTED_PROXY_COUNT"] is None


@pytest.mark.parametrize("name", sorted(COMPLETE))
def test_production_stops_without_each_of_them_and_names_it(name):
    started = production(**{name: None})
    assert started.returncode != 0
    assert f"{name} is not set" in started.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"STRIDE_TODAY": "2022-01-19"}, "STRIDE_TODAY"),
        ({"STRIDE_SSL_REDIRECT": "perhaps"}, "STRIDE_SSL_REDIRECT"),
        ({"DATABASE_URL": "sqlite:///stride.db"}, "DATABASE_URL"),
        ({"EMAIL_URL": "mail.example"}, "EMAIL_URL"),
    ],
)
def test_production_refuses_what_is_odd_and_names_it(changes, name):
    started = production(**changes)
    assert started.returncode != 0
    assert name in started.stderr.splitlines()[-1]
