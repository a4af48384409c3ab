"""Which round an agenda item reports on."""

from django.db import transaction

from boards import rules_progress as rules
from boards.models import AgendaItem, ItemProgress
from boards.services.agenda import noticed, opened
from kit.verdict import require
from monitoring.models import ReportingRound
from people.actor import Actor


@transaction.atomic
def choose(*, item: AgendaItem, round: ReportingRound, seen: int, by: Actor) -> ItemProgress:
    """Make the item the progress report of a round, in place of any other. Raises Refusal and Stale."""
    meeting = opened(item.meeting, seen, by)
    require(rules.may_report_on(round))
    progress, _ = ItemProgress.objects.update_or_create(item=item, defaults={"round": round})
    noticed(meeting=meeting)
    return progress


@transaction.atomic
def leave(*, item: AgendaItem, seen: int, by: Actor) -> None:
    """The item is no progress report any more. Raises Refusal and Stale."""
    meeting = opened(item.meeting, seen, by)
    ItemProgress.objects.filter(item=item).delete()
    noticed(meeting=meeting)
