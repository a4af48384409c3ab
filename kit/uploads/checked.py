"""What the check of a paper answers, and the limits that it keeps to."""

from dataclasses import dataclass

from django.conf import settings

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds. `many_pages` is where a note begins and `pages` where the file is refused."""

    file_bytes: int = 50 * MB
    pages: int = 1_000
    many_pages: int = 300
    seconds: int = 8
    memory_bytes: int = 300 * MB
    objects: int = 200_000
    parts: int = 3_000
    unpacked_bytes: int = 300 * MB
    ratio: int = 200


def limits_of_settings() -> Limits:
    """The usual limits with the body's own for size and pages (PAPER_MAX_BYTES, PAPER_MAX_PAGES)."""
    return Limits(file_bytes=settings.PAPER_MAX_BYTES, pages=settings.PAPER_MAX_PAGES)


@dataclass(frozen=True)
class Checked:
    """Truthy when the file may be kept. `problems` say why not, `notes` what its readers will stumble over.

    `name` is for display and never for storage. `pages` and `tagged` are None where the file cannot say (DOCX).
    `sha256` is of the whole file, in hexadecimal; empty when the file was too large to be read.
    """

    name: str
    kind: str = ""
    size: int = 0
    sha256: str = ""
    pages: int | None = None
    tagged: bool | None = None
    language: str = ""
    title: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return not self.problems

    @property
    def suffix(self) -> str:
        """With its dot, as kit.private_files wants it."""
        return f".{self.kind}"

    @property
    def content_type(self) -> str:
        """For the response that serves it."""
        return CONTENT_TYPES[self.kind]


CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Refused(Exception):
    """Raised inside the check; its text is the sentence."""
