"""Accounts are made by an administrator; nobody registers. Apart from forms, which allauth loads through this."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedAccountAdapter(DefaultAccountAdapter):
    """No registration; other behaviour is allauth's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
