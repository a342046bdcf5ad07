import sys
from typing import Any

from django.core.management.base import BaseCommand

from ... import health


class Command(BaseCommand):
    help = "Says in plain words what is wrong with this deployment; exits 1 if anything is."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        findings = health.examine(health.EVERYTHING)
        for finding in findings:
            mark = self.style.SUCCESS("✓") if finding.ok else self.style.ERROR("✗")
            self.stdout.write(f"{mark} {finding.part}: {finding.words}")
        if not all(finding.ok for finding in findings):
            sys.exit(1)
