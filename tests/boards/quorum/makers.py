"""Short ways to make boards and who is there, and five real rules.

Sources of the rules, as read in public papers: the STRIDE External Advisory Board (terms of January 2021), regulation
31 of the Western Australian regulations of 1995/216, the standing orders of Liverpool John Moores University, the
schedule of the Northern Irish rules 2002/386, and Wyre Forest District Council.
"""

from dataclasses import replace

from boards.quorum import Category, Deputies, How, Policies, Presence, Seat, parse

POLICIES = Policies(vacancies_count=True, deputies_count=Deputies.DO_NOT_COUNT, recused_counts=False)
PRESENT = How.PRESENT
LETTERS = {
    "c": Category.CHAIR,
    "d": Category.DEPUTY_CHAIR,
    "i": Category.INTERNAL,
    "e": Category.EXTERNAL_ADVISER,
    "a": Category.ATTENDEE,
}
NAMES = {"c": "Chair", "d": "Deputy chair", "i": "Director", "e": "Dr", "a": "Guest"}

ADVISORY = parse(
    {
        "all_of": [
            {"present": {"categories": ["chair"]}},
            {"at_least": 5, "besides": {"categories": ["chair"]}},
            {"at_least": 2, "among": {"categories": ["external_adviser"]}},
        ]
    }
)
WESTERN_AUSTRALIA = parse(
    {
        "all_of": [
            {"at_least": 4},
            {"presides": {"categories": ["chair", "deputy_chair"]}},
            {"at_least": 1, "among": {"categories": ["external_adviser"]}},
        ]
    }
)
LIVERPOOL = parse(
    {
        "all_of": [
            {"share_of": "membership", "numerator": 1, "denominator": 3, "rounding": "down", "plus": 1},
            {
                "share_of": "present",
                "numerator": 1,
                "denominator": 2,
                "rounding": "up",
                "among": {"categories": ["external_adviser"]},
                "otherwise": "the decision may be deferred once",
            },
        ]
    }
)
NORTHERN_IRELAND = parse({"share_of": "appointed", "numerator": 1, "denominator": 3, "rounding": "up"})
CHAIR_IN_PERSON = parse({"present": {"categories": ["chair"]}, "in_person": True})
WYRE_FOREST = parse(
    {
        "share_of": "membership",
        "numerator": 1,
        "denominator": 2,
        "rounding": "up",
        "otherwise": "only this item is deferred",
    }
)
REAL = {
    "advisory": ADVISORY,
    "western_australia": WESTERN_AUSTRALIA,
    "liverpool": LIVERPOOL,
    "northern_ireland": NORTHERN_IRELAND,
    "wyre_forest": WYRE_FOREST,
}


def seats(letters: str) -> list[Seat]:
    """One for each letter: ccd is two chairs and a deputy chair, with keys c1, c2 and d1."""
    keys = [f"{letter}{letters[: place + 1].count(letter)}" for place, letter in enumerate(letters)]
    return [seat(key) for key in keys]


def seat(key: str) -> Seat:
    name = f"{NAMES[key[0]]} {key[1:]}"
    return Seat(key, name, LETTERS[key[0]], holder=name, post=f"post-{key}")


def room(letters: str, **changes) -> list[Presence]:
    """Everybody is present but those named, as i1="apologies", "vacant", "recused", "presiding" or fields."""
    found = []
    for each in seats(letters):
        how = changes.pop(each.key, PRESENT)
        if how == "vacant":
            found.append(Presence(replace(each, holder=None), How.ABSENT))
        elif how in ("recused", "presiding"):
            found.append(Presence(each, PRESENT, **{how: True}))
        elif isinstance(how, dict):
            found.append(Presence(each, **{"how": PRESENT} | how))
        else:
            found.append(Presence(each, How(how)))
    assert not changes, f"no seat {', '.join(changes)}"
    return found


def all_but(how: str, *keys: str) -> dict[str, str]:
    return dict.fromkeys(keys, how)
