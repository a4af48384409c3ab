"""The lead's side writes, the overseer signs off, the strategy team steers; others read what is signed off."""

from collections.abc import Iterator

from tests.doors.words import CHECKS, CONCERNED, LEADS, NOBODY, OVERSEER, SIGNED_IN, TEAM, Answer, Door, Who

SAID = {
    "not_started": "not started",
    "draft": "draft",
    "submitted": "submitted",
    "changes_requested": "changes requested",
    "signed_off": "signed off",
    "reopened": "reopened",
    "exempt": "exempt",
    "missing": "missing",
    "drafted_and_missed": "drafted and missing",
    "let_in": "let in late",
    "own": "submitted by a lead for whom the overseer drafts",
    "another_lead": "of other posts, not started",
    "another_lead_signed": "of other posts, signed off",
}
WRITABLE = ("not_started", "draft", "changes_requested", "reopened", "let_in")
BEGUN = ("draft", "changes_requested", "reopened")
SENT = {"submitted": LEADS, "own": OVERSEER}  # the overseer drafts for that lead
PROGRESS = {"slug": "progress"}
WORDS = {"done": "We did what we planned.", "difference": ""}
CHANGES = {"section_progress": "on", "reason_progress": "Say by whom."}
REASON = {"reason": "Somebody asked for it."}
SIGNED = {"rating": "green", "comment": "As agreed."}
FIGURE = {"measure-in-force-2021-04-01-value": "5"}
LATE = REASON | {"until_day": "31", "until_month": "1", "until_year": "2022"}


def each(
    name: str,
    what: str,
    who: Who,
    states: tuple[str, ...],
    *,
    then: Answer = Answer.DOES,
    on: dict[str, Who] | None = None,
    **line,
) -> Iterator[Door]:
    """A line for every state: `who` may in the `states`, nobody in the others. `on` says who is led on, by state."""
    for state, said in SAID.items():
        may = who if state in states else NOBODY
        yield Door(
            f"monitoring:{name}",
            what,
            f"return_{state}",
            said,
            opens=may,
            takes=may,
            sent_on=(on or {}).get(state, NOBODY),
            then=then,
            **line,
        )


def reading() -> Iterator[Door]:
    for state, said in SAID.items():
        yield Door("monitoring:return", "A return", f"return_{state}", said)
    for state, who in (
        ("draft", CHECKS | LEADS),
        ("drafted_and_missed", CHECKS | LEADS),
        ("submitted", CONCERNED),
        ("changes_requested", CONCERNED),
        ("signed_off", SIGNED_IN),
        ("reopened", SIGNED_IN),
        ("another_lead_signed", SIGNED_IN),
    ):
        yield Door(
            "monitoring:return_version",
            "A version of a return",
            f"return_{state}",
            "reopened: the version before" if state == "reopened" else SAID[state],
            opens=who,
            reach=who,
            more={"number": 1},
        )
    yield Door(
        "monitoring:return_version",
        "A version of a return",
        "return_reopened",
        "reopened: the new version",
        opens=CHECKS | LEADS,
        reach=CHECKS | LEADS,
        more={"number": 2},
    )
    for state, who in (
        ("submitted", CONCERNED),
        ("changes_requested", CONCERNED),
        ("signed_off", CONCERNED),
        ("reopened", CHECKS | LEADS),
    ):
        place = f"submission_{state}"
        yield Door("monitoring:return_submission", "A return as submitted", place, SAID[state], opens=who, reach=who)


RETURNS = (
    *reading(),
    *each("return_section", "Write a section", LEADS, WRITABLE, send=WORDS, more=PROGRESS),
    *each(
        "return_autosave",
        "Save while writing",
        LEADS,
        WRITABLE,
        then=Answer.ASKS,
        send=WORDS,
        more=PROGRESS,
        reads=False,
    ),
    *each("return_measures", "Give the figures of a return", LEADS, WRITABLE, send=FIGURE),
    *each("return_submit", "Check and submit", LEADS, BEGUN, on=SENT),
    *each("return_nil", "Confirm that there is nothing to report", LEADS, WRITABLE, on=SENT),
    *(
        Door(
            "monitoring:return_submitted",
            "What happens after submitting",
            f"return_{state}",
            SAID[state],
            opens=LEADS,
            sent_on=CONCERNED - LEADS,
        )
        for state in ("submitted", "changes_requested")
    ),
    *(
        Door("monitoring:return_review", "Look at what was submitted", f"return_{state}", said, opens=who)
        for state, said in SAID.items()
        for who in (OVERSEER if state == "submitted" else NOBODY,)
    ),
    *each("return_sign_off", "Sign off", OVERSEER, ("submitted",), send=SIGNED, leads_on=True),
    *each("return_request_changes", "Ask for changes", OVERSEER, ("submitted",), send=CHANGES),
    *each("return_reopen", "Reopen", TEAM, ("signed_off", "another_lead_signed"), send=REASON),
    *each("return_exempt", "Exempt", TEAM, ("not_started", "draft", "another_lead"), send=REASON),
    *each("return_include", "Take an exemption back", TEAM, ("exempt",)),
    *each(
        "return_let_in_late",
        "Let in late",
        TEAM,
        ("missing", "drafted_and_missed", "let_in"),
        send=LATE,
    ),
)
