"""The kinds of effects that are known, and what each can be aimed at."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boards.models import AgendaItem, Decision
from kit.verdict import Verdict
from people.actor import Actor

# Targets are keys of the database: a bigint at most.
LONGEST_KEY = 18


@dataclass(frozen=True)
class Target:
    """A record that an effect can be aimed at: its key, and what the page calls it."""

    key: int
    label: str


@dataclass(frozen=True)
class Effect:
    """One kind of effect.

    `label` says it as an order ("Approve the strategy"); `targets` are those that this actor may aim it at for an item;
    `may` answers beforehand, with the sentence that a form shows; `carry_out` opens the record's own door and answers
    what came of it. `asks_day` names a day that the door needs, which comes as params["day"]. `lock` takes the locks
    that its door takes before that of the number.
    """

    kind: str
    label: str
    targets: Callable[[Actor, AgendaItem], Iterable[Target]]
    may: Callable[[Actor, AgendaItem, int], Verdict]
    carry_out: Callable[[Decision, int, Mapping[str, Any], Actor, dt.datetime], str]
    asks_day: str = ""
    lock: Callable[[], None] | None = None


@dataclass(frozen=True)
class Asked:
    """An effect that a decision is to have."""

    kind: str
    target: int
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """Something that a decision could do: "Approve the strategy", and which."""

    effect: Effect
    target: Target

    @property
    def value(self) -> str:
        return f"{self.effect.kind}:{self.target.key}"


_known: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    """Make a kind known. Raises ValueError when another has its name."""
    if _known.setdefault(effect.kind, effect) is not effect:
        raise ValueError(f"There is an effect “{effect.kind}” already.")


def effect_of(kind: str) -> Effect | None:
    """The kind by its name; None for one that nobody registered."""
    return _known.get(kind)


def choices(actor: Actor, item: AgendaItem) -> list[Choice]:
    """Everything that a decision on the item could do, kind by kind. The queries are those of each kind's targets."""
    return [Choice(effect, target) for effect in _known.values() for target in effect.targets(actor, item)]


def chosen(value: str) -> tuple[str, int]:
    """The kind and the key out of a form's value. Raises ValueError for what was none."""
    kind, _, key = value.partition(":")
    if not (key.isascii() and key.isdigit() and len(key) <= LONGEST_KEY):
        raise ValueError(f"“{value}” is no effect.")
    return kind, int(key)
