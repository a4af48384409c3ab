"""Every word that is anywhere in a PDF: its text, outline, metadata, tags, names and embedded files."""

import io
import subprocess
from typing import Any

import pikepdf

from boards.models import PackFile
from kit.private_files import read


def words_of(file: PackFile) -> str:
    """The text of all pages, then every string of every object, all streams unpacked."""
    pdf = read(file.key)
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        found = [text]
        for each in opened.objects:
            found += _strings(each)
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") != pikepdf.Name.Image:
                found.append(each.read_bytes().decode("latin-1"))
        return "\n".join(found)


def outline_of(file: PackFile) -> list[str]:
    """Titles of bookmarks, each with as many > before it as it is deep."""
    with pikepdf.open(io.BytesIO(read(file.key))) as opened, opened.open_outline() as outline:
        return list(_titles(outline.root, ""))


def _titles(items: Any, before: str):
    for item in items:
        yield f"{before}{item.title}"
        yield from _titles(item.children, f"{before}>")


def _strings(found: Any) -> list[str]:
    if isinstance(found, pikepdf.String):
        return [str(found)]
    if isinstance(found, pikepdf.Name):
        return [str(found)]
    if isinstance(found, pikepdf.Array):
        return [text for each in found if not _indirect(each) for text in _strings(each)]
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        keys = list(found.keys())
        return keys + [text for key in keys if not _indirect(found[key]) for text in _strings(found[key])]
    return []


def _indirect(found: Any) -> bool:
    return isinstance(found, pikepdf.Object) and found.is_indirect
