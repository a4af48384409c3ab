"""A DOCX as PDF by a program that may be missing, slow, broken or noisy. Here a script stands in for it."""

import os
import re
import stat
import sys
import time
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kit import convert
from kit.verdict import Refusal

GOOD = """
import pathlib
out = pathlib.Path(value("--outdir")); out.mkdir()
(out / "paper.pdf").write_bytes(b"%PDF-1.7 of " + pathlib.Path(sys.argv[-1]).read_bytes())
"""


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Puts a stand-in on the path: `body` is Python, run with the arguments of the real program."""

    def install(body: str, name: str = "soffice") -> Path:
        folder = tmp_path / "bin"
        folder.mkdir(exist_ok=True)
        script = folder / name
        script.write_text(
            f"#!{sys.executable}\nimport os, sys, time\n"
            "def value(name): return sys.argv[sys.argv.index(name) + 1]\n"
            f"SEEN = {str(tmp_path)!r}\n{body}\n"
        )
        script.chmod(script.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", str(folder))
        return script

    return install


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch) -> Path:
    """Where working folders are made, to see that none is left."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def test_without_the_program_it_says_so_and_asks_for_a_pdf(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    verdict = convert.can_convert()
    assert not verdict
    assert "LibreOffice is not installed" in verdict.sentence
    with pytest.raises(Refusal, match=re.escape(verdict.sentence)):
        convert.to_pdf(b"docx")


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_either_name_of_the_program_is_found(program, name):
    program(GOOD, name)
    assert convert.can_convert()
    assert convert.to_pdf(b"words") == b"%PDF-1.7 of words"


def test_the_pdf_is_tagged_and_has_bookmarks(program):
    program('import json\nopt = json.loads(value("--convert-to").removeprefix("pdf:writer_pdf_Export:"))\n'
            'assert opt["UseTaggedPDF"]["value"] == opt["ExportBookmarks"]["value"] == "true"\n' + GOOD)  # fmt: skip
    assert convert.to_pdf(b"x")


def test_it_gets_a_home_of_its_own_that_goes_with_it(program, tmp_path, work, monkeypatch):
    monkeypatch.setenv("STRIDE_SECRET_KEY", "hush")
    program(
        GOOD + 'pathlib.Path(SEEN, "env").write_text(repr(dict(os.environ)))\n'
        'profile = [each for each in sys.argv if "UserInstallation" in each][0].partition("=file://")[2]\n'
        'pathlib.Path(SEEN, "xcu").write_bytes(pathlib.Path(profile, "user/registrymodifications.xcu").read_bytes())\n'
    )
    convert.to_pdf(b"x")
    seen = (tmp_path / "env").read_text()
    assert "hush" not in seen
    assert f"'HOME': '{work}/stride-convert-" in seen
    assert "'https_proxy': 'http://127.0.0.1:9'" in seen
    settings = ElementTree.parse(tmp_path / "xcu")  # noqa: S314  it is our own
    assert sorted(node.text for node in settings.iter("value")) == ["3", "true", "true"]
    assert list(work.iterdir()) == []


@pytest.mark.parametrize(
    "body",
    ["sys.exit(1)", GOOD + "sys.exit(77)", "", GOOD.replace("%PDF-1.7 of ", "<html>"), "os.abort()"],
    ids=["fails", "fails after writing", "writes nothing", "writes something else", "crashes"],
)
def test_a_program_that_fails_gives_a_sentence(program, work, body):
    program(body)
    with pytest.raises(Refusal, match="could not be turned into a PDF"):
        convert.to_pdf(b"x")
    assert list(work.iterdir()) == []


def test_a_program_that_hangs_is_stopped_with_all_that_it_started(program, tmp_path, work):
    program('child = os.fork()\nopen(os.path.join(SEEN, f"{os.getpid()}.pid"), "w").close()\ntime.sleep(60)\n')
    began = time.monotonic()
    with pytest.raises(Refusal, match="took too long"):
        convert.to_pdf(b"x", seconds=1.5)
    assert time.monotonic() - began < 10
    started = [int(path.stem) for path in tmp_path.glob("*.pid")]
    assert len(started) == 2
    assert [pid for pid in started if _runs(pid)] == []
    assert list(work.iterdir()) == []


def _runs(pid: int) -> bool:
    """Whether a process is there and more than the remains of one."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        if state == "Z":
            return False
        time.sleep(0.02)
    return os.path.exists(f"/proc/{pid}")
