import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

from . import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

broker.use()
app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def _spare_the_collector(**_: Any) -> None:
    """Relax the garbage collection of this process."""
    # This signal is our only entry into Celery's processes, and the import needs Django's settings.
    from commitments.rollups import garbage

    garbage.relax()
