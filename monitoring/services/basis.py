"""What a signed-off return rested on, copied into it: definitions, the promise, measures and targets."""

from commitments.models import CommitmentMeasure
from monitoring.choices import ANSWERS, SECTION
from monitoring.models import ProgressReturn, ReturnVersion

ANSWER_FIELDS = (*ANSWERS, "sections_done")


def answers(version: ReturnVersion, section: str) -> dict[str, str]:
    """A section's answers as text, by field."""
    return {name: str(getattr(version, name) or "") for name in SECTION[section].fields}


def of_return(progress_return: ProgressReturn) -> dict:
    """The frozen copy, in three queries at most."""
    commitment = progress_return.commitment
    links = (
        CommitmentMeasure.objects.filter(commitment=commitment)
        .select_related("measure")
        .prefetch_related("measure__targets")
    )
    return {
        "definitions": progress_return.round.definitions,
        "commitment": {
            "number": commitment.number,
            "title": commitment.title,
            "statement": commitment.statement,
            "test_of_done": commitment.test_of_done,
            "due_on": _iso(commitment.due_on),
        },
        "measures": [
            {
                "code": link.measure.code,
                "title": link.measure.title,
                "definition": link.measure.definition,
                "source": link.measure.source,
                "unit": link.measure.unit,
                "targets": [
                    {
                        "code": target.code,
                        "wording": target.wording,
                        "baseline": target.baseline,
                        "starts": _iso(target.starts),
                        "due_on": _iso(target.due_on),
                    }
                    for target in link.measure.targets.all()
                ],
            }
            for link in links
        ],
    }


def _iso(day) -> str | None:
    return day.isoformat() if day else None
