"""From a meeting to an edition with all its files."""

import pytest

from boards.choices_papers import AudienceKind

pytestmark = pytest.mark.django_db


def test_each_group_gets_a_file_of_what_it_commonly_sees(world):
    edition = world.build()
    files = {(file.audience, file.label) for file in edition.files.all()}
    assert files == {
        ("full", "Full pack"),
        ("members", "Members"),
        ("external", "External members"),
        ("observers", "Observers"),
    }
    full = edition.files.get(audience=AudienceKind.FULL)
    assert full.marking == "sensitive_personal"
    assert edition.files.get(audience=AudienceKind.EXTERNAL).marking == "official"
