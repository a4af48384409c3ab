"""The ledger: every change of a business row, written by database triggers that nothing in the application can skip.

`ledgered` puts a model on the ledger, whose tables take inserts only, and makes both refuse TRUNCATE; `refuse_change`
makes a model's own rows stay.
"""

import contextlib
from collections.abc import Iterator

import pghistory
import pgtrigger
from django.db import connections, models


def refuse_truncate() -> pgtrigger.Trigger:
    """A statement trigger: row triggers do not see TRUNCATE."""
    return pgtrigger.Trigger(
        name="refuse_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'STRIDE keeps %: it cannot be emptied.', TG_TABLE_NAME;",
    )


def refuse_change(name: str, sentence: str, *, condition: pgtrigger.Condition | None = None) -> pgtrigger.Trigger:
    """A row trigger that refuses UPDATE and DELETE, for all rows or those of the condition."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        condition=condition,
        func=f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'restrict_violation';",
    )


def ledgered(*, exclude: list[str] | None = None):
    """Class decorator: inserts, updates and deletes of the model go to its append-only event table.

    Emptying the table would go round that, so it is refused.
    """

    def decorate(model: type[models.Model]) -> type[models.Model]:
        if not any(trigger.name == "refuse_truncate" for trigger in getattr(model._meta, "triggers", [])):
            pgtrigger.register(refuse_truncate())(model)
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=exclude,
            append_only=True,
            meta={"triggers": [refuse_truncate()]},
        )(model)
        return model

    return decorate


@contextlib.contextmanager
def said(**words) -> Iterator[None]:
    """Ledger rows written inside carry the words, and those written after it do not.

    pghistory's own context, when it is inside another, stays on every row until the outer one ends.
    """
    with pghistory.context() as context:
        before = dict(context.metadata)
        context.metadata.update(words)
        try:
            yield
        finally:
            context.metadata.clear()
            context.metadata.update(before)


def remove_trigger_switch(using: str = "default", **kwargs) -> None:
    """After each migrate: pgtrigger's own off switch, a session setting, is answered with "no".

    Without this, any SQL session could say SET pgtrigger.ignore and walk round the ledger.
    """
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_proc WHERE proname = '_pgtrigger_should_ignore'")
        if cursor.fetchone():
            cursor.execute(
                "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
                "AS $$ BEGIN RETURN FALSE; END; $$ LANGUAGE plpgsql IMMUTABLE"
            )
