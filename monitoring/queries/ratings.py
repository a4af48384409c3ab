"""The three ratings of a return: what the lead says, what the measures say, what the overseer says. Never merged.

Of a signed version the measures say what they said when it was signed, whatever came later; of any other, what the
figures known now say at the end of the round's period.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from commitments.choices import Lifecycle
from commitments.models import Commitment, Measure
from commitments.targets import Verdict
from monitoring.models import ProgressReturn, ReturnVersion
from monitoring.queries.books import LEAN, OpenBook, book_of, books_on, with_books, with_record
from monitoring.queries.measures import commitment_status, differs


@dataclass(frozen=True)
class TargetSaid:
    """A target and what came of it; no verdict where no machine reads it."""

    code: str
    measure: str
    wording: str
    verdict: Verdict | None
    sentence: str


@dataclass(frozen=True)
class Ratings:
    """`frozen`: as it was when the version was signed. rule: how a status follows from the targets."""

    lead: str
    overseer: str
    verdict: Verdict | None
    targets: list[TargetSaid]
    on: dt.date
    frozen: bool
    rule: str

    @property
    def rosier(self) -> bool:
        """The lead's rating is better than what the measures say."""
        return differs(self.lead, self.verdict) > 0

    @property
    def gloomier(self) -> bool:
        return differs(self.lead, self.verdict) < 0

    @property
    def against(self) -> list[TargetSaid]:
        """The targets that speak against a rosier lead, off track before slipping."""
        order = (Verdict.OFF_TRACK, Verdict.SLIPPING)
        return sorted(
            (each for each in self.targets if each.verdict in order), key=lambda each: order.index(each.verdict)
        )


def of_return(progress_return: ProgressReturn, version: ReturnVersion | None) -> Ratings:
    """One query. `version` is the one that the reader may read; without one the lead says nothing."""
    commitment = progress_return.commitment
    lead, overseer = rated(version), version.overseer_rating if version else ""
    on = progress_return.round.period_ends
    if version is not None and version.signed_off_at is not None:
        verdict = frozen_verdict(version.basis.get("status", {}).get("verdict"))
        rule = version.basis.get("commitment", {}).get("status_rule", commitment.status_rule)
        return Ratings(lead, overseer, verdict, _frozen(version.basis), on, True, rule)
    books = books_on(with_books(Commitment.objects.filter(pk=commitment.pk)).get())
    verdict = commitment_status(commitment, books, on).verdict
    return Ratings(lead, overseer, verdict, _live(books, on), on, False, commitment.status_rule)


def measures_say(returns: Collection[ProgressReturn]) -> dict[int, Verdict | None]:
    """What the figures known now say of returns that are not signed off, by their keys. One query, none of none."""
    if not returns:
        return {}
    found = with_books(Commitment.objects.filter(pk__in={row.commitment_id for row in returns}))
    books = {commitment.pk: books_on(commitment) for commitment in found}
    return {
        row.pk: commitment_status(row.commitment, books[row.commitment_id], row.round.period_ends).verdict
        for row in returns
    }


def rated(version: ReturnVersion | None) -> str:
    """The lead's rating; nothing where the commitment is not in progress, or there is nothing to report."""
    if version is None or version.is_nil or version.lifecycle != Lifecycle.IN_PROGRESS:
        return ""
    return version.rating


def frozen_verdict(kept: str | None) -> Verdict | None:
    """What the targets said when a version was signed off; none where none was kept."""
    return Verdict(kept) if kept else None


def _live(books: Sequence[OpenBook], on: dt.date) -> list[TargetSaid]:
    return [
        TargetSaid(
            book.measure.code,
            book.measure.title,
            each.target.wording,
            each.verdict,
            each.outcome.sentence if each.outcome else "",
        )
        for book in books
        for each in book.judged(on)
    ]


def _frozen(basis: dict) -> list[TargetSaid]:
    """As signed. Where figures of a measure hide today, its frozen sentences, which may name them, are not shown.

    The measures are asked for by what the basis names, since the commitment may have lost one meanwhile; of one that
    is no longer there nobody can tell what hides, so nothing is shown. One query.
    """
    codes = [measure["code"] for measure in basis.get("measures", [])]
    books = (
        [book_of(each) for each in with_record(Measure.objects.filter(code__in=codes), fields=LEAN)] if codes else []
    )
    hiding = dict.fromkeys(codes, "What its figures said is not shown: the measure is no longer kept.") | {
        book.measure.code: book.disclosure.text if book.disclosure.rows or book.disclosure.wholes else ""
        for book in books
    }
    found = []
    for measure in basis.get("measures", []):
        for target in measure.get("targets", []):
            outcome = target.get("outcome") or {}
            sentence = hiding[measure["code"]] or outcome.get("sentence", "")
            found.append(
                TargetSaid(
                    measure["code"],
                    measure["title"],
                    target["wording"],
                    frozen_verdict(outcome.get("verdict")),
                    sentence,
                )
            )
    return found
