"""The reason of a change, for the ledger."""

import contextlib

from kit.ledger import said


def on_ledger(reason: str) -> contextlib.AbstractContextManager:
    """Every ledger row written inside carries the reason, when there is one."""
    return said(reason=reason) if reason else contextlib.nullcontext()
