"""Days and numbers in words, for every page about rounds and returns."""

import datetime as dt


def many(count: int, one: str, more: str = "") -> str:
    """`many(1, "return")` is "1 return", `many(3, "return")` is "3 returns"."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def left(day: dt.date, on: dt.date) -> str:
    """How far a day is: "6 days left", "Due today", "2 days late"."""
    days = (day - on).days
    if days == 0:
        return "Due today"
    return f"{many(days, 'day')} left" if days > 0 else f"{many(-days, 'day')} late"


def away(day: dt.date, on: dt.date) -> str:
    """How far a day is, for something that happens on it: "today", "in 3 days", "3 days ago"."""
    days = (day - on).days
    if days == 0:
        return "today"
    return f"in {many(days, 'day')}" if days > 0 else f"{many(-days, 'day')} ago"


def short(day: dt.date) -> str:
    """A day in a table: 5 Jul 2021."""
    return f"{day.day} {day:%b %Y}"


def listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
