class BackupError(Exception):
    """A failed backup, described in one line with the way to mend it."""
