from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from ... import clock
from ...models import Plan
from ...rollups import audit, snapshots
from .. import arguments


class Command(BaseCommand):
    help = "Write the verdicts at the end of past days anew, as known at the end of each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=arguments.parse_day, required=True, metavar="DAY")
        parser.add_argument("--to", dest="last", type=arguments.parse_day, required=True, metavar="DAY")
        parser.add_argument(
            "--plan", default="", metavar="CODE", help="only this plan; else all that had started"
        )

    def handle(self, *args: Any, first: date, last: date, plan: str, **options: Any) -> None:
        plans = [each for each in arguments.find_plans(plan) if plan or each.starts_on <= first]
        if not plans:
            raise CommandError(_("No plan had started on %(day)s.") % {"day": first.isoformat()})
        for each in plans:
            _check(each, first, last)
            _check_ledger(each)
        for each in plans:
            days = snapshots.rebuild(each, first=first, last=last)
            self.stdout.write(_("%(plan)s: %(days)d days rebuilt.") % {"plan": each.code, "days": days})


def _check(plan: Plan, first: date, last: date) -> None:
    """Refuse days outside those that are kept: from the plan's first day to yesterday."""
    if first > last:
        raise CommandError(_("--from lies after --to."))
    if first < plan.starts_on:
        raise CommandError(
            _("%(plan)s starts on %(day)s; there is no state to keep before that.")
            % {"plan": plan.code, "day": plan.starts_on.isoformat()}
        )
    if last >= clock.today(plan.time_zone):
        raise CommandError(
            _("%(day)s is not over yet in %(plan)s.") % {"day": last.isoformat(), "plan": plan.code}
        )


def _check_ledger(plan: Plan) -> None:
    """Refuse a ledger that was changed since it was sealed: the past would be told anew by forged values."""
    if audit.compare_ledger(plan, at=clock.now()):
        raise CommandError(
            _("The ledger of %(plan)s differs from its seals: run “manage.py audit_rollups” first.")
            % {"plan": plan.code}
        )
