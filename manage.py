#!/usr/bin/env python
import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    # A start makes a hundred thousand objects that stay; looking for garbage among them takes a sixth of it.
    gc.set_threshold(100_000, 50, 100)
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The settings are not complete: {error}")
