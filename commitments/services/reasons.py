"""The reason of a change, for the ledger."""

import contextlib

import pghistory


def on_ledger(reason: str) -> contextlib.AbstractContextManager:
    """Every ledger row written inside carries the reason, when there is one."""
    return pghistory.context(reason=reason) if reason else contextlib.nullcontext()
