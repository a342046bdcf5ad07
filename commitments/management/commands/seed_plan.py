from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from commitments import clock
from commitments.actions import plans
from commitments.change_log import editing
from commitments.models import Plan
from commitments.plan_import import messages
from commitments.plan_import.apply import PermittedChanges, PlanOutcome, apply, rehearse
from commitments.plan_import.files.problems import BrokenPlanError
from commitments.plan_import.files.read import read_plan
from commitments.plan_import.files.rows import PlanFile
from commitments.plan_import.loaded import LoadState
from commitments.plan_import.staff_edits import SEED


class Command(BaseCommand):
    help = (
        "Load a plan from a folder of tables where no plan has its code; otherwise show how the files differ from "
        "the live plan, and change nothing. With --verbosity 0 that is one line, or none."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="for example fixtures/610302-2023")
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--dry-run", action="store_true", help="try it, show the difference, change nothing")
        how.add_argument("--apply", action="store_true", help="make the live plan like the files")
        parser.add_argument(
            "--overwrite-edits",
            action="store_true",
            help="with --apply: also where people have edited the live plan",
        )
        parser.add_argument(
            "--publish", action="store_true", help="publish a plan that is loaded; else it is a draft"
        )

    def handle(self, *_args: Any, folder: Path, verbosity: int, publish: bool, **chosen: Any) -> None:
        may = _may(**chosen)
        try:
            file = read_plan(folder)
        except BrokenPlanError as broken:
            raise CommandError(messages.problem_list(broken.problems)) from None
        outcome = _seed(file, may, publish=publish)
        _refuse(outcome, may)
        for line in _told(outcome, may, file, folder) if verbosity else _told_in_short(outcome, file, folder):
            self.stdout.write(line)


def _may(*, dry_run: bool, apply: bool, overwrite_edits: bool, **_others: Any) -> PermittedChanges | None:
    """Return how far the command may go; None allows no change."""
    if overwrite_edits and not apply:
        raise CommandError(_("--overwrite-edits works only together with --apply."))
    if dry_run:
        return None
    if apply:
        return PermittedChanges.OVERWRITE if overwrite_edits else PermittedChanges.CHANGE
    return PermittedChanges.LOAD


def _seed(file: PlanFile, may: PermittedChanges | None, *, publish: bool) -> PlanOutcome:
    at = clock.now()
    try:
        with editing.by_command(SEED, at=at), transaction.atomic():
            outcome = rehearse(file) if may is None else apply(file, may)
            # A plan that existed before is published by a person, in the admin.
            if publish and outcome.applied and outcome.standing == LoadState.NEW:
                plans.publish_loaded(file.plan.code, at=at)
            return outcome
    except (IntegrityError, DataError) as error:
        words = _("The database refuses this file; nothing was changed. It says: %(error)s")
        raise CommandError(words % {"error": error}) from error


def _refuse(outcome: PlanOutcome, may: PermittedChanges | None) -> None:
    """Fail if a requested change was not made; a live plan that differs fails no plain run (see `_waits`)."""
    if outcome.refusals and not _waits(outcome, may):
        raise CommandError(messages.refusal_list(outcome.refusals))
    if may is None or outcome.applied or not outcome.changes or _waits(outcome, may):
        return
    if may == PermittedChanges.CHANGE:
        raise CommandError(messages.edited_list(outcome))
    words = _("The files would change existing data. Nothing was changed; --apply allows it:")
    raise CommandError("\n".join([words, *messages.change_lines(outcome)]))


def _waits(outcome: PlanOutcome, may: PermittedChanges | None) -> bool:
    """Tell whether the plan is or was there, and no option asks to change it."""
    return may == PermittedChanges.LOAD and outcome.standing in (LoadState.THERE, LoadState.GONE)


def _told(outcome: PlanOutcome, may: PermittedChanges | None, file: PlanFile, folder: Path) -> Iterator[str]:
    if outcome.standing == LoadState.GONE and may == PermittedChanges.LOAD:
        yield messages.gone_line(file.plan.code, folder)
        return
    if not outcome.applied:
        yield from messages.change_lines(outcome)
    yield messages.rows_line(outcome)
    yield messages.counts_line(outcome)
    if may is None:
        yield _("Dry run: nothing was changed.")
    elif outcome.changes and not outcome.applied:
        yield from messages.waiting_lines(outcome)
    if Plan.objects.filter(code=file.plan.code, published_at=None).exists():
        yield _("The plan stays a draft until it is published in the admin.")


def _told_in_short(outcome: PlanOutcome, file: PlanFile, folder: Path) -> Iterator[str]:
    if outcome.applied or not outcome.changes:
        return
    gone = outcome.standing == LoadState.GONE
    yield messages.gone_line(file.plan.code, folder) if gone else messages.differs_line(outcome, folder)
