"""The summary of decisions and actions: what a meeting decided, sent out at once, provisional and numbered.

What was sent stays. Where something of it is corrected, a new one goes out and the old one is superseded.
"""

import datetime as dt

from django.db import transaction

from boards import rules_decisions as rules
from boards.choices import Product
from boards.models import Meeting, MeetingAct, Summary
from boards.queries.decisions import is_confirmed
from boards.queries.summaries import Addressee, addressees, body_of
from boards.services import milestones
from boards.services.locks import locked_board
from kit import clock
from kit.numbers import next_number
from kit.verdict import require
from people.actor import Actor
from people.services.acts import stamp
from people.services.outbox import queue

# A summary holds both products of the service level.
PRODUCTS = (Product.SUMMARY, Product.ACTIONS)
LONGEST_REASON = Summary._meta.get_field("because").max_length


@transaction.atomic
def circulate(*, meeting: Meeting, by: Actor, at: dt.datetime, because: str = "") -> Summary:
    """Freeze the summary as the next number and send its link to members and to owners of actions. Raises Refusal.

    The mails hold no word of what was decided: the page asks of each line whether its reader may see it.
    """
    locked_board(meeting.board_id)
    row = Meeting.objects.select_related("board").get(pk=meeting.pk)
    body, last = body_of(row), row.summaries.first()
    require(rules.may_record(by, row, is_confirmed(row), at))
    require(rules.says_something_new(row, body, last.body if last else None))
    going = addressees(row, clock.local_date(at))
    made = Summary.objects.create(
        meeting=row,
        number=next_number(row.summaries.all()),
        body=body,
        sent_to=[{"name": each.person.name, "as": each.standing} for each in going],
        circulated_at=at,
        circulated_by=by.name,
        because=because.strip()[:LONGEST_REASON],
    )
    for each in going:
        _write(each, made)
    MeetingAct.objects.create(
        meeting=row,
        verb="summary_sent",
        from_state=row.state,
        to_state=row.state,
        at=at,
        detail=f"Summary {made.number} of decisions and actions, to {len(going)}",
        **stamp(by),
    )
    for due in row.milestones.filter(product__in=PRODUCTS, met_at__isnull=True):
        milestones.meet(milestone=due, came_at=at, by=by, at=at)
    return made


def follow(*, meeting: Meeting, because: str, by: Actor, at: dt.datetime) -> Summary | None:
    """A new summary, when one went out before and says something else. The caller holds the transaction."""
    last = meeting.summaries.first()
    if last is None or last.body == body_of(meeting):
        return None
    return circulate(meeting=meeting, by=by, at=at, because=because)


def _write(addressee: Addressee, summary: Summary) -> None:
    queue(to=addressee.person, kind="board_summary", context={"summary": summary, "addressee": addressee})
