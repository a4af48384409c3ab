"""The id of the request being served, for log lines and the ledger."""

import contextvars
import logging

current: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="-")


class RequestIdFilter(logging.Filter):
    """Puts the request's id on each log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        # Django writes of a response after the middleware has ended, and gives the request with it.
        record.request_id = getattr(getattr(record, "request", None), "id", None) or current.get()
        return True
