"""Rows and columns out as CSV, safe to open in a spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The value as text; a text that a spreadsheet would run as a formula gets an apostrophe in front.

    Source: OWASP, "CSV injection". Numbers keep their sign, also those that come as text.
    """
    if value is None:
        return ""
    text = str(value)
    if not text.startswith(FORMULA_STARTS) or NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def csv_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A CSV download in UTF-8 with a byte order mark, which spreadsheets need to read accents right."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    response = HttpResponse("﻿" + buffer.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
