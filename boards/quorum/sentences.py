"""What is there and what is missing, in clauses: “only 1 of 2 external advisers needed is present”."""

from collections.abc import Iterable, Mapping

from .people import CHAIRS, How, Presence, Seat
from .policies import Deputies
from .room import Room, answering, meeting, needed
from .rules import EVERYONE, AtLeast, Base, Leaf, Present, Presides, ShareOf, Who, asked_for
from .wording import BASES, any_one, fraction, people, rounding, shortened

MOVES = "a share of those present can be lost when more members come"


def names_of(room: Room) -> Mapping[str, str]:
    """Post code to title, from the seats."""
    return {each.seat.post: each.seat.label for each in room.presences if each.seat.post}


def clause(leaf: Leaf, room: Room) -> str:
    """How a condition stands, met or not."""
    names = names_of(room)
    match leaf:
        case AtLeast(n, _, besides):
            without = f" besides {any_one(besides, names)}" if besides else ""
            return _counted(leaf, room, f"{n} needed", without)
        case ShareOf(Base.PRESENT):
            return _share_of_present(leaf, room)
        case ShareOf():
            return _counted(leaf, room, f"{needed(leaf, room)} needed: {_reckoned(leaf, room)}", "")
        case Presides():
            return _presiding(leaf, room)
    return _there(leaf, room)


def still_needed(leaf: Leaf, room: Room) -> str:
    """What is missing of a condition that is not met: “1 more external adviser”."""
    names = names_of(room)
    if isinstance(leaf, Present | Presides):
        return any_one(leaf.who, names)
    gap = needed(leaf, room) - len(meeting(leaf, room))
    return f"{gap} more {people(leaf.among, gap, names)}"


def reasons(leaves: Iterable[Leaf], room: Room) -> list[str]:
    """Why members whom these conditions ask for do not count, one clause for each kind of reason."""
    counting = {each.seat.key for each in room.counted}
    grouped: dict[str, list[Presence]] = {}
    asked = list(leaves)
    for each in room.presences:
        if not any(asked_for(leaf).has(each.seat) for leaf in asked):
            continue
        if each.seat.key not in counting:
            grouped.setdefault(_reason(each), []).append(each)
        elif any(_not_in_their_place(leaf, each, room) for leaf in asked):
            grouped.setdefault("deputy", []).append(each)
    return [_because(reason, grouped[reason], asked, room) for reason in REASONS if reason in grouped]


def effects(room: Room) -> list[str]:
    """Who counts although they are not there themselves, or have withdrawn."""
    deputies = [each for each in room.counted if each.how is How.DEPUTY]
    recused = [each.seat.name for each in room.counted if each.recused]
    found = [f"{_deputy(each)} counts for {each.seat.name}" for each in deputies[:3]]
    if len(deputies) > 3:
        found = [f"{len(deputies)} deputies count"]
    if recused:
        still = "has withdrawn and still counts" if len(recused) == 1 else "have withdrawn and still count"
        found.append(f"{shortened(recused)} {still}")
    return found


def _counted(leaf: AtLeast | ShareOf, room: Room, wanted: str, without: str) -> str:
    got, want, there, names = len(meeting(leaf, room)), needed(leaf, room), _verb(room), names_of(room)
    if got == 0:
        return f"no {people(leaf.among, 1, names)}{without} is {there} ({wanted})"
    is_or_are = "is" if got == 1 else "are"
    if got >= want:
        return f"{got} {people(leaf.among, got, names)}{without} {is_or_are} {there} ({wanted})"
    who = people(leaf.among, want, names)
    asked = f"needed {who}" if leaf.among.posts else f"{who} needed"
    short = f"only {got} of {want} {asked}{without} {is_or_are} {there}"
    return f"{short} ({_reckoned(leaf, room)})" if isinstance(leaf, ShareOf) else short


def _reckoned(leaf: ShareOf, room: Room) -> str:
    """Half of 9 members, 2 of them vacant, rounded up."""
    size = room.size(leaf.base)
    vacant = 0
    if leaf.base is Base.MEMBERSHIP and room.policies.vacancies_count:
        vacant = sum(each.seat.counts and each.seat.vacant for each in room.presences)
    vacancies = f", {vacant} of them vacant" if vacant else ""
    noun = people(EVERYONE, size, {}) + (" appointed" if leaf.base is Base.APPOINTED else "")
    return f"{fraction(leaf)} of {size} {noun}{vacancies}{rounding(leaf)}"


def _share_of_present(leaf: ShareOf, room: Room) -> str:
    got, size = len(meeting(leaf, room)), room.size(leaf.base)
    if size == 0:
        return f"nobody is {_verb(room)}"
    who = people(leaf.among, got, names_of(room))
    only = "" if got >= needed(leaf, room) else "only "
    counted = f"{only}{got} of the {size} {_verb(room)} {'is' if got == 1 else 'are'} {who}"
    share = f"{fraction(leaf)} of {BASES[leaf.base]}{rounding(leaf)}"
    return f"{counted} ({needed(leaf, room)} needed: {share}; {MOVES})"


def _there(leaf: Present, room: Room) -> str:
    found = answering(leaf, room)
    who = any_one(leaf.who, names_of(room))
    if not found:
        person = " in person" if leaf.in_person else ""
        return f"{who} is not {_verb(room)}{person}"
    deputised = all(each.how is How.DEPUTY for each in found)
    return f"{who} is {'represented by a deputy' if deputised else _verb(room)}"


def _presiding(leaf: Presides, room: Room) -> str:
    found = answering(leaf, room)
    who = any_one(leaf.who, names_of(room))
    if room.ahead:
        return f"{who} {'is' if found else 'is not'} coming to preside"
    if found:
        return f"{_in_the_room(found[0])} presides"
    others = [_in_the_room(each) for each in room.presences if each.presiding]
    return f"{others[0]} presides, but {who} must" if others else f"it is not recorded that {who} presides"


REASONS = ("apologies", "deputy", "recused", "vacant", "not_yet", "left", "absent", "not_known")


def _reason(presence: Presence) -> str:
    if presence.how is How.DEPUTY and not presence.recused:
        return "deputy"
    if presence.seat.vacant:
        return "vacant"
    if presence.how in (How.PRESENT, How.DEPUTY):
        return "recused"
    return presence.how.value


def _because(reason: str, group: list[Presence], asked: list[Leaf], room: Room) -> str:
    names, several = shortened([each.seat.name for each in group]), len(group) > 1
    match reason:
        case "apologies":
            would = _deputies_would(group, asked, room)
            return f"{names} {'have' if several else 'has'} sent apologies{f' ({would})' if would else ''}"
        case "deputy":
            return _deputies_there(group, room)
        case "recused":
            do_not = "have withdrawn and do not count" if several else "has withdrawn and does not count"
            return f"{names} {do_not} for this item"
        case "vacant":
            return f"{names} {'are' if several else 'is'} vacant"
        case "not_yet":
            return f"{names} had not yet arrived"
        case "left":
            return f"{names} had left"
        case "absent":
            return f"{names} {'are' if several else 'is'} absent"
    if room.ahead:
        return f"{names} {'have' if several else 'has'} not replied"
    return f"it is not known whether {names} {'are' if several else 'is'} there"


def _deputies_would(group: list[Presence], asked: list[Leaf], room: Room) -> str:
    """What a deputy would do for those who sent apologies."""
    helped = [any(_deputy_helps(leaf, each.seat, room) for leaf in asked) for each in group]
    if all(helped):
        return "a deputy would count"
    return "a deputy would count, but not for the chair" if any(helped) else ""


def _deputy_helps(leaf: Leaf, seat: Seat, room: Room) -> bool:
    policy = room.policies.deputies_count
    if policy is Deputies.DO_NOT_COUNT or not asked_for(leaf).has(seat):
        return False
    match leaf:
        case AtLeast(besides=Who() as besides):
            return not besides.has(seat)
        case Present(in_person=True):
            return False
        case Present() | Presides():
            return policy is Deputies.MAY_PRESIDE or (isinstance(leaf, Present) and seat.category not in CHAIRS)
    return True


def _deputies_there(group: list[Presence], room: Room) -> str:
    there = shortened([f"{_deputy(each)} for {each.seat.name}" for each in group])
    is_or_are = "are" if len(group) > 1 else "is"
    if room.policies.deputies_count is Deputies.DO_NOT_COUNT:
        return f"{there} {is_or_are} {_verb(room)}, but deputies do not count"
    return f"{there} {is_or_are} {_verb(room)}, but no deputy may stand in"


def _not_in_their_place(leaf: Leaf, presence: Presence, room: Room) -> bool:
    """A deputy who counts, but not for what this condition asks."""
    if not isinstance(leaf, Present | Presides) or presence.how is not How.DEPUTY:
        return False
    return leaf.who.has(presence.seat) and not answering(leaf, room)


def _in_the_room(presence: Presence) -> str:
    if presence.how is not How.DEPUTY:
        return presence.seat.name
    return f"{_deputy(presence)} for {presence.seat.name}"


def _deputy(presence: Presence) -> str:
    return presence.deputy_name or "a deputy"


def _verb(room: Room) -> str:
    return "coming" if room.ahead else "present"
