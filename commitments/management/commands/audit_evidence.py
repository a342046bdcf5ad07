from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import ngettext

from ... import clock
from ...actions.evidence import comparing, disk


class Command(BaseCommand):
    help = "Compare every file of evidence with the digest stored when it was attached; exits 1 on any difference."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        spoilt = 0
        for evidence, found in comparing.compare_all(at=at, since=at):
            self.stdout.write(disk.describe(evidence, found))
            spoilt += 1
        if spoilt:
            raise CommandError(
                ngettext(
                    "%(count)d file differs from the one attached.",
                    "%(count)d files differ from those attached.",
                    spoilt,
                )
                % {"count": spoilt}
            )
        count = comparing.with_files().count()
        self.stdout.write(
            ngettext("%(count)d file is intact.", "%(count)d files are intact.", count) % {"count": count}
        )
