from pathlib import Path

import pytest
from django.conf import LazySettings

from commitments.models import ProgressEntry
from tests.factories import make_entry, make_target


@pytest.fixture(autouse=True)
def media(settings: LazySettings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def entry() -> ProgressEntry:
    return make_entry(make_target(), 40)
