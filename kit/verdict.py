"""The answer of a rule: allowed, or refused with the sentence to show."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """Truthy when the act is allowed. `sentence` says why not, in words for the person who asked."""

    allowed: bool
    sentence: str = ""

    def __bool__(self) -> bool:
        return self.allowed


class Refusal(Exception):
    """Raised by a service whose rule refuses. Its text is the rule's sentence."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


ALLOWED = Verdict(True)


def refused(sentence: str) -> Verdict:
    """A refusal that explains itself."""
    return Verdict(False, sentence)


def require(verdict: Verdict) -> None:
    """Raise Refusal when the verdict is not Allowed."""
    if not verdict:
        raise Refusal(verdict.sentence)
