import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments import clock, edits
from commitments.plan_import import wording
from commitments.plan_import.demo import load
from commitments.plan_import.files.demo import read_demo
from commitments.plan_import.files.problems import BrokenPlanError


class Command(BaseCommand):
    help = "Load accounts and sample progress for a demonstration; never into production."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="for example fixtures/610302-2023-demo")

    def handle(self, *_args: Any, folder: Path, **_options: Any) -> None:
        if settings.DEMO_CLOCK is None:
            raise CommandError(
                _("DEMO_CLOCK is not set, so this is no demonstration: sample data is not loaded.")
            )
        password = os.environ.get("DEMO_PASSWORD") or None
        try:
            with edits.by_command("load_demo", at=clock.now()):
                made = load(read_demo(folder), password=password)
        except BrokenPlanError as broken:
            raise CommandError(wording.problem_list(broken.problems)) from None
        if password is None:
            self.stdout.write(_("DEMO_PASSWORD is not set: nobody can sign in to new demo accounts."))
        self.stdout.write(", ".join(f"{file} {count}" for file, count in made.items()))
        self.stdout.write(_("%(count)d rows added.") % {"count": made.total()})
