"""The plan workbook's pages: upload and check, confirm, download."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from commitments.forms_workbook import WorkbookConfirmForm, WorkbookUploadForm
from commitments.models import Strategy
from commitments.rules_workbook import may_export_emails, may_import_plan
from commitments.services import workbook
from commitments.services.workbook import pending
from kit.edit_pages import form_page, insist

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Where the session keeps the name of the file that waits for a confirmation.
WAITING = "plan_workbook"
NAME_LENGTH = 100
LISTED = 100  # rows of a kind that a page lists; the rest is counted
SUMMED_UP = 10  # problems that the summary at the top repeats
TOO_OLD = "You checked this workbook too long ago, or checked another one since. Select it again"


@form_page
def upload(request: HttpRequest) -> HttpResponse:
    """Ask for a workbook; check it and show what it would change; import it once that is confirmed."""
    insist(may_import_plan(request.actor))
    if request.method != "POST":
        return _upload_page(request, WorkbookUploadForm())
    if "token" in request.POST:
        return _confirm(request)
    form = WorkbookUploadForm(request.POST, request.FILES)
    return _check(request, form) if form.is_valid() else _upload_page(request, form)


@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """A strategy as a workbook."""
    strategy = get_object_or_404(Strategy.objects.visible_to(request.actor), slug=slug)
    try:
        content = workbook.export_xlsx(strategy=strategy, with_emails=bool(may_export_emails(request.actor)))
    except workbook.CannotExport as error:
        messages.error(request, str(error))
        return redirect(strategy)
    return _download(content, f"{slug}.xlsx")


@require_safe
def empty(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in."""
    return _download(workbook.empty_xlsx(), "empty-plan.xlsx")


def _check(request: HttpRequest, form: WorkbookUploadForm) -> HttpResponse:
    files = [(file.name[-NAME_LENGTH:], file.read()) for file in form.cleaned_data["workbook"]]
    _forget(request)
    report = workbook.check_workbook(source=workbook.load_plan_files(files))
    if report.problems or not report.changes:
        return _finish(request, report)
    request.session[WAITING] = pending.keep(files=files)
    return _review_page(request, report)


def _confirm(request: HttpRequest) -> HttpResponse:
    try:
        held = pending.read_token(
            token=request.POST["token"], user_id=request.user.pk, file=request.session.get(WAITING, "")
        )
        source = workbook.load_plan_files(pending.read(file=held.file))
    except pending.Gone:
        return _upload_page(request, WorkbookUploadForm(), refusal=TOO_OLD)
    report = workbook.check_workbook(source=source)
    if report.problems or not report.changes:
        return _finish(request, report)
    form = WorkbookConfirmForm(request.POST, asks_reason=report.asks_reason)
    if not form.is_valid():
        return _review_page(request, report, form)
    report = workbook.import_workbook(
        source=source, by=request.actor, reason=form.cleaned_data.get("reason", ""), expected=held.fingerprint
    )
    if report.refusal:
        form.add_error(None, report.refusal)
        return _review_page(request, report, form)
    return _finish(request, report)


def _finish(request: HttpRequest, report: workbook.Report) -> HttpResponse:
    """Say what came of a workbook that waits no longer."""
    _forget(request)
    if report.problems:
        return _upload_page(request, WorkbookUploadForm(), report)
    if not report.applied:
        messages.info(request, f"STRIDE has all of {report.name} already. Nothing was changed.")
        return redirect("commitments:workbook_upload")
    messages.success(
        request,
        f"Imported {report.name}: {workbook.counted(report.changes.added, 'row')} added, "
        f"{report.changes.changed:,} changed.",
    )
    return redirect("monitoring:strategy", report.slug)


def _upload_page(
    request: HttpRequest, form: WorkbookUploadForm, report: workbook.Report | None = None, refusal: str = ""
) -> HttpResponse:
    page = {
        "form": form,
        "report": report,
        "more": report.problems.total - len(report.problems.shown) if report else 0,
        "summary": _summary(report) if report else [{"message": refusal, "target": ""}] if refusal else [],
        "guide": workbook.guide(),
        "most": settings.WORKBOOK_MAX_BYTES // 1024 // 1024,
    }
    return render(
        request, "commitments/workbook/upload.html", page, status=422 if form.errors or page["summary"] else 200
    )


def _summary(report: workbook.Report) -> list[dict[str, str]]:
    """For the top of the page: how many problems, and the first of them, each leading to its row below."""
    total = workbook.counted(report.problems.total, "problem")
    first = [
        {"message": f"{problem.place}: {problem.message}", "target": f"problem-{number}"}
        for number, problem in enumerate(report.problems.shown[:SUMMED_UP], start=1)
    ]
    return [{"message": f"{total} in {report.name}. Nothing was changed", "target": "problems"}, *first]


def _review_page(
    request: HttpRequest, report: workbook.Report, form: WorkbookConfirmForm | None = None
) -> HttpResponse:
    """What would change, with a fresh token for exactly that."""
    page = {
        "form": form or WorkbookConfirmForm(asks_reason=report.asks_reason),
        "report": report,
        "sheets": report.changes.sheets,
        "listed": f":{LISTED}",
        "most": LISTED,
        "token": pending.token_for(
            file=request.session[WAITING],
            fingerprint=report.changes.fingerprint,
            user_id=request.user.pk,
        ),
    }
    return render(request, "commitments/workbook/review.html", page, status=422 if page["form"].errors else 200)


def _forget(request: HttpRequest) -> None:
    pending.drop(file=request.session.pop(WAITING, ""))


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
