"""Celery's transport to Redis or Valkey; it drops an unreadable message and reads the next one.

Any message may lie in the broker, and kombu and Celery end the worker at many they did not write.
"""

import json
import logging
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from typing import Any

from celery import current_app
from kombu.transport import TRANSPORT_ALIASES, redis
from kombu.utils.encoding import bytes_to_str

logger = logging.getLogger(__name__)
Number = int | float | None


class UnreadableTaskError(ValueError):
    """A message that our own Celery did not write."""


class QoS(redis.QoS):
    def restore_by_tag(self, tag: Any, client: Any = None, leftmost: bool = False) -> None:  # noqa: FBT001, FBT002
        """Hand out again a message that was not acknowledged."""
        try:
            super().restore_by_tag(tag, client, leftmost)
        except (ValueError, TypeError, RecursionError) as error:
            self._remove_from_indices(tag).execute()  # type: ignore[attr-defined]
            _report(error)


class Channel(redis.Channel):
    QoS = QoS

    def _brpop_read(self, **options: Any) -> Any:
        try:
            return super()._brpop_read(**options)  # type: ignore[misc]
        except (ValueError, RecursionError) as error:
            _report(error)
            return True

    def _receive_one(self, client: Any) -> Any:
        """Take a broadcast, for example a ping."""
        try:
            return super()._receive_one(client)  # type: ignore[misc]
        except RecursionError as error:
            _report(error)
            return True


class Transport(redis.Transport):
    Channel = Channel

    def _deliver(self, message: Any, queue: Any) -> None:
        try:
            if bytes_to_str(queue) == current_app.conf.task_default_queue:
                check(message)
            super()._deliver(message, queue)
        except Exception as error:
            # To kombu a missing key is a lost connection too.
            if isinstance(error, self.connection_errors) and not isinstance(error, KeyError):
                raise
            self._forget(message)
            _report(error)

    def _forget(self, message: Any) -> None:
        """Take the message back from those delivered once more for want of an acknowledgement."""
        with suppress(KeyError, TypeError):
            tag = message["properties"]["delivery_tag"]
            for channel in self.channels or ():
                if tag in (channel.qos._delivered or ()):  # noqa: SLF001 - there is no public way to ask
                    channel.basic_reject(tag, requeue=False)


def use() -> None:
    """Let the addresses of Redis lead here."""
    for scheme in ("redis", "rediss"):
        TRANSPORT_ALIASES[scheme] = f"{__name__}:Transport"


def check(message: object) -> None:
    """Refuse a message unless it is written as our own Celery writes a task."""
    match message:
        case {
            "body": str(body),
            "content-type": "application/json",
            "content-encoding": "utf-8",
            "headers": {"task": str(task), "id": str(), "timelimit": [soft, hard]} as headers,
            "properties": {
                "body_encoding": "base64",
                "delivery_tag": str(),
                "delivery_info": {"exchange": str(), "routing_key": str()},
            },
        } if "compression" not in headers:
            _check_times(headers, soft, hard)
        case _:
            raise UnreadableTaskError("no task in the form of Celery 5")
    if task not in current_app.tasks:
        raise UnreadableTaskError("a task that is not known here")
    match json.loads(b64decode(body, validate=True)):
        case [list(), dict(), dict()]:
            return
        case _:
            raise UnreadableTaskError("no arguments in the form of Celery 5")


def _check_times(headers: dict[str, Any], *limits: object) -> None:
    for name in ("eta", "expires"):
        if headers.get(name) is not None:
            datetime.fromisoformat(headers[name])
    if not all(isinstance(limit, Number) for limit in limits):
        raise UnreadableTaskError("no limits of time in the form of Celery 5")


def _report(error: Exception) -> None:
    """Log the error in one short line, without the message, which may hold any text."""
    reason = str(error) if isinstance(error, UnreadableTaskError) else type(error).__name__
    logger.warning("A message from the broker cannot be read and was dropped: %s", reason)
