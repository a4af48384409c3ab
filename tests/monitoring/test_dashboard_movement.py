"""How a commitment moved, for every pair of what a return can say."""

import pytest

from monitoring.presenters.dashboard import HEADINGS
from monitoring.presenters.standings import ORDER
from monitoring.queries.dashboard import KINDS, MOVEMENTS, movement

# Rows: the round before; columns: the round shown. "-" is no return expected; as a movement it is not listed at all.
TABLE = """
before       -    green     amber     red       complete  paused    stopped   not_started nil exempt missing awaited
-            -    new       new       new       completed new       new       new         nil exempt missing awaited
green        gone unchanged worsened  worsened  completed changed   changed   changed     nil exempt missing awaited
amber        gone improved  unchanged worsened  completed changed   changed   changed     nil exempt missing awaited
red          gone improved  improved  unchanged completed changed   changed   changed     nil exempt missing awaited
complete     gone changed   changed   changed   unchanged changed   changed   changed     nil exempt missing awaited
paused       gone changed   changed   changed   completed unchanged changed   changed     nil exempt missing awaited
stopped      gone changed   changed   changed   completed changed   unchanged changed     nil exempt missing awaited
not_started  gone changed   changed   changed   completed changed   changed   unchanged   nil exempt missing awaited
nil          gone new       new       new       completed new       new       new         nil exempt missing awaited
exempt       gone new       new       new       completed new       new       new         nil exempt missing awaited
missing      gone new       new       new       completed new       new       new         nil exempt missing awaited
awaited      gone new       new       new       completed new       new       new         nil exempt missing awaited
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CASES = [(row[0], now, wanted) for row in ROWS for now, wanted in zip(HEAD[1:], row[1:], strict=True)]


def _said(word: str) -> str | None:
    return None if word == "-" else word


@pytest.mark.parametrize(("before", "now", "wanted"), CASES)
def test_movement(before, now, wanted):
    assert movement(_said(before), _said(now)) == _said(wanted)


def test_the_table_above_is_whole():
    assert {before for before, _, _ in CASES} == {now for _, now, _ in CASES} == {"-", *KINDS}
    assert {wanted for _, _, wanted in CASES} == {"-", *MOVEMENTS}


def test_every_movement_has_its_words_and_every_standing_its_place():
    assert set(HEADINGS) == set(MOVEMENTS)
    assert set(ORDER) == set(KINDS)
