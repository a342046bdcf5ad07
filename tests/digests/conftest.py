import pytest
from pytest_django import Settings

from tests.mails.conftest import sink

__all__ = ["sink"]


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://pledges.example"
