"""Stored verdicts as people see them, in words, figures and charts: the same on the public page and in the admin."""
