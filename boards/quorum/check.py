"""What is wrong with a rule for a board as it stands, before anybody meets."""

from collections.abc import Iterable

from .evaluate import explained, part_of
from .people import Category, How, Presence, Seat
from .policies import Policies
from .room import Room
from .rules import AllOf, AnyOf, AtLeast, Base, Leaf, Rule, ShareOf, Who, asked_for, leaves, only_grows
from .wording import any_one, listed, people


def problems(rule: Rule, policies: Policies, seats: Iterable[Seat]) -> list[str]:
    """A sentence for each: no chair, unknown posts, more asked for than there are, too many vacancies. Empty when well.

    Raises ValueError when a seat is given twice.
    """
    board = tuple(seats)
    full = Room(policies, tuple(Presence(_filled(seat), How.PRESENT) for seat in board), ahead=True)
    found = [*_unknown_posts(rule, board), *_of(rule, full)]
    if not found and only_grows(rule):
        found = _even_when_all_come(rule, policies, board, full)
    return list(dict.fromkeys(found))


def _of(rule: Rule, full: Room) -> list[str]:
    """Of an alternative there is only a problem when every one of them has it."""
    if isinstance(rule, AnyOf):
        each_has = [_of(each, full) for each in rule.rules]
        return [sentence for some in each_has for sentence in some] if all(each_has) else []
    if isinstance(rule, AllOf):
        return [sentence for each in rule.rules for sentence in _of(each, full)]
    return _of_leaf(rule, full)


def _of_leaf(leaf: Leaf, full: Room) -> list[str]:
    names = {each.seat.post: each.seat.label for each in full.presences if each.seat.post}
    if isinstance(leaf, AtLeast) and leaf.besides:
        missing = leaf.besides.categories and not full.bodies(leaf.besides)
        return [_nobody(leaf.besides, names)] * bool(missing) + _too_many(leaf, full, names)
    if isinstance(leaf, AtLeast):
        return _too_many(leaf, full, names)
    who = asked_for(leaf)
    if not full.bodies(who):
        # A rule of posts alone has said by now which of them it does not know.
        return [_nobody(who, names)] if who.categories or not who else []
    if isinstance(leaf, ShareOf) and leaf.base is not Base.PRESENT:
        size = len(full.bodies(leaf.among))
        wanted = leaf.needed(full.size(leaf.base))
        if wanted > size:
            noun = people(leaf.among, wanted, names)
            return [f"The rule needs {wanted} {noun}, but the board has only {size}."]
    return []


def _too_many(leaf: AtLeast, full: Room, names: dict[str, str]) -> list[str]:
    there = part_of(leaf, full)
    if there.met:
        return []
    without = f" besides {any_one(leaf.besides, names)}" if leaf.besides else ""
    only = f"only {there.got}" if there.got else "none"
    return [f"The rule needs {leaf.n} {people(leaf.among, leaf.n, names)}{without}, but the board has {only}."]


def _nobody(who: Who, names: dict[str, str]) -> str:
    if who.categories == (Category.CHAIR,) and not who.posts:
        return "The rule needs the chair, but the board has no chair."
    return f"The rule needs {any_one(who, names)}, but the board has no such member."


def _unknown_posts(rule: Rule, board: tuple[Seat, ...]) -> list[str]:
    members = {seat.post for seat in board if seat.counts}
    others = {seat.post: seat.label for seat in board if not seat.counts and seat.post not in members}
    found = []
    for leaf in leaves(rule):
        besides = leaf.besides.posts if isinstance(leaf, AtLeast) and leaf.besides else ()
        for code in (*asked_for(leaf).posts, *besides):
            if code in others:
                found.append(f"The rule names the {others[code]}, who attends but is not a member who counts.")
            elif code not in members:
                found.append(f"The rule names the post “{code}”, which is not on the board.")
    return found


def _even_when_all_come(rule: Rule, policies: Policies, board: tuple[Seat, ...], full: Room) -> list[str]:
    whole = part_of(rule, full)
    if not whole.met:
        return [f"Even with every seat filled and everybody there: {explained(whole, full)}."]
    now = Room(policies, tuple(Presence(seat, How.PRESENT) for seat in board), ahead=True)
    whole = part_of(rule, now)
    if whole.met:
        return []
    vacant = [seat.label for seat in board if seat.counts and seat.vacant]
    are = "is" if len(vacant) == 1 else "are"
    return [f"No meeting can be quorate while {listed(vacant)} {are} vacant: {explained(whole, now)}."]


def _filled(seat: Seat) -> Seat:
    if not seat.vacant:
        return seat
    return Seat(seat.key, seat.label, seat.category, seat.label, seat.post)
