from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ...backup.errors import BackupError
from ...backup.restore import restore


class Command(BaseCommand):
    help = "Put a backup into an empty database and media folder; needs the DATABASE_URL of tracker_owner."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="a folder that `manage.py backup` made")

    def handle(self, *args: Any, backup: Path, **options: Any) -> None:
        try:
            files = restore(backup)
        except (BackupError, OSError) as error:
            raise CommandError(f"Nothing was restored into the database. {error}") from error
        self.stdout.write(
            f"Restored: the database and {files} files of evidence. "
            "Next: manage.py migrate, manage.py audit_rollups, manage.py audit_evidence."
        )
