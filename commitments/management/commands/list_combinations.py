from typing import Any

from django.core.management.base import BaseCommand

from ..combinations import describe_combinations


class Command(BaseCommand):
    help = "Print docs/combinations.md: the meaning of each kind, direction, goal and accumulation."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(describe_combinations(), ending="")
