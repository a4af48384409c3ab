"""Why a pack that was built is no longer what would be built now, in sentences for whoever runs the meeting."""

from boards.choices_papers import AudienceKind
from boards.models import PackEdition
from boards.packing import changes
from boards.packing.audience import Recipient, Sights, is_recused
from boards.packing.planning import EditionDraft
from kit.working_days import listed


def reasons(edition: PackEdition, now: EditionDraft) -> list[str]:
    """Nothing while it is up to date. `now` is the same edition as it would be built at this moment. One query."""
    full = edition.files.get(audience=AudienceKind.FULL).manifest
    after = now.files[0].manifest
    there = {item["key"] for item in after["items"]}
    found = changes.of_meeting(full["meeting"], after["meeting"])
    found += changes.of_items(full["items"], after["items"], there)
    return [change["text"] for change in found] + _of_people(edition, now)


def _of_people(edition: PackEdition, now: EditionDraft) -> list[str]:
    was = {each["person"]: each for each in edition.manifest["recipients"]}
    recipients = {each.person.pk: each for each in now.audience.recipients}
    found = [
        f"{each.person.name} ({each.seat}) is to get the pack too."
        for key, each in recipients.items()
        if key not in was
    ]
    found += [f"{each['name']} is no longer to get the pack." for key, each in was.items() if key not in recipients]
    for key, each in recipients.items():
        if key in was:
            before = {int(item): sight for item, sight in was[key]["sights"].items()}
            found += _of_sights(each, before, now)
    return found


def _of_sights(reader: Recipient, before: Sights, now: EditionDraft) -> list[str]:
    """What they see otherwise of items that were there and still are."""
    after = now.audience.sights[reader.person.pk]
    numbers = now.gathered.numbers
    known = set(numbers) & {item["key"] for item in now.files[0].manifest["items"]}
    shared = {key for key in known if key in before or key in after}
    less = [numbers[key] for key in numbers if key in shared and after.get(key, 0) < before.get(key, 0)]
    more = [numbers[key] for key in numbers if key in shared and after.get(key, 0) > before.get(key, 0)]
    name, found = reader.person.name, []
    if less and is_recused(now.gathered.meeting, reader.actor):
        found.append(f"A recusal was declared: {name} sees less of {_items(less)}.")
    elif less:
        found.append(f"{name} now sees less of {_items(less)}.")
    if more and before:
        found.append(f"{name} now sees more of {_items(more)}.")
    return found


def _items(numbers: list[str]) -> str:
    return f"item {numbers[0]}" if len(numbers) == 1 else f"items {listed(numbers)}"
