"""The settings for programs without servers: the type checker, makemigrations, the message catalogue."""

import os

for _name, _value in {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing",
    "CELERY_BROKER_URL": "redis://127.0.0.1",
    "EMAIL_URL": "smtp://127.0.0.1",
    "SITE_URL": "http://127.0.0.1",
    "SECRET_KEY": "for work without servers only",
}.items():
    os.environ.setdefault(_name, _value)

from tracker.settings import *  # noqa: E402, F403
