"""The web application of one office, as granian serves it (``baomi.config.wsgi:application``)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "baomi.config.settings.office")
application = get_wsgi_application()

# all that deeds need is loaded before the first request, and the clock is the office's
from baomi.engine import home, registry  # noqa: E402 - the settings come first

registry.load()
home.set_clock()
