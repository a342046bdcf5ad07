from pathlib import Path

import pytest

from .folders import write_plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_plan(tmp_path)
