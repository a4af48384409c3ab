"""Papers are made ready when they come, and what cannot be joined stops nobody."""

import hashlib

from boards.packing import ready
from kit import reports
from kit.private_files import store


def test_a_paper_is_made_ready_once(settings, tmp_path):
    settings.PACKS_READY = tmp_path / "ready"
    pdf = reports.report("The estate", [reports.prose("Forty buildings.")])
    key = store(pdf, hashlib.sha256(pdf).hexdigest(), ".pdf")
    ready.make_ready(key)
    (kept,) = (tmp_path / "ready").iterdir()
    assert kept.name.startswith(hashlib.sha256(pdf).hexdigest())
    was = kept.stat().st_mtime_ns
    ready.make_ready(key)
    assert [each.stat().st_mtime_ns for each in (tmp_path / "ready").iterdir()] == [was]


def test_a_file_that_cannot_be_joined_is_left_alone(settings, tmp_path):
    settings.PACKS_READY = tmp_path / "ready"
    key = store(b"%PDF-1.7 nothing", hashlib.sha256(b"%PDF-1.7 nothing").hexdigest(), ".pdf")
    ready.make_ready(key)
    ready.make_ready("")
    assert list((tmp_path / "ready").iterdir()) == []
