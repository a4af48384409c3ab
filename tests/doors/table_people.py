"""Everybody reads who is in which post. The strategy team keeps it; who holds a post names its delegates."""

from tests.doors.words import TEAM, Answer, Door


def keeping(name: str, what: str, place: str = "", who=TEAM, **line) -> Door:
    """A form of those who keep the record."""
    return Door(f"people:{name}", what, place, opens=who, takes=who, **line)


PEOPLE = (
    Door("people:posts", "Posts"),
    Door("people:post", "A post", "post"),
    Door("people:post_history", "What changed of a post", "post"),
    Door("people:persons", "People"),
    Door("people:person", "A person", "person"),
    Door("people:person_history", "What changed of a person", "person"),
    Door("people:units", "Units"),
    keeping("post_new", "Add a post"),
    keeping("post_edit", "Change a post", "post"),
    keeping("tenure_new", "Say who holds a post", "post"),
    keeping("tenure_edit", "Correct a tenure", "tenure"),
    keeping("tenure_end", "End a tenure", "tenure"),
    keeping("delegation_new", "Name a delegate", "post", TEAM | {"lead"}, when="of the lead’s post"),
    keeping("delegation_new", "Name a delegate", "other_post", TEAM | {"member"}, when="of the member’s post"),
    keeping("delegation_end", "End a delegation", "delegation", TEAM | {"lead"}, when="of the lead’s post"),
    keeping("person_new", "Add a person"),
    keeping("person_edit", "Change a person", "person"),
    keeping("unit_new", "Add a unit"),
    keeping("unit_edit", "Change a unit", "unit", then=Answer.ASKS),
)
