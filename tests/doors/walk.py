"""Every address that the service answers, by name, with namespaces; nameless ones by their route."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver


def names() -> set[str]:
    """The names that the table has to have a line for."""
    return set(_walk(get_resolver(), ()))


def _walk(resolver: URLResolver, spaces: tuple[str, ...]) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, entry.name or str(entry.pattern)))
        else:
            yield from _walk(entry, (*spaces, entry.namespace) if entry.namespace else spaces)
