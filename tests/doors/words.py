"""What a line of the table says, and what follows from it for each persona."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Who = frozenset[str]

ANONYMOUS = "anonymous"
SIGNED_IN: Who = frozenset(
    ("admin", "team", "lead", "delegate", "overseer", "secretariat", "member", "auditor", "viewer", "stranger")
)
PERSONAS = (ANONYMOUS, *sorted(SIGNED_IN))
NOBODY: Who = frozenset()
ADMIN: Who = frozenset({"admin"})
TEAM: Who = frozenset({"admin", "team"})
LEADS: Who = frozenset({"lead", "delegate"})
OVERSEER: Who = frozenset({"overseer"})
CHECKS: Who = TEAM | {"auditor"}
WATCHES: Who = CHECKS | {"secretariat"}
CONCERNED: Who = WATCHES | LEADS | OVERSEER
READS_ONLY: Who = frozenset({"auditor", "viewer", "stranger"})


class Answer(Enum):
    """What somebody gets, in the words of docs/roles.md."""

    OPENS = "opens"
    DOES = "does"
    ASKS = "asks again"
    SENT_ON = "sent on"
    REFUSED = "refused"
    NOT_FOUND = "not found"
    NOT_TAKEN = "not taken"
    SIGN_IN = "signs in first"


@dataclass(frozen=True)
class Door:
    """One address for one record.

    `opens` and `takes` are those whom reading and sending are for; `takes` is None where nothing can be sent. Those in
    `sent_on` are led to another page; where the page `leads_on`, everybody is who reads it. Everybody else who reaches
    the record is refused, and who does not, finds nothing; `reach` says it where it is not that of the record.

    `hall` are those let into the building at all. `lax` is for pages of others, which answer what is sent to them as if
    they were read.
    """

    name: str
    what: str
    place: str = ""
    when: str = ""
    opens: Who = SIGNED_IN
    takes: Who | None = None
    sent_on: Who = NOBODY
    leads_on: bool = False
    then: Answer = Answer.ASKS
    send: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)
    query: str = ""
    reads: bool = True
    own_account: bool = False
    reach: Who | None = None
    hall: Who = SIGNED_IN
    lax: bool = False

    @property
    def public(self) -> bool:
        """Whether nobody has to sign in first."""
        return ANONYMOUS in self.opens | self.sent_on | (self.takes or NOBODY)

    @property
    def key(self) -> str:
        return " ".join(part for part in (self.name, self.place or self.when, *map(str, self.more.values())) if part)


def expected(door: Door, persona: str, method: str, reach: Who) -> Answer:
    """Refused reach is "not found", a refused act is "refused", and those who only read send nothing."""
    if method == "GET" and not door.reads:
        return Answer.NOT_TAKEN
    if persona == ANONYMOUS and not door.public:
        return Answer.SIGN_IN
    if method == "POST" and persona in READS_ONLY and not door.own_account:
        return Answer.REFUSED
    if persona != ANONYMOUS and persona not in door.hall:
        return Answer.REFUSED
    if method == "POST" and door.takes is None and not door.lax:
        return Answer.NOT_TAKEN
    if persona != ANONYMOUS and persona not in reach:
        return Answer.NOT_FOUND
    if persona in door.sent_on or (method == "GET" and door.leads_on):
        return Answer.SENT_ON
    if method == "GET" or door.lax:
        return Answer.OPENS if persona in door.opens else Answer.REFUSED
    return door.then if persona in door.takes else Answer.REFUSED


def cell(door: Door, persona: str, reach: Who) -> str:
    """The one word that says most of what somebody may do here."""
    if persona not in reach:
        return Answer.NOT_FOUND.value
    sends = expected(door, persona, "POST", reach)
    if sends in {Answer.DOES, Answer.ASKS}:
        return Answer.DOES.value
    return (sends if door.leads_on or not door.reads else expected(door, persona, "GET", reach)).value
