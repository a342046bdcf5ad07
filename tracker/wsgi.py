import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# A start makes a hundred thousand objects that stay; looking for garbage among them takes a fifth of it.
gc.disable()
application = get_wsgi_application()

from commitments.request_checks.wsgi import Request  # noqa: E402 - only what has been set up can be imported

application.request_class = Request
gc.freeze()
gc.enable()
