"""The one place that asks what day it is.

The demonstration and the tests may stand still on a day (`settings.STRIDE_TODAY`); production never does.
"""

import contextlib
import contextvars
import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

_stopped: contextvars.ContextVar[dt.datetime | None] = contextvars.ContextVar("stopped_clock", default=None)


def now() -> dt.datetime:
    """The moment, aware, in the body's time zone."""
    stopped = _stopped.get()
    if stopped is not None:
        return stopped
    real = timezone.localtime(timezone.now())
    if settings.STRIDE_TODAY is None:
        return real
    return timezone.make_aware(dt.datetime.combine(settings.STRIDE_TODAY, real.time()))


def today() -> dt.date:
    """The day, in the body's time zone."""
    return now().date()


def local_date(moment: dt.datetime) -> dt.date:
    """The day a moment falls on, in the body's time zone."""
    return timezone.localtime(moment).date()


@contextlib.contextmanager
def standing_at(moment: dt.date | dt.datetime) -> Iterator[None]:
    """Stop the clock at a moment (nine in the morning when only a day is given), for tests and examples."""
    if not isinstance(moment, dt.datetime):
        moment = dt.datetime.combine(moment, dt.time(9, 0))
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)
