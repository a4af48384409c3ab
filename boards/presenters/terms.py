"""How versions of terms of reference read. Given loaded objects, asks nothing."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from django.urls import reverse

from boards.models import Terms
from boards.queries.versions import TermsPage, state_of
from boards.terms_text import Said
from kit.fields import in_words
from kit.marks import STATES

# key, title, what it asks, the field that says whether it was answered ("" where any answer will do)
SECTIONS = (
    ("adoption", "Own terms or another board’s", "Whether it adopts the terms of another board", ""),
    ("purpose", "Purpose and authority", "What it is for, what it decides, how far it looks ahead", "purpose"),
    ("responsibilities", "Responsibilities", "Its duties, one by one", "duties"),
    ("meetings", "Meetings", "How often, how long", "frequency_every"),
    ("quorum", "Quorum", "Who has to be there", "quorum"),
    ("deputies", "Deputies and attendance", "Who may come instead", ""),
    ("service-levels", "Service levels", "When agenda, papers, actions and minutes are due", "levels"),
    ("support", "Products and support", "What it produces, who supports it", "support"),
    ("agenda", "Agenda", "Standing items and deep dives", "standing_items"),
    ("review", "Review", "When the terms are looked at again", ""),
)
OF_ADOPTED = ("adoption", "review")


def tasks(terms: Terms, duties: int, levels: int) -> list[dict]:
    """The sections of a draft for a task list. Adopted terms have few of their own."""
    counted = {"duties": duties, "levels": levels}
    found = []
    for key, title, hint, field in SECTIONS:
        if terms.adopts_id and key not in OF_ADOPTED:
            continue
        done = not field or bool(counted[field] if field in counted else getattr(terms, field))
        found.append(
            {
                "title": title,
                "hint": f"Adopts the terms of {terms.adopts}" if key == "adoption" and terms.adopts_id else hint,
                "url": reverse("boards:terms_section", args=[terms.board.slug, key]),
                "status": "Completed" if done else "Not yet said",
                "status_kind": "plain" if done else "accent",
            }
        )
    return found


def parts(said: Sequence[Said]) -> list[dict]:
    """What terms say under their headings; headings under which nothing is said are left out."""
    found = []
    for part, group in groupby((each for each in said if each.text), key=lambda each: each.part):
        fields = list(group)
        found.append(
            {
                "title": part,
                "numbered": part == "Responsibilities",
                "bulleted": part == "Service levels",
                "fields": fields,
                "alone": len(fields) == 1 and fields[0].label == part,
            }
        )
    return found


def adoption_sentence(page: TermsPage) -> str:
    """Whose terms they adopt, and whether as they change."""
    terms = page.terms
    if not page.is_adopted:
        return ""
    whose = terms.adopts.title if page.shows_adopted else "another board"
    if terms.pinned_id:
        return f"This board adopts version {terms.pinned.number} of the terms of {whose}, and stays with it."
    now = f" Version {page.rules.number} holds." if page.rules else " None are in force."
    return f"This board adopts the terms of {whose}, and follows them as they change.{now}"


def versions(found: Sequence[Terms], day: dt.date) -> list[dict]:
    """Every version for the list beside the terms."""
    rows = []
    for terms in found:
        state = state_of(terms, list(found), day)
        rows.append(
            {
                "number": terms.number,
                "url": terms.get_absolute_url(),
                "state": state,
                "days": f"From {in_words(terms.in_force_from)}" if terms.in_force_from else "Not approved yet",
            }
        )
    return rows


def next_step(terms: Terms, state: str, problems: Sequence[str]) -> str:
    """What has to happen to this version next."""
    if state == "draft":
        return "Complete it, then have it approved" if problems else "To be approved by a decision"
    if state == "approved":
        return f"It holds from {in_words(terms.in_force_from)}"
    if state == "superseded":
        return "None. A later version took its place"
    return ""


def state_word(state: str) -> str:
    """The word of a state."""
    return "To come" if state == "approved" else STATES[state][0]


def history(page: TermsPage) -> list[dict]:
    """Who drafted and approved it, for a timeline."""
    return [
        {
            "title": act.verb.capitalize(),
            "who": f"{act.by_name} ({act.post_title})" if act.post_title else act.by_name,
            "when": act.at,
            "text": act.reason,
            "url": "",
        }
        for act in page.acts
    ]
