"""Typed targets that judge themselves. Pure: from facts and points to a verdict with its sentence, on any day."""

from .registry import KINDS, describe, evaluate, parse
from .series import Series
from .types import Better, MeasureFacts, Outcome, Point, TargetFacts, Verdict

__all__ = [
    "KINDS",
    "Better",
    "MeasureFacts",
    "Outcome",
    "Point",
    "Series",
    "TargetFacts",
    "Verdict",
    "describe",
    "evaluate",
    "parse",
]
