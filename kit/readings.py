"""Views that write down who read, although they are asked for with GET."""

from collections.abc import Callable
from typing import TypeVar

View = TypeVar("View", bound=Callable)


def notes_reading(view: View) -> View:
    """Mark a view that notes who read: those who only read are served outside their read-only transaction.

    Auditors stay in it: whoever checks leaves no trace.
    """
    view.notes_reading = True
    return view
