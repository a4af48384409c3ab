"""Twenty who record a decision at the same moment, each on a connection of their own."""

import pytest

from boards.models import Decision
from boards.services import decisions
from tests.monitoring.test_concurrency import at_once

WRITERS = 20


@pytest.mark.django_db(transaction=True)
def test_numbers_stay_unique_and_gapless_under_twenty_writers(items, keeper, now):
    """Two of them are refused, and leave no gap."""

    def write(at: int):
        text = f"Decision of writer {at}." if at % 10 else " "
        return lambda: decisions.record(item=items[at % 3], kind="noted", text=text, by=keeper, at=now)

    answers = at_once(*(write(at) for at in range(WRITERS)))
    refused = [answer for answer in answers if isinstance(answer, Exception)]
    assert [str(each) for each in refused] == ["Enter what was decided."] * 2
    numbers = sorted(Decision.objects.values_list("number", flat=True))
    assert numbers == list(range(1, WRITERS - 1))
    assert len({answer.reference for answer in answers if isinstance(answer, Decision)}) == WRITERS - 2
