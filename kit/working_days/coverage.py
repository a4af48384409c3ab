"""How far the bank holidays are known.

The package can compute any year, but the government moves and adds days by proclamation, and GOV.UK lists a year's days
about two years ahead. So we rely on the year of the release that is pinned and two more. A test fails when the pin
moves and these two do not.
"""

import datetime as dt

RELEASE = "0.109"  # of 2026
KNOWN_TO = 2028


def table_ends() -> int:
    """The last year whose bank holidays can be relied on."""
    return KNOWN_TO


def warns_on(today: dt.date) -> str:
    """A sentence from a year before the known bank holidays end, and nothing before that."""
    last = dt.date(KNOWN_TO, 12, 31)
    if today <= dt.date(KNOWN_TO - 1, 12, 31):
        return ""
    if today > last:
        return f"Bank holidays are known only to the end of {KNOWN_TO}. Dates after that may be wrong: update STRIDE."
    return f"Bank holidays are known to the end of {KNOWN_TO}. Update STRIDE before then, or later dates may be wrong."
