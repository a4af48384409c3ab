"""One commitment: what was promised, and what happened since."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commitments.models import Commitment
from commitments.presenters import commitment_crumbs
from commitments.queries import commitment_detail
from monitoring.presenters import commitment as present
from monitoring.presenters import measures as present_measures
from monitoring.presenters.returns import parts
from monitoring.queries import history
from monitoring.queries.books import books_on, with_books
from monitoring.queries.measures import commitment_status
from monitoring.rules import may_run_rounds


@require_safe
def commitment(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/strategies/<strategy>/commitments/<number>/`."""
    actor = request.actor
    detail = commitment_detail(actor, slug, number, actor.on, with_books(Commitment.objects.all()))
    found = detail.commitment
    books = books_on(found)
    present_measures.tell(detail.measures, books, actor.on)
    entries = history.of_commitment(found, actor)
    records = present.records(entries)
    file = present.returns_file(request, found, records)
    dates = present.dates_table(request, found, entries)
    past = present.past_table(request, found, present.past(entries))
    for table in (file, dates, past):
        if table.wants_csv:
            return table.csv()
    coming = history.next_round(found, actor.on) if may_run_rounds(actor) else None
    latest = next((entry for entry in entries if entry.version), None)
    return render(
        request,
        "monitoring/commitment/commitment.html",
        {
            "detail": detail,
            "commitment": found,
            "strategy": found.strategy,
            "crumbs": commitment_crumbs(found),
            "lead": present.role(found.lead_post, detail.lead_holder),
            "overseer": present.role(found.overseer_post, detail.overseer_holder),
            "next_step": present.next_step(found, entries, coming, actor),
            "past": past.records,
            "past_csv": past.csv_url,
            "measures_say": present.measures_say(found, commitment_status(found, books, actor.on)),
            "today": actor.on,
            "latest": latest,
            "version": latest and latest.version,
            "parts": parts(latest.version) if latest and not latest.version.is_nil else [],
            "returns": present.returns_table(request, found, records),
            "dates": dates,
            "date_sentence": present.date_sentence(found, entries),
        },
    )
