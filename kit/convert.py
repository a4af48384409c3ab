"""A DOCX as PDF, by LibreOffice where it is installed. Where it is not, the page says so and asks for a PDF.

Only what kit.uploads has checked comes here: no macros, nothing fetched from elsewhere. The program still gets a
profile, a home and a working folder of its own, which go with it, and a time to be done in.
"""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from xml.sax.saxutils import quoteattr

from kit.verdict import ALLOWED, Refusal, Verdict, refused

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 90
NOT_HERE = "This service cannot make a PDF from a Word document: LibreOffice is not installed. Add a PDF of the paper."
TOO_SLOW = "The Word document took too long to turn into a PDF. Save it as PDF and add that."
FAILED = "The Word document could not be turned into a PDF. Save it as PDF and add that."
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = {"DisableMacrosExecution": "true", "MacroSecurityLevel": "3", "BlockUntrustedRefererLinks": "true"}
OPTIONS = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
}
# Whatever it tries to reach, it reaches nobody.
NOWHERE = "http://127.0.0.1:9"


def can_convert() -> Verdict:
    """Whether there is a program to do it, with the sentence where not."""
    return ALLOWED if _program() else refused(NOT_HERE)


def to_pdf(docx: bytes, *, seconds: float = SECONDS) -> bytes:
    """The PDF, tagged and with bookmarks. Raises Refusal with a sentence when it does not work, or not in time."""
    program = _program()
    if program is None:
        raise Refusal(NOT_HERE)
    # What it is still writing while it is being stopped may not keep the folder from going.
    with tempfile.TemporaryDirectory(prefix="stride-convert-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "paper.docx").write_bytes(docx)
        _write_profile(folder / "profile")
        code = _run(_command(program, folder), folder, seconds)
        made = folder / "out" / "paper.pdf"
        pdf = made.read_bytes() if code == 0 and made.is_file() else b""
    if not pdf.startswith(b"%PDF-"):
        raise Refusal(FAILED)
    return pdf


def _program() -> str | None:
    return next((found for found in map(shutil.which, PROGRAMS) if found), None)


def _command(program: str, folder: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(OPTIONS)}",
        "--outdir",
        str(folder / "out"),
        str(folder / "paper.docx"),
    ]


def _run(command: list[str], folder: Path, seconds: float) -> int:
    """Its return code. The program starts others, so all of them are stopped together when the time is over."""
    own = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.environ.get("PATH", os.defpath), "LANG": "C.UTF-8"}
    own |= dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), NOWHERE)
    process = subprocess.Popen(  # noqa: S603  the program is the machine's own, and no word of a user's is in the command
        command,
        cwd=folder,
        env=own,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise Refusal(TOO_SLOW) from error
    finally:
        # Its group is only ours to stop as long as it is there itself.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _write_profile(profile: Path) -> None:
    """No macro runs and no link is followed, whatever the machine's own settings are."""
    items = "".join(
        f"<item oor:path={quoteattr(SCRIPTING)}><prop oor:name={quoteattr(name)} oor:op='fuse'>"
        f"<value>{value}</value></prop></item>"
        for name, value in SETTINGS.items()
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        "<?xml version='1.0' encoding='UTF-8'?>"
        "<oor:items xmlns:oor='http://openoffice.org/2001/registry' xmlns:xs='http://www.w3.org/2001/XMLSchema' "
        f"xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{items}</oor:items>",
        encoding="utf-8",
    )
