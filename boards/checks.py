"""What whoever runs STRIDE is told when a command starts."""

from django.core.checks import CheckMessage, Warning, register

from kit import clock
from kit.working_days import warns_on


@register()
def bank_holidays(app_configs, **kwargs) -> list[CheckMessage]:
    """A warning from a year before the known bank holidays end."""
    sentence = warns_on(clock.today())
    return [Warning(sentence, id="boards.W001")] if sentence else []
