"""Django's administration: administrators do everything, the strategy team keeps people and plans and deletes nothing.

For auditors and everybody else it is closed; what they read has pages of its own.
"""

from collections.abc import Iterator

from tests.doors.words import ADMIN, NOBODY, SIGNED_IN, TEAM, Answer, Door, Who

# Who reads and keeps the records of a model. What services write is only read.
MODELS: dict[str, tuple[str, Who, Who]] = {
    "people_user": ("Accounts", ADMIN, ADMIN),
    "people_person": ("People", TEAM, TEAM),
    "people_unit": ("Units", TEAM, TEAM),
    "people_post": ("Posts", TEAM, TEAM),
    "people_tenure": ("Tenures", TEAM, TEAM),
    "people_delegation": ("Delegations", TEAM, TEAM),
    "people_message": ("Mail", TEAM, NOBODY),
    "commitments_strategy": ("Strategies", TEAM, TEAM),
    "commitments_strategyact": ("What happened to strategies", TEAM, NOBODY),
    "commitments_programme": ("Programmes", TEAM, TEAM),
    "commitments_strand": ("Strands", TEAM, TEAM),
    "commitments_commitment": ("Commitments", TEAM, TEAM),
    "commitments_commitmentact": ("What happened to commitments", TEAM, NOBODY),
    "commitments_dimension": ("Breakdowns", TEAM, TEAM),
    "commitments_group": ("Groups of breakdowns", TEAM, TEAM),
    "commitments_measure": ("Measures", TEAM, TEAM),
    "commitments_measureversion": ("Definitions of measures", TEAM, NOBODY),
    "commitments_commitmentmeasure": ("Measures of commitments", TEAM, TEAM),
    "commitments_target": ("Targets", TEAM, TEAM),
    "monitoring_reportinground": ("Rounds", TEAM, NOBODY),
    "monitoring_roundact": ("What happened to rounds", TEAM, NOBODY),
    "monitoring_progressreturn": ("Returns", TEAM, NOBODY),
    "monitoring_returnversion": ("Versions of returns", TEAM, NOBODY),
    "monitoring_returnact": ("What happened to returns", TEAM, NOBODY),
    "monitoring_changerequest": ("Changes asked for", TEAM, NOBODY),
    "monitoring_observation": ("Figures", TEAM, NOBODY),
    "monitoring_expectedfigure": ("Figures not available yet", TEAM, NOBODY),
    "boards_closure": ("Closure days", ADMIN, ADMIN),
    "boards_meeting": ("Meetings", ADMIN, NOBODY),
    "boards_meetingact": ("What happened to meetings", ADMIN, NOBODY),
    "boards_milestone": ("Deadlines of meetings", ADMIN, NOBODY),
    "boards_agendaitem": ("Agenda items", ADMIN, ADMIN),
    "boards_audienceentry": ("Audience of agenda items", ADMIN, ADMIN),
    "boards_itemstrategy": ("Strategies of agenda items", ADMIN, ADMIN),
    "boards_itemcommitment": ("Commitments of agenda items", ADMIN, ADMIN),
    "boards_attendance": ("Attendance", ADMIN, ADMIN),
    "boards_declaration": ("Declarations of interest", ADMIN, ADMIN),
    "boards_forwardplanentry": ("Forward plans", ADMIN, ADMIN),
    "boards_interest": ("Interests", ADMIN, ADMIN),
    "boards_itemrecord": ("Notes of agenda items", ADMIN, NOBODY),
    "boards_decision": ("Decisions", ADMIN, NOBODY),
    "boards_decisionact": ("What happened to decisions", ADMIN, NOBODY),
    "boards_decisioneffect": ("What decisions did", ADMIN, NOBODY),
    "boards_summary": ("Summaries of decisions", ADMIN, NOBODY),
    "boards_minutes": ("Minutes", ADMIN, NOBODY),
    "boards_minutespart": ("Parts of minutes", ADMIN, NOBODY),
    "boards_correction": ("Corrections of minutes", ADMIN, NOBODY),
    "boards_minutesitem": ("Minutes put to boards", ADMIN, NOBODY),
    "boards_minutesact": ("What happened to minutes", ADMIN, NOBODY),
    "boards_paper": ("Papers", ADMIN, NOBODY),
    "boards_paperversion": ("Files of papers", ADMIN, NOBODY),
    "boards_paperact": ("What happened to papers", ADMIN, NOBODY),
    "boards_packedition": ("Editions of packs", ADMIN, NOBODY),
    "boards_packfile": ("Files of packs", ADMIN, NOBODY),
    "boards_packcopy": ("Copies of packs", ADMIN, NOBODY),
    "boards_packbuild": ("How packs were built", ADMIN, NOBODY),
    "boards_boardaction": ("Board actions", ADMIN, NOBODY),
    "boards_actioncontributor": ("Contributors to board actions", ADMIN, NOBODY),
    "boards_boardactionact": ("What happened to board actions", ADMIN, NOBODY),
    "boards_referral": ("Referrals", ADMIN, NOBODY),
    "boards_referralstop": ("Boards on the way of referrals", ADMIN, NOBODY),
    "boards_referralact": ("What happened to referrals", ADMIN, NOBODY),
    "boards_quarterlynote": ("Quarterly notes", ADMIN, NOBODY),
    "boards_board": ("Boards", ADMIN, ADMIN),
    "boards_membership": ("Seats on boards", ADMIN, ADMIN),
    "boards_relationship": ("Relationships of boards", ADMIN, ADMIN),
    "boards_terms": ("Terms of reference", ADMIN, ADMIN),
    "boards_termsact": ("What happened to terms of reference", ADMIN, NOBODY),
    "boards_duty": ("Responsibilities in terms", ADMIN, ADMIN),
    "boards_servicelevel": ("Service levels in terms", ADMIN, ADMIN),
}
CHOOSING = "?app_label=people&model_name=tenure&field_name=post"
GOING_ON = {"post": "yes"}


def hall(name: str, what: str, **line) -> Door:
    return Door(f"admin:{name}", what, hall=TEAM, **({"opens": TEAM} | line))


# What nothing hangs on in the world; the others are protected, and the page says by what.
PARTS = ("programme", "strand", "commitment", "dimension", "group", "commitmentmeasure", "target")
BARE = {f"commitments_{name}" for name in PARTS} | {
    "people_tenure",
    "people_delegation",
    "boards_closure",
    "boards_agendaitem",
    "boards_audienceentry",
    "boards_itemstrategy",
    "boards_itemcommitment",
    "boards_attendance",
    "boards_declaration",
    "boards_forwardplanentry",
    "boards_interest",
    "boards_board",
    "boards_membership",
    "boards_relationship",
    "boards_duty",
    "boards_terms",
    "boards_servicelevel",
}


def of_model(name: str, what: str, reads: Who, keeps: Who) -> Iterator[Door]:
    one, then = f"row_{name}", Answer.DOES if name in BARE else Answer.ASKS
    # Accounts are switched off, never deleted.
    deletes = keeps & ADMIN if name != "people_user" else NOBODY
    yield hall(f"{name}_changelist", f"{what}: list", opens=reads, lax=True)
    yield hall(f"{name}_add", f"{what}: add", opens=keeps, takes=keeps)
    yield hall(f"{name}_change", f"{what}: change", place=one, opens=reads, takes=keeps)
    yield hall(f"{name}_delete", f"{what}: delete", place=one, opens=deletes, takes=deletes, then=then, send=GOING_ON)
    yield hall(f"{name}_history", f"{what}: history", place=one, opens=reads, lax=True)


ADMINISTRATION = (
    hall("index", "Administration", lax=True),
    hall("app_list", "Administration of an app", more={"app_label": "people"}, lax=True),
    hall("login", "Sign in to the administration", opens=NOBODY, sent_on=TEAM, takes=NOBODY),
    Door("admin:logout", "Sign out of the administration", opens=NOBODY, sent_on=SIGNED_IN, takes=NOBODY),
    hall("password_change", "Change your password in the administration", opens=NOBODY, sent_on=TEAM, takes=NOBODY),
    hall("password_change_done", "The password is changed"),
    hall("autocomplete", "Choose a record", query=CHOOSING),
    hall("jsi18n", "Words for the administration’s scripts"),
    hall("view_on_site", "To the page of a record", place="on_site", opens=NOBODY, sent_on=TEAM, lax=True),
    hall("<path:object_id>/", "The short address of a record", place="short", opens=NOBODY, sent_on=TEAM, lax=True),
    hall("(?P<url>.*)$", "Any other address in the administration", place="nothing", reach=NOBODY, lax=True),
    hall("auth_user_password_change", "Accounts: set a password", place="account", opens=ADMIN, takes=ADMIN),
    *(door for name, (what, reads, keeps) in MODELS.items() for door in of_model(name, what, reads, keeps)),
)
