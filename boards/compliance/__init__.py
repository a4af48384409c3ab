"""How well boards kept to their own terms, year by year. Pure: from plain rows to figures with their sentences.

record = judge(rows, board, Year(2021), today=clock.today())
record.figures["papers"].sentence
"""

from .figures import Figure, Outcome
from .judge import HEADLINES, Record, judge
from .rows import BoardRow, DutyRow, DutyTally, MeetingRow, ProductTally, Rows, SeatTally, TermsRow
from .years import Year, years_of

__all__ = [
    "HEADLINES",
    "BoardRow",
    "DutyRow",
    "DutyTally",
    "Figure",
    "MeetingRow",
    "Outcome",
    "ProductTally",
    "Record",
    "Rows",
    "SeatTally",
    "TermsRow",
    "Year",
    "judge",
    "years_of",
]
