"""A board confirms the minutes of an earlier meeting, at the item where they are put to it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from boards import rules_minutes as rules
from boards.models import AgendaItem, Decision, Minutes
from boards.services import minutes as services
from kit.fields import in_words
from kit.verdict import Verdict
from people.actor import Actor

from .kinds import Effect, Target


def _put_here(actor: Actor, item: AgendaItem) -> list[Target]:
    rows = Minutes.objects.visible_to(actor).filter(put_at__item=item.pk).exclude(state="confirmed")
    return [Target(each.pk, f"Meeting of {in_words(each.meeting.day)}") for each in rows.select_related("meeting")]


def _may_confirm(actor: Actor, item: AgendaItem, key: int) -> Verdict:
    minutes = Minutes.objects.select_related("meeting").get(pk=key)
    return rules.may_confirm(actor, minutes, item, minutes.put_at.filter(item=item.pk).exists())


def _confirm(decision: Decision, key: int, params: Mapping[str, Any], by: Actor, at: dt.datetime) -> str:
    row = services.confirm(minutes=Minutes.objects.get(pk=key), decision=decision, by=by, at=at)
    return f"The minutes of {in_words(row.meeting.day)} are confirmed."


CONFIRM_MINUTES = Effect("confirm_minutes", "Confirm the minutes", _put_here, _may_confirm, _confirm)
