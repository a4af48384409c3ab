"""What every page with a history of changes does: fifty entries a page, newest first, and all of them as CSV."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kit.history import Entry, Reader, Source, entries, groups
from kit.sheets import csv_response

A_PAGE = 50
HEADINGS = (
    "When",
    "Recorded by the database",
    "Who",
    "As",
    "Why",
    "Workbook",
    "Record",
    "Name",
    "What happened",
    "Field",
    "Before",
    "After",
)


def history_page(
    request: HttpRequest,
    *,
    sources: Sequence[Source],
    reader: Reader,
    caption: str,
    crumbs: Sequence[tuple[str, str]],
    name: str,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """The history of the sources. `name` is the file's; `extra` is more context, for the frame of the page."""
    found = groups(sources)
    if request.GET.get("download") == "history":
        return csv_response(f"{name}-history", HEADINGS, csv_rows(entries(found, reader)))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": "History of changes",
        "caption": caption,
        "crumbs": [*crumbs, ("History of changes", "")],
        "page": page,
        "entries": entries(page.object_list, reader),
        **(extra or {}),
    }
    return render(request, "kit/history_page.html", context)


def csv_rows(found: Iterable[Entry]) -> Iterator[list[str]]:
    """One line for each field that changed; one for a record of which nothing more is said."""
    for entry in found:
        moments = [f"{moment:%Y-%m-%d %H:%M}" for moment in (entry.when, entry.recorded)]
        told = [*moments, entry.who, entry.as_, entry.why, entry.workbook]
        for item in entry.items:
            done = [*told, item.word, item.name, item.verb]
            for change in item.changes:
                yield [*done, change.label, change.old, change.new]
            if not item.changes:
                yield [*done, "", "", ""]
