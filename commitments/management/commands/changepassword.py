from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from commitments.accounts import links, security_log
from commitments.models import User


class Command(BaseCommand):
    help = "Prints a one-time link with which the owner of an account sets a password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active account %(name)s.") % {"name": username})
        security_log.note("password_link_made", of=username, by="changepassword")
        self.stdout.write(links.make(user))
