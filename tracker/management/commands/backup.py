from argparse import ArgumentParser
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ...backup.errors import BackupError
from ...backup.make import back_up

KEEP_DAYS = 14


class Command(BaseCommand):
    help = "Back up the database and the evidence files, whole or not at all, and remove what is too old."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "folder", nargs="?", default=settings.BACKUP_FOLDER, help="where backups are kept (BACKUP_FOLDER)"
        )
        parser.add_argument("--keep-days", type=int, default=KEEP_DAYS, metavar="DAYS", help="14 by default")

    def handle(self, *args: Any, folder: str, keep_days: int, **options: Any) -> None:
        if not folder:
            raise CommandError("Name a folder, or set BACKUP_FOLDER.")
        try:
            made = back_up(Path(folder), at=datetime.now(UTC), keep_days=keep_days)
        except (BackupError, OSError) as error:
            raise CommandError(f"No backup was made. {error}") from error
        for remark in made.remarks:
            self.stderr.write(remark)
        self.stdout.write(f"{made.backup}: the database and {made.files} files of evidence.")
