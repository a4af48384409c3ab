"""What a decision does besides being recorded: it opens another record's own door, in the same transaction.

A kind of effect is an Effect that was registered while the application started (boards.apps lists who registers). Its
`carry_out` calls that door and answers a sentence; where the door refuses, nothing is kept, the decision included.
"""

from .carrying import carry_out, lock_for, mandate_of, may
from .kinds import Asked, Choice, Effect, Target, choices, chosen, effect_of, register

__all__ = [
    "Asked",
    "Choice",
    "Effect",
    "Target",
    "carry_out",
    "choices",
    "chosen",
    "effect_of",
    "lock_for",
    "mandate_of",
    "may",
    "register",
]
