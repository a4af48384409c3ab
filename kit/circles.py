"""Trees stay trees: a trigger for models whose rows point at another row of the same table."""

import pgtrigger

# Asked after the whole statement, so that two rows may change places in one. The lock is for two sessions that each
# close one half of a circle at the same moment.
NO_CIRCLE = """
    IF NEW.{column} IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext('{table}'));
        IF EXISTS (
            WITH RECURSIVE above(id) AS (
                SELECT {column} FROM {table} WHERE id = NEW.id
                UNION SELECT r.{column} FROM {table} r JOIN above ON r.id = above.id
            ) SELECT 1 FROM above WHERE id = NEW.id
        ) THEN
            RAISE EXCEPTION '{sentence}' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
        END IF;
    END IF;
    RETURN NEW;
"""


def refuse_circle(name: str, sentence: str, *, table: str, column: str) -> pgtrigger.Trigger:
    """A row trigger: following `column` from a row never comes back to it.

    It is named no_circle; `name` is the constraint that the database's error gives, `sentence` what it says. It can be
    deferred, for writers that move many rows in several statements. Names are the database's own: `parent_id`.
    """
    return pgtrigger.Trigger(
        name="no_circle",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("id", column),
        timing=pgtrigger.Immediate,
        func=NO_CIRCLE.format(table=table, column=column, sentence=sentence, name=name),
    )
