"""Numbers that are given once: 1, 2, 3 … within a group of rows, without gaps or clashes, whoever writes.

The caller locks what the group belongs to (a board, a meeting), so that writers queue up; `next_number` counts. The
database checks it: a number that is not the next one is refused, two at the same moment by the unique constraint that
the model needs besides, and a number that was given neither changes nor goes.
"""

import pgtrigger
from django.db import models

NEXT = """
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'Number % was given. It stays.', OLD.number USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'UPDATE' THEN
        IF ({old}, OLD.number) IS DISTINCT FROM ({new}, NEW.number) THEN
            RAISE EXCEPTION 'Number % was given. It stays as it is.', OLD.number
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM {table} WHERE ({columns}) = ({new})) THEN
        RAISE EXCEPTION 'Number % is not the next one.', NEW.number
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
    END IF;
    RETURN NEW;
"""


def given_once(name: str, *, table: str, within: tuple[str, ...], stays: bool = True) -> pgtrigger.Trigger:
    """The trigger of a table with a column `number`, counted for each combination of the columns `within`.

    Names are the database's own: `board_id`. When not `stays`, rows may be deleted; the last number is then free again.
    """
    operation = pgtrigger.Insert | pgtrigger.Update
    return pgtrigger.Trigger(
        name="number_given_once",
        when=pgtrigger.Before,
        operation=operation | pgtrigger.Delete if stays else operation,
        func=NEXT.format(
            name=name,
            table=table,
            columns=", ".join(within),
            old=", ".join(f"OLD.{column}" for column in within),
            new=", ".join(f"NEW.{column}" for column in within),
        ),
    )


def next_number(rows: models.QuerySet) -> int:
    """The number after the last of the rows. The caller holds the lock of what they belong to."""
    return (rows.aggregate(last=models.Max("number"))["last"] or 0) + 1
