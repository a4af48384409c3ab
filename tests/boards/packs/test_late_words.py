"""A late paper's front sheet in the pack: who let it in, and why."""

import datetime as dt

import pytest

from boards.packing.item_parts import late_words
from tests.boards.packs.texts import words_of

pytestmark = pytest.mark.django_db


def test_the_pack_says_who_let_a_late_paper_in_and_why(world):
    world.add_paper(
        "estates",
        "Late one",
        "Zlate",
        is_late=True,
        late_permitted_at=dt.datetime(2022, 1, 18, 9, tzinfo=dt.UTC),
        late_permitted_name="Eleri Castleton",
        late_reason="It cannot wait.",
    )
    words = " ".join(words_of(world.build().files.get(audience="members")).split())
    assert "This paper came late. Eleri Castleton permitted it: It cannot wait." in words


def test_an_earlier_edition_says_what_it_knows():
    assert late_words({"late": True}) == "This paper came late, with the chair’s permission."
