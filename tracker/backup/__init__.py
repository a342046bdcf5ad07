"""Backups of the database and the evidence files: made, kept for some days, restored."""
