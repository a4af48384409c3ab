"""Who may bring a plan in as a workbook, and whose exports hold e-mail addresses."""

from kit.verdict import ALLOWED, Verdict, refused
from people.actor import Actor
from people.models import Role


def may_import_plan(actor: Actor) -> Verdict:
    """Those who keep the plan."""
    if actor.has(Role.STRATEGY_TEAM, Role.ADMINISTRATOR):
        return ALLOWED
    return refused("Only the strategy team and administrators can import a plan workbook.")


def may_export_emails(actor: Actor) -> Verdict:
    """Those who keep the plan, and those who check it."""
    if actor.has(Role.STRATEGY_TEAM, Role.ADMINISTRATOR, Role.AUDITOR):
        return ALLOWED
    return refused("Only the strategy team, administrators and auditors get e-mail addresses in a plan workbook.")
