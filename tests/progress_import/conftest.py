import pytest


@pytest.fixture(autouse=True)
def _english(in_english: None) -> None:
    """Let every message of a sheet be one in English."""
