"""Typeset documents: a template and plain data give a tagged, bookmarked PDF (PDF/UA-1), the same bytes each time.

    pdf = render("boards/pdf/terms.typ", {...}, title="Terms of reference of the Delivery Board")

Data goes in as JSON and is only ever read as text, so that nothing a person wrote can become markup.
"""

import functools
import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

STANDARD = "ua-1"
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
# Latin letters and the punctuation of people's writing are in the typeface; others are tried, once a process.
FAMILIAR = frozenset(
    map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180), 0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D])
)
# They would turn round the text of others that stands beside it.
TURNS_ROUND = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))


def render(template_name: str, data: Mapping[str, Any], *, title: str, lang: str = "en-GB") -> bytes:
    """The document. `template_name` is a .typ file under templates/; data is what JSON can hold.

    Characters that no typeface here can draw become the replacement character, and the last page says so.
    Raises ValueError for a template that is not there, and typst.TypstError for one that is wrong.
    """
    root = Path(settings.BASE_DIR) / "templates"
    source = root / template_name
    if source.suffix != ".typ" or not source.is_file():
        raise ValueError(f"There is no template {template_name} to typeset.")
    language, _, region = lang.partition("-")
    given = {"title": title, "language": language, "region": region, "body": data}
    clean, replaced = cleaned(given)
    text = json.dumps(clean | {"replaced": replaced}, ensure_ascii=False)
    compiler = typst.Compiler(str(source), root=str(root), font_paths=fonts(), sys_inputs={"document": text})
    return compiler.compile(format="pdf", pdf_standards=[STANDARD])


def response(request: HttpRequest, pdf: bytes, name: str) -> HttpResponse:
    """The document over HTTP: known by its ETag, kept for one reader, opened or saved as `<name>.pdf`."""
    etag = f'"{hashlib.sha256(pdf).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse(pdf, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def cleaned(value: Any) -> tuple[Any, bool]:
    """The same data with text that can be drawn, and whether anything had to be replaced."""
    there = set().union(*map(set, _texts(value)))
    unknown = {char for char in there if not _can_draw(char)}
    table = {ord(char): _instead(char) for char in unknown}
    return _translated(value, table), any(table.values())


def _instead(char: str) -> str:
    """A control character goes; what stands for something leaves a mark."""
    return "" if unicodedata.category(char) in ("Cc", "Cf") else UNKNOWN


def _can_draw(char: str) -> bool:
    if char in FAMILIAR or char == "\n":
        return True
    if char in TURNS_ROUND or unicodedata.category(char) in ("Cc", "Cs"):
        return False
    return _is_drawn(char)


@functools.lru_cache(maxsize=20_000)
def _is_drawn(char: str) -> bool:
    source = b'#set document(title: "x")\n#set text(font: "Atkinson Hyperlegible Next")\n#sys.inputs.char'
    compiler = typst.Compiler(source, font_paths=fonts(), sys_inputs={"char": char})
    try:
        compiler.compile(format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError:
        return False
    return True


@functools.cache
def fonts() -> typst.Fonts:
    """The typeface of the pages, and those that come with the engine for other scripts. None of the machine's."""
    folder = Path(settings.BASE_DIR) / ".assets" / "built" / "fonts-ttf"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(folder)])


def _texts(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _translated(value: Any, table: Mapping[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {key: _translated(each, table) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(each, table) for each in value]
    return value
