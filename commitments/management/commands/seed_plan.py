from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from commitments import clock, edits
from commitments.plan_import import wording
from commitments.plan_import.apply import Outcome, apply, compare
from commitments.plan_import.files.problems import BrokenPlanError
from commitments.plan_import.files.read import read_plan


class Command(BaseCommand):
    help = "Load a plan from a folder of tables; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="for example fixtures/610302-2023")
        parser.add_argument("--dry-run", action="store_true", help="show the difference and change nothing")

    def handle(self, *_args: Any, folder: Path, dry_run: bool, **_options: Any) -> None:
        try:
            file = read_plan(folder)
        except BrokenPlanError as broken:
            raise CommandError(wording.problem_list(broken.problems)) from None
        try:
            with edits.by_command("seed_plan", at=clock.now()):
                outcome = compare(file) if dry_run else apply(file)
        except (IntegrityError, DataError) as error:
            words = _("The database refuses this file; nothing was changed. It says: %(error)s")
            raise CommandError(words % {"error": error}) from error
        if dry_run:
            self._show(outcome)
        if outcome.refusals:
            raise CommandError(wording.refusal_list(outcome.refusals))
        self.stdout.write(wording.rows_line(outcome))
        self.stdout.write(wording.counts_line(outcome))
        if dry_run:
            self.stdout.write(_("Dry run: nothing was changed."))

    def _show(self, outcome: Outcome) -> None:
        for line in wording.change_lines(outcome.changes):
            self.stdout.write(line)
