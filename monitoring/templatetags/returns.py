"""Words of a return for templates."""

import datetime as dt

from django import template

from monitoring.choices import SECTION
from monitoring.models import ReturnVersion
from monitoring.presenters import returns as present
from monitoring.rules import say

register = template.Library()


@register.filter
def section_title(slug: str) -> str:
    """The title of a section."""
    return SECTION[slug].title


@register.filter
def submitted_line(version: ReturnVersion) -> str:
    """Who submitted a version and for whom."""
    return present.submitted_line(version)


@register.filter
def signed_line(version: ReturnVersion) -> str:
    """Who signed a version off."""
    return present.signed_line(version)


@register.filter
def kept_day(text: str) -> str:
    """A day that was kept as text with a signed return, in words."""
    return say(dt.date.fromisoformat(text))


@register.filter
def control_id(field: str) -> str:
    """Where a link has to land to answer a field."""
    return present.control_id(field)
