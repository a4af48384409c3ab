"""An edition keeps the report as it was, on its pages and in its file."""

import datetime as dt

import pytest

from boards.models import PackEdition
from boards.queries.packs import pack_page
from boards.services import packs
from kit import charts, clock
from kit.private_files import read
from tests.factories.commitments import CommitmentFactory
from tests.factories.monitoring import ObservationFactory, play, reopen
from tests.pdf_text import text_of

pytestmark = pytest.mark.django_db


def built(told, actor) -> PackEdition:
    asked = packs.start(meeting=told.meeting, kind="replacement", double_sided=False, by=actor, at=clock.now())
    edition = packs.build(build=asked, by=actor)
    asked.refresh_from_db()
    assert edition, asked.problem
    return edition


def kept(told, edition: PackEdition) -> dict:
    (item,) = [each for each in edition.files.get(audience="full").manifest["items"] if each["key"] == told.item.pk]
    return item["progress"]


def test_frozen_means_frozen(told, secretariat, actor_of):
    actor = actor_of(secretariat)
    edition = built(told, actor)
    before, file = kept(told, edition), read(edition.files.get(audience="full").key)
    row = reopen(told.round.returns.get(commitment=told.first), on=clock.today())
    play(told.first, told.round, on=clock.today(), rating="green", rating_reason="All is well again.")
    assert row.versions.count() == 2
    figure = told.measure.observations.get(period_starts=dt.date(2021, 10, 1))
    ObservationFactory(
        measure=told.measure,
        about=figure.period_starts,
        value=90,
        revision=2,
        reason="Late forms.",
        entered_at=clock.now(),
    )
    type(told.strategy).objects.filter(pk=told.strategy.pk).update(title="Another title")
    edition = PackEdition.objects.get(pk=edition.pk)
    assert kept(told, edition) == before
    assert read(edition.files.get(audience="full").key) == file
    assert before["returns"][0]["rating"] == ["amber", "Amber"]
    again = kept(told, built(told, actor))
    assert again["returns"] == []
    assert again["strategy"]["title"] == "Another title"


def test_what_changes_nothing_here_makes_no_pack_stale(told, secretariat, actor_of):
    actor = actor_of(secretariat)
    first = kept(told, built(told, actor))
    CommitmentFactory(number=7)  # of another strategy
    assert kept(told, built(told, actor)) == first


def test_what_would_be_built_now_is_compared_without_drawing_a_picture(told, secretariat, actor_of, monkeypatch):
    actor = actor_of(secretariat)
    edition = built(told, actor)
    pictures = [kept(told, edition)["counts"]["chart"], *kept(told, edition)["measures"]["charts"]]
    assert any(each and each["svg"].startswith("<svg") for each in pictures)
    monkeypatch.setattr(charts, "svg", lambda spec: pytest.fail("A picture was drawn."))
    assert pack_page(told.meeting, actor, clock.now()).stale == []
    figure = told.measure.observations.get(period_starts=dt.date(2021, 10, 1))
    ObservationFactory(
        measure=told.measure,
        about=figure.period_starts,
        value=90,
        revision=2,
        reason="Late forms.",
        entered_at=clock.now(),
    )
    (said,) = pack_page(told.meeting, actor, clock.now()).stale
    assert said.endswith(": the progress report was drawn again.")


def test_the_file_has_it(told, secretariat, actor_of):
    text = text_of(read(built(told, actor_of(secretariat)).files.get(audience="full").key))
    for said in ("Both posts are advertised.", "1 October 2021 to 31 December 2021", "It is worse than it looks."):
        assert said in text
