import os
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from commitments import clock
from commitments.change_log import editing
from commitments.plan_import import messages
from commitments.plan_import.files.problems import BrokenPlanError
from commitments.plan_import.files.samples import read_demo
from commitments.plan_import.samples import load_once


class Command(BaseCommand):
    help = "Load accounts and sample progress for a demonstration, once; never into production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="for example fixtures/610302-2023-demo")

    def handle(self, *_args: Any, folder: Path, verbosity: int, **_options: Any) -> None:
        if settings.DEMO_CLOCK is None:
            raise CommandError(
                _("DEMO_CLOCK is not set, so this is no demonstration: sample data is not loaded.")
            )
        password = os.environ.get("DEMO_PASSWORD") or None
        try:
            with editing.by_command("load_demo", at=clock.now()):
                made = load_once(read_demo(folder), password=password)
        except BrokenPlanError as broken:
            raise CommandError(messages.problem_list(broken.problems)) from None
        except IntegrityError as error:
            words = _("The database refuses this file; nothing was changed. It says: %(error)s")
            raise CommandError(words % {"error": error}) from error
        for line in _told(made, password) if verbosity else ():
            self.stdout.write(line)


def _told(made: Counter[str] | None, password: str | None) -> Iterator[str]:
    if made is None:
        yield _("The demonstration has been loaded before; nothing was changed.")
        return
    if password is None:
        yield _("DEMO_PASSWORD is not set: nobody can sign in to new demo accounts.")
    yield ", ".join(f"{file} {count}" for file, count in made.items())
    yield _("%(count)d rows added.") % {"count": made.total()}
