"""Runs Django's deployment checks on the production settings, with stand-ins for what a real host sets."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from stride import private_postgres  # noqa: E402

STAND_INS = {
    "DJANGO_SETTINGS_MODULE": "stride.settings.production",
    "DATABASE_URL": os.environ.get("DATABASE_URL") or private_postgres.url(ROOT / ".postgres", "stride"),
    "STRIDE_SECRET_KEY": "only-for-this-check-" + os.urandom(32).hex(),
    "STRIDE_HOSTS": "stride.example",
    "STRIDE_PUBLIC_URL": "https://stride.example",
    "EMAIL_URL": "smtp+tls://mail.stride.example:587",
}


def main() -> None:
    """Exit with 1 when a check has something to say."""
    os.environ.update(STAND_INS)
    os.environ.pop("STRIDE_TODAY", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("check", deploy=True, fail_level="WARNING")


if __name__ == "__main__":
    main()
