import logging
import signal
from threading import Event
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from ... import clock
from ...models import Heartbeat
from ...rollups import garbage, refresh

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Rolls up what was marked stale, in a loop that needs no broker. Run one beside the workers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--interval", type=float, default=2.0, help="seconds between two looks")
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *args: Any, interval: float, once: bool, **options: Any) -> None:
        garbage.relax()
        stopped = Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            sweep()
            if once:
                return
            stopped.wait(interval)


def sweep() -> None:
    """Run one round; log an error and go on."""
    try:
        close_old_connections()
        while refresh.drain(clock=clock.now):
            Heartbeat.beat("sweeper")
        Heartbeat.beat("sweeper")
        refresh.assess_all(at=clock.now())
    except Exception:
        logger.exception("This round failed; the next one tries again.")
