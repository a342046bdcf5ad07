class BackupError(Exception):
    """One line that says what is wrong and how to mend it."""
