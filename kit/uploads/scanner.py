"""The door for a virus scanner. STRIDE_SCANNER names a function of the body's own; without it nothing is scanned.

    def scan(file: BinaryIO, *, name: str, sha256: str) -> str:
        '''Empty when the file is clean, else what was found. Raises anything when the file could not be scanned.'''

The file stands at its beginning. It is only lent: the function must not close it or keep it.
"""

import logging
from typing import BinaryIO

from django.conf import settings
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)


def scan(file: BinaryIO, *, name: str, sha256: str) -> str:
    """The sentence that refuses the file; empty when it is clean or no scanner is set. What fails, refuses."""
    if not settings.STRIDE_SCANNER:
        return ""
    file.seek(0)
    try:
        found = import_string(settings.STRIDE_SCANNER)(file, name=name, sha256=sha256)
    except Exception:
        logger.exception("The scanner %s failed on %s", settings.STRIDE_SCANNER, sha256)
        return "The selected file could not be checked for viruses. Try again later."
    if not found:
        return ""
    logger.warning("The scanner found %s in %s", found, sha256)
    return "The selected file contains a virus."
