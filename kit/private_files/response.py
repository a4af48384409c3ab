"""A private file over HTTP, after a view has asked whether it may: streamed, in parts if asked, never executed."""

import logging
import re
from typing import BinaryIO

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from kit.private_files.keeping import open_
from kit.uploads.names import display_name

RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
# Some browsers show an empty window for a PDF in a sandbox, and some style their own viewer by this policy. So one that
# is shown gets the next best; papers with scripts are refused when they are uploaded.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
SHOWN = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
PDF = "application/pdf"

logger = logging.getLogger(__name__)


def file_response(
    request: HttpRequest, key: str, name: str, content_type: str, *, inline: bool = False
) -> HttpResponseBase:
    """The file under its display name. Only a PDF can be `inline`; all else is saved, whoever asks.

    Raises Http404 when the file is gone. Answers 304 to an ETag that still holds, 206 to one range, 416 to a wrong one.
    """
    inline = inline and content_type == PDF
    etag = f'"{key.rpartition("/")[2]}"'
    answer = get_conditional_response(request, etag=etag) or _whole_or_part(request, key, etag, content_type)
    answer["ETag"] = etag
    answer["Accept-Ranges"] = "bytes"
    answer["Cache-Control"] = "private, no-store"
    answer["Content-Disposition"] = content_disposition_header(not inline, display_name(name))
    answer["Content-Security-Policy"] = SHOWN if inline else SANDBOX
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def _whole_or_part(request: HttpRequest, key: str, etag: str, content_type: str) -> HttpResponseBase:
    try:
        file = open_(key)
    except FileNotFoundError as error:
        logger.exception("The private file %s is gone", key)
        raise Http404 from error
    size = file.size
    part = _range(request, etag, size)
    if part is None:
        answer = FileResponse(file, content_type=content_type)
        answer["Content-Length"] = size
        return answer
    first, last = part
    if first > last:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}, content_type="text/plain")
    file.seek(first)
    answer = FileResponse(_Slice(file, last - first + 1), content_type=content_type, status=206)
    answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Content-Length"] = last - first + 1
    return answer


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; last before first when there are none such. None for the whole file."""
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if request.method != "GET" or not asked or asked.groups() == ("", ""):
        return None
    if request.headers.get("If-Range", etag) != etag:
        return None
    first, last = asked.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, 0)
    if int(first) >= size or (last and int(last) < int(first)):
        return size, 0
    return int(first), min(int(last), size - 1) if last else size - 1


class _Slice:
    """The next bytes of a file, and no more."""

    def __init__(self, file: BinaryIO, left: int) -> None:
        self.file, self.left = file, left

    def read(self, most: int = -1) -> bytes:
        found = self.file.read(self.left if most < 0 else min(most, self.left))
        self.left -= len(found)
        return found

    def close(self) -> None:
        self.file.close()
