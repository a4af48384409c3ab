"""A building that is killed, at whatever point, leaves what was there before; so does a circulation."""

import pytest

from boards.models import MeetingAct, PackBuild, PackCopy, PackEdition, PackFile
from boards.services import pack_builder, packs
from kit import clock
from people.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("without_pdfs")]
EVERYWHERE = ("draft", "assemble", "store", "fingerprint")


class Killed(BaseException):
    """As the machine's own signal: nothing of ours catches it."""


def state() -> tuple:
    editions = PackEdition.objects.values_list("pk", "number", "manifest_sha256", "circulated_at")
    return list(editions), list(PackFile.objects.values_list("pk", "sha256")), PackCopy.objects.count()


@pytest.mark.parametrize("step", EVERYWHERE)
@pytest.mark.parametrize("after", [1, 3])
def test_a_building_that_is_killed_changes_nothing(world, monkeypatch, step, after):
    world.build()
    before = state()
    asked = packs.start(meeting=world.meeting, kind="replacement", double_sided=True, by=world.keeper, at=clock.now())
    count, real = [], getattr(pack_builder, step)

    def killed(*args, **more):
        count.append(step)
        if len(count) == after or step in ("draft", "fingerprint"):
            raise Killed
        return real(*args, **more)

    monkeypatch.setattr(pack_builder, step, killed)
    with pytest.raises(Killed):
        packs.build(build=asked, by=world.keeper)
    assert state() == before
    assert PackBuild.objects.get(pk=asked.pk).state == "building"


def test_one_that_was_given_up_writes_nothing_any_more(world, monkeypatch):
    asked = packs.start(meeting=world.meeting, kind="replacement", double_sided=False, by=world.keeper, at=clock.now())
    real = pack_builder._finished

    def given_up(*args):
        pack_builder.fail(build=asked, why="It took too long.", at=clock.now())
        return real(*args)

    monkeypatch.setattr(pack_builder, "_finished", given_up)
    assert packs.build(build=asked, by=world.keeper) is None
    assert state() == ([], [], 0)


@pytest.mark.parametrize("step", ["queue", "meet", "stamp"])
def test_a_circulation_that_is_killed_sends_nothing(world, monkeypatch, step):
    edition = world.build()
    world.meeting.milestones.create(product="pack", promise="p", due_at=clock.now(), explanation="e")
    before = state(), Message.objects.count(), MeetingAct.objects.count()

    def killed(*args, **more):
        raise Killed

    monkeypatch.setattr(packs, step, killed)
    with pytest.raises(Killed):
        world.circulate(edition)
    assert (state(), Message.objects.count(), MeetingAct.objects.count()) == before
