from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from commitments import clock
from commitments.accounts import links, security_log
from commitments.change_log import editing
from commitments.domain.enums import Role
from commitments.models import User


class Command(BaseCommand):
    help = "Adds an account that may do everything, and prints the one-time link with which its owner sets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--username", required=True)
        parser.add_argument("--email", default="")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans")
        parser.add_argument("--noinput", action="store_true", help="nothing is asked anyway")

    def handle(self, *_args: Any, username: str, email: str, language: str, **_options: Any) -> None:
        user = User(username=username, email=email, language=language, role=Role.ADMIN)
        user.is_staff = user.is_superuser = True
        user.set_unusable_password()
        try:
            user.full_clean()
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from None
        with editing.by_command("createsuperuser", at=clock.now()):
            user.save()
        security_log.note("account_added", of=username, role=user.role, by="createsuperuser")
        self.stdout.write(links.make(user))
