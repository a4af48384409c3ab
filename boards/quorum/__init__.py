"""Quorum as data that explains itself. Pure: from a rule, policies and presences to a finding with its sentence."""

from .check import problems
from .data import as_data, parse, parse_policies, policies_as_data
from .evaluate import Finding, Part, evaluate, quorate
from .forecast import Forecast, Outlook, forecast
from .items import ItemRule, items_as_data, parse_items, rule_for
from .people import COUNTING, Category, How, Presence, Seat
from .policies import Deputies, Policies
from .rules import (
    EVERYONE,
    THE_CHAIR,
    AllOf,
    AnyOf,
    AtLeast,
    Base,
    Present,
    Presides,
    Rounding,
    Rule,
    ShareOf,
    Who,
    chair_plus,
    only_grows,
)
from .words import describe, describe_policies

__all__ = [
    "COUNTING",
    "EVERYONE",
    "THE_CHAIR",
    "AllOf",
    "AnyOf",
    "AtLeast",
    "Base",
    "Category",
    "Deputies",
    "Finding",
    "Forecast",
    "How",
    "ItemRule",
    "Outlook",
    "Part",
    "Policies",
    "Presence",
    "Present",
    "Presides",
    "Rounding",
    "Rule",
    "Seat",
    "ShareOf",
    "Who",
    "as_data",
    "chair_plus",
    "describe",
    "describe_policies",
    "evaluate",
    "forecast",
    "items_as_data",
    "only_grows",
    "parse",
    "parse_items",
    "parse_policies",
    "policies_as_data",
    "problems",
    "quorate",
    "rule_for",
]
