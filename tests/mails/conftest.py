from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.mails.sink import Sink, serve


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """Start a real mail server, and make the service send to it."""
    sink = Sink()
    controller = serve(sink)
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_TIMEOUT = 5
    yield sink
    controller.stop()
