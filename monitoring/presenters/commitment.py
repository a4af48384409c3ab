"""A commitment over time, in words: the next step, ratings by round, earlier returns, and how its date moved."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from commitments.choices import Lifecycle, StatusRule
from commitments.models import Commitment
from commitments.targets.status import said
from kit.clock import local_date
from kit.tables import Cell, Column, Table
from monitoring import rules
from monitoring.choices import ReturnState, RoundState
from monitoring.models import ReportingRound, ReturnVersion
from monitoring.presenters.standings import notes, order, word
from monitoring.queries.history import Entry
from monitoring.queries.measures import Status
from monitoring.rules import say
from people.actor import Actor
from people.models import Post, Tenure


def role(post: Post, tenure: Tenure | None) -> dict:
    """A post and who holds it today, for the record header."""
    return {"post": post.title, "holder": tenure.person.name if tenure else None, "url": post.get_absolute_url()}


def next_step(commitment: Commitment, entries: Sequence[Entry], coming: ReportingRound | None, actor: Actor) -> str:
    """What happens next, in a sentence. Says no more of an unsigned return than the actor may read."""
    if entries and entries[0].round.state == RoundState.OPEN:
        return _open_step(entries[0], actor)
    if commitment.lifecycle in {Lifecycle.COMPLETE, Lifecycle.STOPPED}:
        return f"None. It is {commitment.get_lifecycle_display().lower()}."
    if coming:
        return f"Returns for {coming.label} open on {say(coming.opens_on)}."
    return "None until the next round opens."


def _open_step(entry: Entry, actor: Actor) -> str:
    row, round = entry.row, entry.round
    name = f"The {round.label} return"
    if row.state == ReturnState.EXEMPT:
        return f"None in {round.label}: it is exempt."
    if row.state == ReturnState.SIGNED_OFF:
        return f"None. {name} is signed off."
    if entry.standing.kind == "missing":
        return f"{name} is missing."
    tells = bool(rules.may_read_unsigned(actor, row))
    if tells and row.state == ReturnState.SUBMITTED:
        return f"{name} is with the overseer, to be signed off."
    if tells and row.first_submitted_at:
        return f"{name} is with the lead again."
    if actor.on <= round.due_on:
        return f"{name} is due by {say(round.due_on)}."
    if tells:
        return f"{name} is overdue. It was due by {say(round.due_on)}."
    return f"{name} was due by {say(round.due_on)} and is not signed off yet."


@dataclass(frozen=True)
class Past:
    """A round in the row of ratings."""

    label: str
    url: str
    kind: str
    notes: list[str]
    overseer: str
    expected: str


def past(entries: Sequence[Entry]) -> list[Past]:
    """The rounds, oldest first."""
    return [
        Past(
            label=entry.round.label,
            url=entry.row.get_absolute_url() if entry.row.is_readable else "",
            kind=entry.standing.kind,
            notes=[note for note in notes(entry.standing) if not note.startswith("Overseer")],
            overseer=entry.standing.overseer,
            expected=say(entry.version.expected_on) if entry.version and entry.version.expected_on else "",
        )
        for entry in reversed(entries)
    ]


def past_table(request: HttpRequest, commitment: Commitment, rounds: Sequence[Past]) -> Table:
    """The ratings over time as a file: a row for each round, as the page has a column for each."""
    return Table(
        request,
        caption="Rating over time",
        columns=[
            Column("label", "Round", lambda each: Cell(each.label)),
            Column("lead", "Lead", lambda each: Cell(word(each.kind), note=", ".join(each.notes))),
            Column("overseer", "Overseer", lambda each: Cell(word(each.overseer) if each.overseer else "")),
            Column("expected", "Expected to be complete", lambda each: Cell(each.expected)),
        ],
        rows=rounds,
        name=f"ratings-{commitment.strategy.slug}-{commitment.number}",
        sort_param="ratings-sort",
    )


# Earlier returns: a row for each signed version, and one for each round without any


@dataclass(frozen=True)
class Record:
    entry: Entry
    version: ReturnVersion | None

    @property
    def kind(self) -> str:
        if self.version is None:
            return self.entry.standing.kind
        return self.version.rating or ("nil" if self.version.is_nil else self.version.lifecycle)

    @property
    def url(self) -> str:
        if not self.entry.row.is_readable:
            return ""
        if self.version is None or self.version is self.entry.version:
            return self.entry.row.get_absolute_url()
        return reverse("monitoring:return_version", args=[self.entry.row.pk, self.version.number])


def records(entries: Sequence[Entry]) -> list[Record]:
    """Newest round first, and in it the newest version."""
    return [Record(entry, version) for entry in entries for version in entry.versions or (None,)]


def returns_table(request: HttpRequest, commitment: Commitment, rows: Sequence[Record]) -> Table:
    """The returns as the page shows them."""
    columns = [
        _round_column(),
        Column(
            "rating", "Rating", lambda row: Cell(word(row.kind), kind="rating", value=row.kind), lambda row: _order(row)
        ),
        Column("overseer", "Overseer’s rating", _overseer),
        Column("submitted", "Submitted by", _submitted, lambda row: row.version and row.version.submitted_at),
        Column("signed", "Signed off by", _signed, lambda row: row.version and row.version.signed_off_at),
        Column("version", "Version", _version),
    ]
    return _returns(request, commitment, rows, columns)


def returns_file(request: HttpRequest, commitment: Commitment, rows: Sequence[Record]) -> Table:
    """The same rows in the same order, with a column for each fact."""

    def fact(key: str, heading: str, of=None) -> Column:
        return Column(key, heading, lambda row: Cell(str((of or _attribute(key))(row.version)) if row.version else ""))

    columns = [
        _round_column(),
        Column("rating", "Rating", lambda row: Cell(word(row.kind)), lambda row: _order(row)),
        fact("overseer_rating", "Overseer’s rating", lambda version: version.get_overseer_rating_display()),
        fact("lead_post_title", "Lead"),
        fact("lead_name", "Holder of the lead", lambda version: version.lead_name or "Vacant"),
        fact("submitted_by_name", "Submitted by"),
        fact("on_behalf", "As a delegate", lambda version: "Yes" if version.on_behalf else "No"),
        fact("submitted", "Submitted on", lambda version: local_date(version.submitted_at).isoformat()),
        fact("overseer_post_title", "Overseer"),
        fact("overseer_name", "Signed off by"),
        fact("signed", "Signed off on", lambda version: local_date(version.signed_off_at).isoformat()),
        fact("expected_on", "Expected on", lambda version: version.expected_on or ""),
        fact("date_reason", "Why the date has moved"),
        fact("number", "Version"),
        fact("reopened_reason", "Why it was reopened"),
    ]
    return _returns(request, commitment, rows, columns)


def _returns(request: HttpRequest, commitment: Commitment, rows: Sequence[Record], columns: list[Column]) -> Table:
    return Table(
        request,
        caption="Returns",
        columns=columns,
        rows=rows,
        name=f"returns-{commitment.strategy.slug}-{commitment.number}",
        empty_text="No round has asked for a return yet. The strategy team opens the first one.",
    )


def _attribute(name: str):
    return lambda version: getattr(version, name)


def _round_column() -> Column:
    return Column(
        "round",
        "Round",
        lambda row: Cell(row.entry.round.label, url=row.url),
        lambda row: row.entry.round.period_starts,
    )


def _order(row: Record) -> int | None:
    return order(row.entry.standing) if row.version in (None, row.entry.version) else None


def _overseer(row: Record) -> Cell:
    if row.version is None or not row.version.overseer_rating:
        return Cell("")
    rating = row.version.overseer_rating
    return Cell(word(rating), kind="rating", value=rating, note="Differs" if rating != row.version.rating else "")


def _submitted(row: Record) -> Cell:
    version = row.version
    if version is None:
        return Cell("")
    whom = version.lead_post_title
    if version.on_behalf:
        whom = f"For the {version.lead_post_title} ({version.lead_name or 'vacant'})"
    return Cell(version.submitted_by_name, note=f"{whom}, {say(local_date(version.submitted_at))}")


def _signed(row: Record) -> Cell:
    version = row.version
    if version is None:
        return Cell("")
    return Cell(version.overseer_name, note=f"{version.overseer_post_title}, {say(local_date(version.signed_off_at))}")


def _version(row: Record) -> Cell:
    if row.version is None:
        return Cell("")
    newest = row.entry.version
    replaced = f"Replaced by version {newest.number}" if row.version is not newest else ""
    reopened = "Reopened: a new version is being written" if row.entry.standing.reopened and not replaced else ""
    return Cell(str(row.version.number), note=replaced or reopened)


# The date it is expected to be complete


# What its measures say together


@dataclass(frozen=True)
class MeasuresSay:
    """A verdict, empty where the rule gives none; the rule in a sentence; how many targets have which verdict."""

    verdict: str
    rule: str
    counts: str


RULES = {
    StatusRule.WORST_OF: "By its rule, the worst of its targets decides.",
    StatusRule.MAJORITY: "By its rule, it has the best verdict that more than half of its targets reach.",
    StatusRule.NONE: "Only counted, by its rule: its targets give it no status.",
}


def measures_say(commitment: Commitment, status: Status) -> MeasuresSay | None:
    """What the targets say together and by which rule; None for a commitment without targets."""
    if not status.read and not status.unread:
        return None
    verdicts = [verdict for verdict, count in status.counts.items() for _ in range(count)]
    counts = said(verdicts, "target") if verdicts else ""
    if status.unread:
        counts = f"{counts} No machine reads {status.unread}{' more' if verdicts else ' of its targets'}.".strip()
    verdict = status.verdict.value if status.verdict else ""
    return MeasuresSay(verdict, RULES[StatusRule(commitment.status_rule)], counts)


@dataclass(frozen=True)
class DateMove:
    label: str
    was: str
    now: str
    by: str
    reason: str


def date_moves(entries: Sequence[Entry]) -> list[DateMove]:
    """Each time that a signed-off return moved the expected date, oldest first."""
    versions = [(entry, entry.version) for entry in reversed(entries) if entry.version]
    return [
        DateMove(
            label=entry.round.label,
            was=say(version.expected_was),
            now=say(version.expected_on),
            by=moved_by((version.expected_on - version.expected_was).days),
            reason=version.date_reason,
        )
        for entry, version in versions
        if rules.date_moved(version)
    ]


def moved_by(days: int) -> str:
    """ "91 days later", "1 day earlier"."""
    size = abs(days)
    return f"{size} day{'' if size == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def date_sentence(commitment: Commitment, entries: Sequence[Entry]) -> str:
    """What was promised and what is expected now."""
    newest = next((entry.version for entry in entries if entry.version and entry.version.expected_on), None)
    promised = f"Promised by {say(commitment.due_on)}." if commitment.due_on else "The strategy promises no day."
    if newest is None:
        return f"{promised} No signed-off return says when it is expected."
    expected = newest.expected_on
    if commitment.due_on is None or expected == commitment.due_on:
        as_promised = " as promised" if commitment.due_on else ""
        return f"{promised} Expected on {say(expected)}{',' if as_promised else ''}{as_promised}."
    return f"{promised} Now expected on {say(expected)}, {moved_by((expected - commitment.due_on).days)}."


def dates_table(request: HttpRequest, commitment: Commitment, entries: Sequence[Entry]) -> Table:
    """The moves as a table."""
    columns = [
        Column("label", "Round", lambda move: Cell(move.label)),
        Column("was", "From", lambda move: Cell(move.was, kind="date")),
        Column("now", "To", lambda move: Cell(move.now, kind="date")),
        Column("by", "Moved", lambda move: Cell(move.by)),
        Column("reason", "Why", lambda move: Cell(move.reason)),
    ]
    return Table(
        request,
        caption="How the date moved",
        columns=columns,
        rows=date_moves(entries),
        name=f"dates-{commitment.strategy.slug}-{commitment.number}",
        sort_param="dates-sort",
        empty_text="No signed-off return has moved the date.",
    )
