"""How an action stands on a day: with the board, aside, late, due within the week, or ahead. One answer for every page
and mail.
"""

import datetime as dt

from django.db import models

from boards.choices_records import ActionState
from boards.models import BoardAction

DUE_SOON = dt.timedelta(days=7)


class Standing(models.TextChoices):
    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due within 7 days"
    AHEAD = "ahead", "Due later"
    PARKED = "parked", "Parked"
    PROPOSED = "proposed", "Proposed for closure"
    CLOSED = "closed", "Closed"


# What its owner is asked for now. What is parked is not, nor what waits for the board.
DUE_NOW = (Standing.OVERDUE, Standing.DUE)


def standing(action: BoardAction, on: dt.date) -> Standing:
    """On the day that it is parked until, it is back; on the day it is due, it is not overdue yet."""
    if action.state != ActionState.OPEN:
        return Standing(action.state)
    if action.parked_until and action.parked_until > on:
        return Standing.PARKED
    if action.due < on:
        return Standing.OVERDUE
    return Standing.DUE if action.due <= on + DUE_SOON else Standing.AHEAD
