"""Files on their way in, and the answer if the server's disk has no room for them."""

import errno
import logging
from collections.abc import Callable
from contextlib import suppress
from io import RawIOBase
from typing import IO, Any, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)
NO_ROOM = 507
# The disk or a quota is full, a file may grow no further, or the disk is read-only.
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


class NoRoomError(ValidationError):
    """A file that the server has no room to keep.

    No part of it is stored; the form is shown again with status 507.
    """

    def __init__(self) -> None:
        said = _("The server cannot store files at the moment. Nothing was saved. Try again later.")
        super().__init__({"file": said})


def status_of(refusal: object) -> int:
    """Return the status of the answer that shows a refused form again."""
    return NO_ROOM if isinstance(refusal, NoRoomError) else 200


class UploadHandler(TemporaryFileUploadHandler):
    """Reading of a form although the disk has no room for its file; reading that file then raises OSError."""

    trouble: OSError | None = None

    def new_file(self, *args: Any, **given: Any) -> None:
        self.trouble = None
        try:
            super().new_file(*args, **given)
        except OSError as error:
            self.trouble = error

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django names it
        if self.trouble is not None:
            return
        try:
            self.file.write(raw_data)
            self.file.flush()
        except OSError as error:
            self.trouble = error
            # The half file takes room that others need. Closing it tries in vain to write the rest once
            # more.
            with suppress(OSError):
                self.file.close()

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        if self.trouble is None:
            return super().file_complete(file_size)
        return UploadedFile(
            cast("IO[bytes]", Unreadable(self.trouble)), self.file_name, self.content_type, file_size
        )


class Unreadable(RawIOBase):
    """A stand-in for a file that could not be received."""

    def __init__(self, trouble: OSError) -> None:
        super().__init__()
        self.trouble = trouble

    def seek(self, _offset: int, _whence: int = 0, /) -> int:
        raise self.trouble

    def read(self, _size: int = -1, /) -> bytes:
        raise self.trouble


class NoRoomMiddleware:
    """A page with status 507 for views that do not handle a full disk themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OSError) or error.errno not in FULL:
            return None
        log.error("%s: no room on the disk", request.path, exc_info=error)
        return render(request, "507.html", status=NO_ROOM)
