"""Accounts are made by an administrator; nobody registers. Apart from forms, which allauth loads through this."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No registration, and errors in our words; other behaviour is allauth's."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right",
        "account_inactive": "This account is switched off. Ask your administrator",
        "too_many_login_attempts": "Too many attempts to sign in. Wait five minutes and try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
