from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import clock
from ...models import Plan
from ...rollups import audit
from ...rollups.audit import AuditOutcome
from .. import arguments


class Command(BaseCommand):
    help = "Compare what is stored with the ledger; exits 1 on any difference. Repairs only with --repair."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--plan", default="", metavar="CODE", help="only this plan")
        parser.add_argument("--repair", action="store_true", help="recompute what differs and compare again")
        parser.add_argument(
            "--accept-ledger",
            action="store_true",
            help="seal the ledger as it is now, after a person has checked what differs from its seals",
        )
        snapshots = parser.add_mutually_exclusive_group()
        snapshots.add_argument("--no-snapshots", action="store_true", help="leave the days past out")
        snapshots.add_argument(
            "--since",
            type=arguments.parse_day,
            metavar="DAY",
            help="of the days past, this one and later ones",
        )

    def handle(
        self,
        *args: Any,
        plan: str,
        repair: bool,
        accept_ledger: bool,
        no_snapshots: bool,
        since: date | None,
        **options: Any,
    ) -> None:
        differ = 0
        for each in arguments.find_plans(plan):
            if accept_ledger:
                self._accept(each)
            outcome = self._audit(each, since, with_snapshots=not no_snapshots)
            if repair and outcome.all_differences:
                outcome = self._repair(each, outcome, since, with_snapshots=not no_snapshots)
            differ += len(outcome.all_differences)
        if differ:
            raise CommandError(
                ngettext("%(count)d difference.", "%(count)d differences.", differ) % {"count": differ}
            )

    def _accept(self, plan: Plan) -> None:
        for difference in audit.accept_ledger(plan, at=clock.now()):
            self.stdout.write(_("Accepted and sealed anew: %(difference)s") % {"difference": difference})

    def _repair(
        self, plan: Plan, found: AuditOutcome, since: date | None, *, with_snapshots: bool
    ) -> AuditOutcome:
        audit.repair(plan, found, at=clock.now())
        outcome = self._audit(plan, since, with_snapshots=with_snapshots)
        if codes := plan.commitments.filter(pk__in=found.doubtful).values_list("code", flat=True):
            told = _("Not recomputed: %(codes)s. Check the ledger first, then give --accept-ledger.")
            self.stdout.write(told % {"codes": ", ".join(codes)})
        return outcome

    def _audit(self, plan: Plan, since: date | None, *, with_snapshots: bool) -> AuditOutcome:
        outcome = audit.audit(plan, at=clock.now(), with_snapshots=with_snapshots, since=since)
        for difference in outcome.all_differences:
            self.stdout.write(str(difference))
        self.stdout.write(f"{plan.code}: {_told(outcome)}")
        return outcome


def _told(outcome: AuditOutcome) -> str:
    if outcome.all_differences:
        return _("%(checked)d rows compared, %(count)d differences.") % {
            "checked": outcome.checked,
            "count": len(outcome.all_differences),
        }
    told = _("verified, %(checked)d rows compared.") % {"checked": outcome.checked}
    if not outcome.skipped:
        return told
    return (
        told
        + " "
        + ngettext(
            "%(count)d commitment is waiting to be recomputed and was skipped.",
            "%(count)d commitments are waiting to be recomputed and were skipped.",
            outcome.skipped,
        )
        % {"count": outcome.skipped}
    )
