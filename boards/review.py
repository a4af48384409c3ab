"""When terms of reference are to be looked at again."""

import datetime as dt

from boards.models import Terms
from kit.periods import add_months


def review_due(terms: Terms) -> dt.date | None:
    """So many months after they were last reviewed or approved, whichever is later; None for a draft."""
    if terms.approved_on is None:
        return None
    return add_months(max(filter(None, (terms.reviewed_on, terms.approved_on))), terms.review_every_months)
