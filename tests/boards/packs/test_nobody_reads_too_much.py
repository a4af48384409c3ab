"""Whatever is restricted to whomever: each reads all of theirs in the file they get, and not a word of the others'."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boards.choices import Visibility
from boards.disclosure import Sight
from boards.packing.audience import audience_of
from boards.packing.gathering import gathered
from boards.queries.packs import file_for
from kit import clock
from tests.boards.packs.conftest import World, add_version
from tests.boards.packs.texts import words_of
from tests.factories.boards import AgendaItemFactory, MeetingFactory
from tests.factories.records import ClearedPaperFactory, PaperFactory

INNER = ("note", "paper", "money", "file", "wait")
PEOPLE = ("chair", "member", "adviser", "other_adviser", "attendee")


@dataclass(frozen=True)
class Restriction:
    """How an item is restricted: to whom it is put all the same, and who is recused from it."""

    visibility: str
    audience: frozenset[str]
    recused: frozenset[str]


people = st.frozensets(st.sampled_from(PEOPLE), max_size=3)
restrictions = st.builds(Restriction, st.sampled_from(list(Visibility.values)), people, people)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(agenda=st.lists(restrictions, min_size=1, max_size=2))
def test_each_reads_theirs_and_nothing_else(world: World, agenda):
    with transaction.atomic():
        words = _meeting(world, agenda)
        edition = world.build()
        files, texts = list(edition.files.all()), {}
        audience = _audience(world)
        for reader in audience.recipients:
            sights = audience.sights[reader.person.pk]
            file = file_for(reader, files, sights)
            assert file, "everybody gets a file that is theirs"
            text = texts.setdefault(file.pk, words_of(file))
            for item, (title, cover, inner) in words.items():
                sight = sights.get(item, 0)
                assert (title in text) == (sight >= Sight.TITLE)
                if sight == Sight.COVER_TITLE:
                    assert cover in text
                for word in inner:
                    assert (word in text) == (sight == Sight.WHOLE), (reader.person, word, sight)
            assert "Xbrief" not in text, "a paper to follow is told by its title only"
        transaction.set_rollback(True)


def _meeting(world: World, agenda) -> dict[int, tuple[str, str, tuple[str, ...]]]:
    """The words of each item: its title, the one that others see, and all that is inside."""
    world.meeting = MeetingFactory(board=world.board, on=dt.date(2022, 3, 8))
    words = {}
    for number, each in enumerate(agenda):
        letter = "ABC"[number] * 3
        title, cover = f"Xtitle{letter}", f"Xcover{letter}"
        item = AgendaItemFactory(
            meeting=world.meeting, title=title, cover_title=cover, note=f"Xnote{letter}", visibility=each.visibility
        )
        for name in sorted(each.audience):
            item.audience.create(person=getattr(world, name))
        world.items[letter] = item
        for name in sorted(each.recused):
            _recuse(world, getattr(world, name), item)
        paper = ClearedPaperFactory(item=item, title=f"Xpaper{letter}", financial=f"Xmoney{letter}")
        add_version(paper, f"Xfile{letter}")
        PaperFactory(item=item, title=f"Xwait{letter}", brief=f"Xbrief{letter}", financial=f"Xbrief{letter}")
        words[item.pk] = (title, cover, tuple(f"X{what}{letter}" for what in INNER))
    return words


def _recuse(world: World, person, item) -> None:
    row, _ = world.meeting.attendances.get_or_create(person=person, defaults={"category": "internal", "label": "x"})
    world.meeting.declarations.create(attendance=row, item=item, text="A share", outcome="not_sent")


def _audience(world: World):
    found = gathered(world.meeting, world.keeper, clock.now())
    return audience_of(world.meeting, found.items, list(found.earlier.values()))
