"""Building the pack of a meeting, and sending it out: the only doors of PackBuild, PackEdition and PackCopy.

`start` asks for an edition and has it made in a process of its own (see boards.services.pack_builder); `ask` and
`build` do so one after the other. `circulate` sends it. An edition comes to be with all its files in one transaction,
or not at all.
"""

import datetime as dt

from django.db import transaction

from boards import rules_packs as rules
from boards.choices import Product
from boards.choices_papers import PackKind
from boards.models import Meeting, MeetingAct, PackBuild, PackCopy, PackEdition
from boards.queries.packs import Served, served_by
from boards.services import pack_builder
from boards.services.agenda import locked
from boards.services.milestones import meet
from kit.verdict import Refusal, require
from people.actor import Actor
from people.services.acts import stamp
from people.services.outbox import queue

PROMISED = (Product.AGENDA, Product.PACK)


@transaction.atomic
def start(*, meeting: Meeting, kind: str, double_sided: bool, by: Actor, at: dt.datetime) -> PackBuild:
    """Have the next edition built, once this is committed. Raises Refusal, also while another is being built."""
    asked = ask(meeting=meeting, kind=kind, double_sided=double_sided, by=by, at=at)
    transaction.on_commit(lambda: pack_builder.launch(asked))
    return asked


@transaction.atomic
def ask(*, meeting: Meeting, kind: str, double_sided: bool, by: Actor, at: dt.datetime) -> PackBuild:
    """Ask for the next edition; the caller builds it. Raises Refusal, also while another is being built."""
    row = locked(meeting.pk)
    require(rules.may_build(by, row))
    for under_way in row.builds.select_for_update().filter(state__in=rules.UNDER_WAY):
        if not rules.has_died(under_way, at):
            raise Refusal("The pack is being built already. Wait until that is done.")
        pack_builder.fail(build=under_way, why=rules.DIED, at=at)
    if kind == PackKind.SUPPLEMENT and not row.packs.circulated().exists():
        raise Refusal("There is nothing to supplement: no edition has been circulated yet. Build the whole pack.")
    if not row.items.exists():
        raise Refusal("There is nothing on the agenda yet.")
    return PackBuild.objects.create(
        meeting=row,
        kind=kind,
        double_sided=double_sided,
        words="Waiting to start",
        asked_at=at,
        asked_by=by.name,
        asked_by_user_id=by.user_id,
        alive_at=at,
    )


def build(*, build: PackBuild, by: Actor) -> PackEdition | None:
    """Make the edition that was asked for. None when it failed; the build then says why."""
    return pack_builder.run(build.pk, by=by)


@transaction.atomic
def circulate(
    *,
    edition: PackEdition,
    message: str,
    by: Actor,
    at: dt.datetime,
    sure_of_stale: bool = False,
    sure_of_problems: bool = False,
) -> PackEdition:
    """Send the edition: each recipient gets the fullest file that is theirs, as a link by mail. Raises Refusal.

    What it is sent with may not name what not everybody may read.
    """
    meeting = locked(edition.meeting_id)
    row = PackEdition.objects.select_for_update().filter(pk=edition.pk).first()
    if row is None:
        raise Refusal("Another edition was built in its place while you had this one open. Circulate that one.")
    require(rules.may_circulate(by, meeting, row))
    served = served_by(row, meeting, by, at)
    require(
        rules.is_fit(
            readers=len(served.copies),
            stale=served.stale,
            left_out=[problem["text"] for problem in row.problems if problem["left_out"]],
            sure_of_stale=sure_of_stale,
            sure_of_problems=sure_of_problems,
        )
    )
    if named := served.kept_back(message):
        raise Refusal(f"The message names “{named}”, which not everybody who gets it may read. Leave it out.")
    row.circulated_at, row.circulated_by, row.message = at, by.name, message.strip()
    row.save(update_fields=["circulated_at", "circulated_by", "message"])
    _send(row, meeting, served, at)
    for milestone in meeting.milestones.filter(product__in=PROMISED, met_at__isnull=True):
        meet(milestone=milestone, came_at=at, by=by, at=at, note=f"Edition {row.number} of the pack")
    MeetingAct.objects.create(
        meeting=meeting,
        verb="pack_circulated",
        from_state=meeting.state,
        to_state=meeting.state,
        at=at,
        detail=f"Edition {row.number}, {row.get_kind_display().lower()}, to {len(served.copies)}",
        reason=row.message,
        **stamp(by),
    )
    return row


@transaction.atomic
def opened(*, copy: PackCopy, by: Actor, at: dt.datetime) -> None:
    """Record that somebody opened their own copy. Whoever only reads leaves no trace."""
    if by.is_auditor or by.person_id != copy.person_id:
        return
    row = PackCopy.objects.select_for_update().get(pk=copy.pk)
    row.first_opened_at = row.first_opened_at or at
    row.last_opened_at = at
    row.save(update_fields=["first_opened_at", "last_opened_at"])


def _send(edition: PackEdition, meeting: Meeting, served: Served, at: dt.datetime) -> None:
    for reader, file in served.copies:
        PackCopy.objects.create(
            edition=edition, file=file, person=reader.person, name=reader.person.name, seat=reader.seat, sent_at=at
        )
        queue(to=reader.person, kind="pack_circulated", context={"edition": edition, "meeting": meeting})
