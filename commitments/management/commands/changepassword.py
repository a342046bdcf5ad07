from typing import Any

from django.contrib.auth.management.commands import changepassword

from commitments import clock, edits


class Command(changepassword.Command):
    """Django's own, with its name in the history."""

    def handle(self, *args: Any, **options: Any) -> str | None:
        with edits.by_command("changepassword", at=clock.now()):
            return super().handle(*args, **options)
