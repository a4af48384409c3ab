"""Private files: whole or not there, kept once, never led astray by a key; and how they go over HTTP."""

import datetime as dt
import hashlib
import io
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import Storage
from django.http import Http404
from django.test import RequestFactory
from django.utils.module_loading import import_string

from kit import private_files
from kit.private_files.folder import UNFINISHED, PrivateFolder
from stride import env

# Closing an answer ends its request, which looks at the database's connection.
pytestmark = pytest.mark.django_db

DATA = b"%PDF-1.7 a paper of some length"
SHA = hashlib.sha256(DATA).hexdigest()
KEY = f"{SHA[:2]}/{SHA[2:4]}/{SHA}.pdf"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    place = {"BACKEND": "kit.private_files.folder.PrivateFolder", "OPTIONS": {"location": tmp_path / "private"}}
    settings.STORAGES = {**settings.STORAGES, "private": place}
    return tmp_path / "private"


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


# Keeping


@pytest.mark.parametrize("given", [DATA, io.BytesIO(DATA)], ids=["bytes", "file"])
def test_a_file_is_kept_under_its_own_hash(folder, given):
    key = private_files.store(given, SHA, ".pdf")
    assert key == KEY
    assert files(folder) == [KEY]
    assert private_files.read(key) == DATA
    assert private_files.exists(key)
    assert private_files.is_sound(key)


def test_a_file_half_read_by_somebody_is_kept_from_its_start():
    upload = io.BytesIO(DATA)
    upload.read(10)
    assert private_files.store(upload, None, ".pdf") == KEY


def test_keeping_it_again_changes_nothing(folder):
    private_files.store(DATA, SHA, ".pdf")
    before = os.stat(folder / KEY)
    assert private_files.store(DATA, SHA, ".pdf") == KEY
    assert os.stat(folder / KEY).st_ino == before.st_ino
    assert files(folder) == [KEY]


def test_what_lost_its_end_is_kept_anew(folder):
    private_files.store(DATA, SHA, ".pdf")
    (folder / KEY).write_bytes(DATA[:5])
    assert not private_files.is_sound(KEY)
    private_files.store(DATA, SHA, ".pdf")
    assert private_files.is_sound(KEY)


def test_other_bytes_than_were_checked_are_refused(folder):
    with pytest.raises(ValueError, match="SHA-256 differs"):
        private_files.store(DATA + b"!", SHA, ".pdf")
    assert not folder.exists()


def test_only_the_service_may_read_them(folder):
    private_files.store(DATA, SHA, ".pdf")
    assert stat.S_IMODE(os.stat(folder / KEY).st_mode) == 0o600
    for place in (folder, (folder / KEY).parent.parent, (folder / KEY).parent):
        assert stat.S_IMODE(os.stat(place).st_mode) == 0o700


@pytest.mark.parametrize(
    "key",
    [
        "",
        "../../etc/passwd",
        f"/{KEY}",
        f"{KEY}\n",
        f"00/00/{SHA}.pdf",
        KEY.upper(),
        KEY.replace(".pdf", "./../x"),
        f"{SHA[:2]}/{SHA[2:4]}/{SHA}",
    ],
)
def test_what_is_no_key_leads_nowhere(key):
    for act in (private_files.open_, private_files.read, private_files.exists, private_files.is_sound):
        with pytest.raises(ValueError, match="is not the key"):
            act(key)


@pytest.mark.parametrize("suffix", ["", "pdf", "./x", ".p/../x", ".toolongsuffix"])
def test_a_suffix_is_no_path(folder, suffix):
    with pytest.raises(ValueError, match="is not the key"):
        private_files.store(DATA, SHA, suffix)
    assert not folder.exists()


def test_a_file_that_is_not_there_says_so():
    assert not private_files.exists(KEY)
    assert not private_files.is_sound(KEY)
    with pytest.raises(FileNotFoundError):
        private_files.read(KEY)


def test_private_files_have_no_address(folder):
    with pytest.raises(ValueError, match="no address"):
        PrivateFolder(folder).url(KEY)


def test_a_store_of_another_kind_does_the_same(settings):
    """The tests of everybody else keep files in memory."""
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "private": memory}
    for _ in range(2):
        assert private_files.store(io.BytesIO(DATA), SHA, ".pdf") == KEY
        assert private_files.read(KEY) == DATA
        assert private_files.is_sound(KEY)
        assert body(respond()) == DATA
        assert body(respond({"Range": "bytes=2-4"})) == DATA[2:5]
    assert private_files.tidy() == 0


# Nothing by halves


def test_a_full_disk_leaves_nothing(folder, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kit.private_files.folder.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        private_files.store(DATA, SHA, ".pdf")
    assert files(folder) == []


def test_bytes_reach_the_disk_before_the_name_does(folder, monkeypatch):
    acts = []
    fsync, replace = os.fsync, os.replace
    monkeypatch.setattr("kit.private_files.folder.os.fsync", lambda handle: (acts.append("flush"), fsync(handle)))
    monkeypatch.setattr("kit.private_files.folder.os.replace", lambda *names: (acts.append("name"), replace(*names)))
    private_files.store(DATA, SHA, ".pdf")
    assert acts == ["flush", "name", "flush"]


KILLED = """
import sys
import django
from django.conf import settings
settings.configure(STORAGES={"private": {"BACKEND": "kit.private_files.folder.PrivateFolder",
                                         "OPTIONS": {"location": sys.argv[1]}}})
django.setup()
from kit.private_files import folder, store
replace = folder.os.replace
def wait(*names):
    print("written", flush=True)
    sys.stdin.read()
folder.os.replace = wait
store(b"x" * 100_000, None, ".pdf")
"""


def test_a_killed_process_leaves_no_file_under_a_name(folder):
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(folder)],
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert process.stdout.readline() == b"written\n"
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()
    left = files(folder)
    assert len(left) == 1
    assert UNFINISHED in left[0]
    assert private_files.tidy() == 0  # it is too young: its process could still be writing
    os.utime(folder / left[0], (time.time() - 90_000,) * 2)
    assert private_files.tidy() == 1
    assert files(folder) == []


def test_tidying_keeps_whole_files_however_old(folder):
    private_files.store(DATA, SHA, ".pdf")
    os.utime(folder / KEY, (0, 0))
    assert private_files.tidy(older_than=dt.timedelta(0)) == 0
    assert files(folder) == [KEY]


def test_tidying_before_the_first_file_is_nothing():
    assert private_files.tidy() == 0


# Over HTTP


def respond(headers=None, method="get", name="Paper 1.pdf", content_type="application/pdf", inline=False, key=None):
    private_files.store(DATA, SHA, ".pdf")
    request = getattr(RequestFactory(), method)("/paper/", headers=headers or {})
    return private_files.file_response(request, key or KEY, name, content_type, inline=inline)


def body(answer) -> bytes:
    found = b"".join(answer)
    answer.close()
    return found


def test_a_file_is_saved_under_its_name_and_runs_nothing():
    answer = respond()
    assert answer.status_code == 200
    assert body(answer) == DATA
    assert answer["Content-Disposition"] == 'attachment; filename="Paper 1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(DATA))
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["ETag"] == f'"{SHA}.pdf"'


def test_the_policy_of_the_pages_does_not_take_its_place():
    request = RequestFactory().get("/paper/")
    answer = CSPMiddleware(lambda request: respond())(request)
    assert answer["Content-Security-Policy"].startswith("sandbox;")


def test_only_a_pdf_is_shown_in_the_browser():
    assert respond(inline=True)["Content-Disposition"] == 'inline; filename="Paper 1.pdf"'
    assert "sandbox" not in respond(inline=True)["Content-Security-Policy"]
    for content_type in ("text/html", "image/svg+xml", "application/octet-stream"):
        answer = respond(inline=True, content_type=content_type)
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("Pàper.pdf", "attachment; filename*=utf-8''P%C3%A0per.pdf"),
        ('a".pdf', 'attachment; filename="a\\".pdf"'),
        ("../../etc/passwd.pdf", 'attachment; filename="passwd.pdf"'),
        ("a\r\nSet-Cookie: x=1.pdf", 'attachment; filename="a Set-Cookie: x=1.pdf"'),
        ("annual\u202efdp.exe.pdf", 'attachment; filename="annualfdp.exe.pdf"'),
    ],
)
def test_names_break_no_header(name, disposition):
    assert respond(name=name)["Content-Disposition"] == disposition


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-3", 0, 3), ("bytes=5-", 5, 30), ("bytes=-4", 27, 30), ("bytes=10-999", 10, 30), ("bytes=-999", 0, 30)],
)
def test_a_part_can_be_asked_for(asked, first, last):
    answer = respond({"Range": asked})
    assert answer.status_code == 206
    assert body(answer) == DATA[first : last + 1]
    assert answer["Content-Range"] == f"bytes {first}-{last}/{len(DATA)}"
    assert answer["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=31-", "bytes=9-3", "bytes=-0", "bytes=999999999999999999-"])
def test_a_part_that_is_not_there_is_refused(asked):
    answer = respond({"Range": asked})
    assert answer.status_code == 416
    assert answer["Content-Range"] == f"bytes */{len(DATA)}"


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=x", "bytes=" + "9" * 5000 + "-"])
def test_what_is_no_range_gives_the_whole(asked):
    assert body(respond({"Range": asked})) == DATA


def test_a_part_of_another_version_is_not_mixed_in():
    assert respond({"Range": "bytes=0-3", "If-Range": '"another"'}).status_code == 200
    assert respond({"Range": "bytes=0-3", "If-Range": f'"{SHA}.pdf"'}).status_code == 206


def test_what_the_browser_has_is_not_sent_again():
    answer = respond({"If-None-Match": f'"{SHA}.pdf"'})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_is_gone_is_not_found(caplog):
    gone = KEY.replace(SHA, SHA[:-1] + ("0" if SHA[-1] != "0" else "1"))
    with pytest.raises(Http404):
        respond(key=gone)
    assert "is gone" in caplog.text


# Where they are kept


def test_a_store_across_the_network_is_named_by_its_url():
    made = env.storage("s3://key:se%2Fcret@s3.example.org:9000/papers?region=eu-west-2&folder=stride")
    assert made["BACKEND"] == "storages.backends.s3.S3Storage"
    options = made["OPTIONS"]
    assert options["endpoint_url"] == "https://s3.example.org:9000"
    assert (options["access_key"], options["secret_key"]) == ("key", "se/cret")
    assert (options["bucket_name"], options["region_name"], options["location"]) == ("papers", "eu-west-2", "stride")
    assert options["default_acl"] is None
    assert isinstance(import_string(made["BACKEND"])(**options), Storage)  # which refuses an option it does not know


@pytest.mark.parametrize(
    "url",
    [
        "https://key:secret@host/bucket",
        "s3://host/bucket",
        "s3://key@host/bucket",
        "s3://key:secret@host/",
        "s3://key:secret@host/a/b",
        "s3://key:secret@host:x/bucket",
        "s3://key:secret@host/bucket?acl=public-read",
    ],
)
def test_an_odd_store_stops_boot(url):
    with pytest.raises(ImproperlyConfigured, match="STORAGE_URL"):
        env.storage(url)


def test_a_store_without_its_packages_stops_boot(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImproperlyConfigured, match="requirements-s3"):
        env.storage("s3://key:secret@host/bucket")
