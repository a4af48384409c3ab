"""For the people and machines that keep the service running."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kit import ledger_health


@require_safe
@never_cache
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """The process can serve: each check by name, "ok" or what is wrong. 503 when one is not ok."""
    checks = {"database": _database(), "migrations": _migrations(), "ledger": _ledger(), "assets": _assets()}
    failing = [name for name, answer in checks.items() if answer != "ok"]
    return JsonResponse(
        {"status": "failing" if failing else "ok", "failing": failing, "checks": checks},
        status=503 if failing else 200,
    )


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return "ok"


def _migrations() -> str:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "cannot be read"
    return "ok" if not waiting else f"{len(waiting)} migrations have not been applied"


def _ledger() -> str:
    try:
        triggers = ledger_health.look()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_proc WHERE proname = '_pgtrigger_should_ignore' AND prosrc ILIKE '%setting%'"
            )
            switch = cursor.fetchone()[0]
    except DatabaseError:
        return "cannot be read"
    if triggers.off:
        return f"{triggers.off} triggers are switched off"
    if triggers.missing:
        return f"{triggers.missing} triggers are missing"
    if triggers.changed:
        return f"{triggers.changed} triggers are not what this version of STRIDE put there"
    return "triggers can be switched off by a session; run migrate" if switch else "ok"


def _assets() -> str:
    try:
        built = staticfiles_storage.url("stride/app.css") and (
            staticfiles_storage.exists("stride/app.css") or finders.find("stride/app.css")
        )
    except ValueError:  # the manifest does not know it
        built = False
    return "ok" if built else "the stylesheet has not been built"
