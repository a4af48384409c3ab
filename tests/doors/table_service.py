"""Home, outbox, statements, health, and one's own account."""

from tests.doors.words import ANONYMOUS, CHECKS, NOBODY, SIGNED_IN, Answer, Door

ANYBODY = SIGNED_IN | {ANONYMOUS}
ONLY_ANONYMOUS = frozenset({ANONYMOUS})
RESET = {"uidb36": "1", "key": "not-a-key"}


def account(name: str, what: str, **line) -> Door:
    """A page of one's own account: readers may send there too."""
    return Door(f"account_{name}", what, own_account=True, **line)


SERVICE = (
    Door("home", "Home"),
    Door("outbox", "Outbox: mail that STRIDE wrote", opens=CHECKS),
    Door("accessibility", "Accessibility statement", opens=ANYBODY),
    Door("cookies", "Cookies", opens=ANYBODY),
    Door("health_live", "Health: the process answers", opens=ANYBODY),
    Door("health_ready", "Health: the process can serve", opens=ANYBODY),
    account("login", "Sign in", opens=ONLY_ANONYMOUS, takes=ONLY_ANONYMOUS, sent_on=SIGNED_IN),
    account("logout", "Sign out", opens=SIGNED_IN, takes=SIGNED_IN, sent_on=ONLY_ANONYMOUS, then=Answer.DOES),
    account("inactive", "Your account is closed", opens=ANYBODY),
    account("reauthenticate", "Confirm your password", takes=SIGNED_IN),
    account("change_password", "Change your password", takes=SIGNED_IN),
    account("set_password", "Set a first password", opens=NOBODY, takes=NOBODY, sent_on=SIGNED_IN),
    account("reset_password", "Ask for a new password", opens=ANYBODY, takes=ANYBODY),
    account("reset_password_done", "A mail is on its way", opens=ANYBODY),
    account(
        "reset_password_from_key", "Choose a new password", when="with a wrong key", more=RESET, opens=ANYBODY, lax=True
    ),
    account("reset_password_from_key_done", "The new password is set", opens=ANYBODY),
)
