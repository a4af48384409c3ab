"""The WSGI entry point; production names its own settings module."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stride.settings.production")
application = get_wsgi_application()
