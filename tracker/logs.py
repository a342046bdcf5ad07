"""Short log lines for bad requests."""

import logging
from http import HTTPStatus

LONGEST = 300


class OneLineFilter(logging.Filter):
    """A filter that keeps a refused request to one short line, and leaves out clients told to wait."""

    # Any client can send bad requests, as many and as long as it likes. A traceback of ours explains none
    # of them.
    def filter(self, record: logging.LogRecord) -> bool:
        # Django gives the status of the answer with a record; other records have none.
        status = getattr(record, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR)
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            return False
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            record.msg, record.args = _one_line(record.getMessage()), None
            record.exc_info = record.exc_text = None
        return True


def _one_line(text: str) -> str:
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
    return "".join(character if character.isprintable() else " " for character in short)
