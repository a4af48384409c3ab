"""Charts over HTTP: the picture, and its figures as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from kit.sheets import csv_response as csv_file

from . import render
from .build import RECORD_HEADINGS
from .types import Chart

# Opened by itself, the picture may use the style and the typeface that it carries, and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox"


def svg_response(request: HttpRequest, spec: dict[str, Any]) -> HttpResponse:
    """The picture, or "not modified" without drawing it when the reader has it already.

    Browsers may keep it for one reader and ask each time: who may see a figure can change.
    """
    etag = f'"{render.digest(spec)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(render.svg(spec), content_type="image/svg+xml; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    return response


def chart_response(request: HttpRequest, chart: Chart) -> HttpResponse:
    """A chart's picture. The address with `?width=narrow` is the one for small screens."""
    return svg_response(request, chart.narrow if request.GET.get("width") == "narrow" else chart.spec)


def csv_response(chart: Chart) -> HttpResponse:
    """A chart's figures, one a row, without those that are hidden."""
    return csv_file(chart.name, RECORD_HEADINGS, chart.records)
