"""How a return reads: answers in order, what changed, the timeline, the task list, the next step."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.db.models import DateField
from django.urls import reverse
from django.utils.safestring import SafeString

from kit import marks
from kit.diff import Segment, rewritten, same_words, word_diff
from kit.templatetags.kit import nl2p
from monitoring import rules
from monitoring.choices import SECTION, SECTIONS, ReturnState, Section
from monitoring.models import ProgressReturn, ReturnAct, ReturnVersion
from monitoring.queries.waiting import Wait
from people.actor import Actor

VERBS = {
    "started": "Started",
    "submitted": "Submitted",
    "submitted_nil": "Submitted: nothing to report",
    "changes_requested": "Changes requested",
    "signed_off": "Signed off",
    "reopened": "Reopened as a new version",
    "exempted": "Exempted",
    "included": "Exemption taken back",
    "missed": "Missing when the round closed",
    "let_in_late": "Let in late",
    "chased": "Chased",
}
LABELS = {
    "done": "What has been done",
    "difference": "What difference it has made",
    "lifecycle": "Where it is",
    "rating": "Delivery confidence",
    "outlook": "Compared with last time",
    "rating_reason": "Why",
    "path_to_green": "What will bring it to green",
    "green_by": "Green by",
    "help_needed": "What help is needed",
    "next_steps": "What happens next",
    "expected_on": "Expected to be complete on",
    "date_reason": "Why the date has moved",
    "risks": "Risks and issues",
}
# Filled in before anybody has written anything, so they do not mean that a section is in progress.
CARRIED = {"lifecycle", "expected_on"}
FACTS = {"lifecycle", "rating", "outlook", "green_by", "expected_on"}
SUBMISSIONS = ("submitted", "submitted_nil")  # acts that sent the return
MOST_PAIRS = 500_000  # equal words in two texts, each with each: real prose has some ten thousand


@dataclass(frozen=True)
class Answer:
    """One answer as it reads. `was` and `segments` compare with last time; `unchanged` is the same words again."""

    field: str
    label: str
    text: str
    rating: str = ""
    was: str = ""
    segments: tuple[Segment, ...] = ()
    unchanged: bool = False
    changed: bool = False
    rewritten: bool = False


@dataclass(frozen=True)
class Part:
    """A section with its answers."""

    section: Section
    answers: tuple[Answer, ...]


def shown(version: ReturnVersion, field: str) -> str:
    """An answer as text: the label of a choice, a day in words."""
    value = getattr(version, field)
    if isinstance(value, dt.date):
        return rules.say(value)
    display = getattr(version, f"get_{field}_display", None)
    return display() if display else (value or "")


def fields_asked(version: ReturnVersion, section: Section) -> list[str]:
    """The fields of a section that apply to what the version says."""
    asked = list(section.fields)
    if section.slug == "rating" and not rules.needs_rating(version):
        asked = ["lifecycle"]
    if section.slug == "recovery":
        if not rules.needs_recovery(version):
            return []
        if not rules.needs_rating(version):
            asked = ["rating_reason"]
    if section.slug == "dates" and not rules.date_moved(version):
        asked = ["expected_on"]
    return asked


def parts(version: ReturnVersion, last: ReturnVersion | None = None) -> list[Part]:
    """The version's sections and answers in order, compared with last time when that is given."""
    found = []
    for section in SECTIONS:
        asked = fields_asked(version, section)
        if asked:
            found.append(Part(section, tuple(_answer(version, last, field) for field in asked)))
    return found


def _answer(version: ReturnVersion, last: ReturnVersion | None, field: str) -> Answer:
    text = shown(version, field)
    answer = Answer(field, LABELS[field], text, rating=version.rating if field == "rating" else "")
    if last is None or last.is_nil:
        return answer
    was = shown(last, field)
    if field in FACTS:
        return Answer(field, LABELS[field], text, answer.rating, was=was, changed=was != text)
    if same_words(was, text):
        return Answer(field, LABELS[field], text, unchanged=True)
    compared = bool(was and text) and _comparable(was, text) and not rewritten(was, text)
    segments = tuple(word_diff(was, text)) if compared else ()
    return Answer(
        field,
        LABELS[field],
        text,
        was=was,
        segments=segments,
        changed=bool(text or was),
        rewritten=bool(was and text and not compared),
    )


def _said(version: ReturnVersion, field: str, kept: str) -> str:
    """An answer that was kept as plain text with a request for changes, as pages say it."""
    column = version._meta.get_field(field)
    if isinstance(column, DateField) and kept:
        return rules.say(dt.date.fromisoformat(kept))
    return str(dict(column.flatchoices).get(kept, kept))


def _comparable(was: str, text: str) -> bool:
    """Whether marking the changes is done in a moment: a text of few words said over and over takes many seconds."""
    return all(_pairs(cut(was), cut(text)) <= MOST_PAIRS for cut in (str.split, str.splitlines))


def _pairs(before: list[str], after: list[str]) -> int:
    counts = Counter(after)
    return sum(counts[each] for each in before)


def _diff(was: str, text: str) -> list[Segment]:
    if _comparable(was, text):
        return word_diff(was, text)
    return [segment for segment in (("delete", was), ("insert", text)) if segment[1]]


def summary_rows(progress_return: ProgressReturn, version: ReturnVersion, part: Part, *, change: bool) -> list[dict]:
    """Rows for the summary list of check answers, with Change links."""
    url = reverse("monitoring:return_section", args=[progress_return.pk, part.section.slug])
    return [
        {
            "key": answer.label,
            "value": SafeString(nl2p(answer.text)) if answer.text else "",
            "actions": [{"label": "Change", "hidden": answer.label.lower(), "url": f"{url}#{control_id(answer.field)}"}]
            if change
            else [],
        }
        for answer in part.answers
    ]


def tasks(progress_return: ProgressReturn, version: ReturnVersion | None) -> list[dict]:
    """The task list: one line a section, with where it stands."""
    lines = []
    missing = {gap.section for gap in rules.gaps(version)} if version else set()
    for section in SECTIONS:
        url = reverse("monitoring:return_section", args=[progress_return.pk, section.slug])
        status, kind, hint = "Not started", "accent", ""
        if section.slug == "recovery" and not (version and rules.needs_recovery(version)):
            known = version is not None and "rating" in version.sections_done
            hint = "Only when the rating is amber or red, or the work is paused or stopped."
            url, status, kind = None, "Not needed" if known else "Cannot start yet", "plain"
        elif version and section.slug in version.sections_done and section.slug not in missing:
            status, kind = "Completed", "plain"
        elif version and any(getattr(version, field) for field in section.fields if field not in CARRIED):
            status, kind = "In progress", "neutral"
        lines.append({"title": section.title, "hint": hint, "url": url, "status": status, "status_kind": kind})
    return lines


def control_id(field: str) -> str:
    """The id of the control that answers a field, for links from other pages: the first radio, or the day."""
    if field in FACTS:
        return f"id_{field}_day" if field.endswith(("_by", "_on")) else f"id_{field}_0"
    return f"id_{field}"


def all_done(version: ReturnVersion | None) -> bool:
    """Whether nothing keeps the version from being submitted."""
    return version is not None and not rules.gaps(version)


def state_of(progress_return: ProgressReturn, on: dt.date) -> tuple[str, str]:
    """The state's key and word on a day: what has not come in by the close is missing, whatever was drafted."""
    came_in = progress_return.first_submitted_at is not None or progress_return.state == ReturnState.EXEMPT
    if not came_in and rules.is_missing(progress_return, on):
        return "missing", marks.state("missing")["word"]
    return progress_return.state, progress_return.get_state_display()


def reference(progress_return: ProgressReturn) -> str:
    """What people quote of a return: "STRIDE25 Q3 2021-22 / 1"."""
    commitment, round = progress_return.commitment, progress_return.round
    return f"{commitment.strategy.slug.upper()} {round.label} / {commitment.number}"


def next_step(progress_return: ProgressReturn, wait: Wait | None, actor: Actor) -> str:
    """What happens next and who has to do it, in a sentence."""
    round = progress_return.round
    if progress_return.state == ReturnState.EXEMPT:
        return "Nothing to file in this round."
    if progress_return.state == ReturnState.SIGNED_OFF:
        return "None. It is signed off."
    if wait is None:
        if round.state == "planned" or actor.on < round.opens_on:
            return f"Opens on {rules.say(round.opens_on)}."
        return "Missing. The strategy team can let it in late."
    who = f"{wait.person.name}, {wait.post.title}" if wait.person else f"{wait.post.title}, which is vacant"
    days = f"{wait.days} day" + ("" if wait.days == 1 else "s")
    if wait.as_overseer:
        return f"To be signed off by {who}. " + (f"Waiting {days}." if wait.days else "It came in today.")
    due = f"Due by {rules.say(round.due_on)}."
    if progress_return.late_until and progress_return.missed:
        due = f"Let in late until {rules.say(progress_return.late_until)}."
    elif progress_return.first_submitted_at:
        due = f"Waiting {days}." if wait.days else "It came back today."
    elif actor.on > round.due_on:
        due = f"It was due by {rules.say(round.due_on)}."
    return f"To be filed by {who}. {due}"


# What passed between lead, overseer and team is for them and for those who check.
PUBLIC_VERBS = {"submitted", "submitted_nil", "signed_off", "reopened", "exempted", "missed", "let_in_late"}


def timeline(acts: list[ReturnAct], *, everything: bool, submissions: bool) -> list[dict]:
    """The acts as timeline entries, newest first: everything, or what every reader may know.

    `submissions` says whether the text as it was submitted may be opened.
    """
    return [
        {
            "title": _title(act),
            "who": _who(act),
            "when": act.at,
            "text": act.reason,
            "url": _submission_url(act) if submissions and act.verb in SUBMISSIONS else "",
        }
        for act in acts
        if everything or act.verb in PUBLIC_VERBS
    ]


def _submission_url(act: ReturnAct) -> str:
    return reverse("monitoring:return_submission", args=[act.progress_return_id, act.pk])


def _title(act: ReturnAct) -> str:
    title = VERBS.get(act.verb, act.verb.replace("_", " ").capitalize())
    if act.verb == "started" and act.from_state != ReturnState.NOT_STARTED:
        title = "Taken up again"
    return f"{title} (version {act.version_number})" if act.version_number > 1 else title


def _who(act: ReturnAct) -> str:
    if act.on_behalf:
        return f"{act.by_name}, for the {act.post_title}"
    return f"{act.by_name}, {act.post_title}" if act.post_title else act.by_name


def submitted_line(version: ReturnVersion) -> str:
    """Who submitted it and for whom, as it was on the day."""
    holder = f" ({version.lead_name})" if version.lead_name else " (vacant)"
    if version.on_behalf:
        return f"{version.submitted_by_name}, on behalf of the {version.lead_post_title}{holder}"
    return f"{version.submitted_by_name}, {version.lead_post_title}"


def signed_line(version: ReturnVersion) -> str:
    """Who signed it off, as it was on the day."""
    return f"{version.overseer_name}, {version.overseer_post_title}"


def requests_answered(version: ReturnVersion, requests: list) -> list[dict]:
    """What was asked for last, and what changed in those sections since."""
    if not requests:
        return []
    newest_act = requests[0].act_id
    return [
        {
            "title": SECTION[request.section].title,
            "reason": request.reason,
            "changes": [
                (LABELS[field], _diff(_said(version, field, before), shown(version, field)))
                for field, before in request.answers.items()
                if str(getattr(version, field) or "") != before
            ],
        }
        for request in requests
        if request.act_id == newest_act
    ]
