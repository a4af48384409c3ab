"""Two people, one list: a text that changes whenever one of the rows does."""

from collections.abc import Iterable

from boards.models import Duty, ServiceLevel
from kit import stale


def parts_token(parts: Iterable[Duty | ServiceLevel]) -> str:
    """For the duties or service levels of terms as they are: see kit.stale."""
    return ".".join(stale.token(part, _fields(part))[:12] for part in sorted(parts, key=lambda part: part.pk or 0))


def _fields(part: Duty | ServiceLevel) -> list[str]:
    return [each.name for each in part._meta.concrete_fields if each.name not in ("id", "terms")]
