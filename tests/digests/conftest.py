from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.digests.sink import Sink, serve


@pytest.fixture(autouse=True)
def _site(settings: Settings) -> None:
    settings.SITE_URL = "https://pledges.example"


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    sink = Sink()
    controller = serve(sink)
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 5
    yield sink
    controller.stop()
