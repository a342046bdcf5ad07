from argparse import ArgumentParser
from collections import Counter
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments import clock, labels, sending
from commitments.digests import audience, preview
from commitments.domain.enums import DeliveryState
from commitments.domain.periods import week_start
from commitments.models import Plan


class Command(BaseCommand):
    help = "Send the weekly digests that are due; each goes out once, however often this runs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--week", default="", help="the current ISO week, due or not; for example 2023-W39"
        )
        parser.add_argument("--to", default="", metavar="ADDRESS", help="only the mails to this address")
        parser.add_argument("--dry-run", action="store_true", help="list the mails and change nothing")
        parser.add_argument("--print", action="store_true", help="show the mails' text and change nothing")

    def handle(self, *_args: Any, week: str, to: str, dry_run: bool, **options: Any) -> None:
        at = clock.now()
        _check(week)
        if dry_run or options["print"]:
            self._show(week, to, at, in_full=options["print"])
            return
        for plan in Plan.objects.published():
            _open(plan, week, to, at)
        self.stdout.write(_told(sending.send_due(at=at, only=to)))

    def _show(self, week: str, to: str, at: datetime, *, in_full: bool) -> None:
        for plan in Plan.objects.published():
            for shown in preview.preview_mails(plan, week or audience.week_of(plan, at), at, only=to):
                state = labels.DELIVERY_STATE[DeliveryState(shown.mail.state)] if shown.mail else _("new")
                self.stdout.write(f"{shown.words.address} [{state}] {shown.words.subject}")
                if in_full:
                    self.stdout.write(f"\n{shown.words.text}\n")
        self.stdout.write(_("Nothing was sent and nothing was changed."))


def _check(week: str) -> None:
    try:
        week_start(week) if week else None
    except ValueError:
        raise CommandError(
            _("%(week)s is not an ISO week; write for example 2023-W39.") % {"week": week}
        ) from None


def _open(plan: Plan, week: str, to: str, at: datetime) -> None:
    """Open the rows of the current week; refuse another week."""
    # The figures are today's, so a mail for another week would state figures that did not hold then.
    current = audience.week_of(plan, at)
    if week and week != current:
        raise CommandError(
            _("Only the current week %(current)s can be sent; use --print to read the mails of another.")
            % {"current": current}
        )
    audience.end_past_weeks(plan, at)
    if week:
        audience.open_rows(plan, week, at, only=to)
    else:
        audience.open_week(plan, at, only=to)


def _told(outcomes: Counter[DeliveryState]) -> str:
    told = ", ".join(f"{labels.DELIVERY_STATE[state]} {count}" for state, count in outcomes.items())
    return told or _("Nothing is due.")
