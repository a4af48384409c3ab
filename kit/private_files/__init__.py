"""Private files, named by their content: the same bytes are kept once, and nobody can guess or change what is there.

    key = store(upload, checked.sha256, checked.suffix)
    return file_response(request, key, paper.file_name, checked.content_type)

A folder by default, an S3-compatible store where STORAGE_URL names one. No URL serves either: a view that has asked
who may read does.
"""

from .keeping import exists, is_sound, open_, read, store, tidy
from .response import file_response

__all__ = ["exists", "file_response", "is_sound", "open_", "read", "store", "tidy"]
