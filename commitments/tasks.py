"""Celery's entry points: each task reads the clock and calls one function."""

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from . import clock, sending
from .accounts import purge
from .actions.evidence import comparing
from .models import Heartbeat
from .progress_import import background
from .rollups import audit as nightly
from .rollups import refresh

ROUNDS = 200


@shared_task
def drain_marks() -> None:
    """Recompute stale roll-ups, batch by batch; after many rounds the rest waits for the next task."""
    for _ in range(ROUNDS):
        if not refresh.drain(clock=clock.now):
            return


@shared_task
def assess_the_day() -> None:
    refresh.assess_all(at=clock.now())


@shared_task(acks_late=False, soft_time_limit=3300, time_limit=3500)
def audit() -> None:
    """Run the nightly audit."""
    # The message is acknowledged at once: the audit may outlast the broker's patience, and the next tick
    # finds the rest. It ends before that tick, so that no two audits run side by side.
    nightly.run_due(at=clock.now())


@shared_task(acks_late=False, soft_time_limit=3300, time_limit=3500)
def audit_evidence() -> None:
    """Compare the files of evidence with their digests."""
    # The message is acknowledged at once, as for `audit`. Files compared before the time was up are skipped
    # next time.
    comparing.run_due(at=clock.now())


@shared_task
def send_digests() -> None:
    sending.run(at=clock.now())


@shared_task
def work_on_sheets() -> None:
    background.run_waiting(clock=clock.now, time_is_up=SoftTimeLimitExceeded)


@shared_task
def forget_what_has_ended() -> None:
    purge.run(at=clock.real())


@shared_task
def beat() -> None:
    """Record that beat, broker and worker together are alive."""
    Heartbeat.beat("beat")


def send_hint() -> None:
    """Wake a worker; the setting ROLLUP_HINT names this function."""
    drain_marks.apply_async(retry=False, expires=60)


def send_import_hint() -> None:
    """Wake a worker for uploaded sheets; the setting IMPORT_HINT names this function."""
    work_on_sheets.apply_async(retry=False, expires=60)
