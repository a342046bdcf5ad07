"""Stored verdicts for readers, in words, figures and charts; the same on the public page and in the admin."""
