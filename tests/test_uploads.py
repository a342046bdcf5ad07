"""On a full disk each route says so in the reader's language."""

import errno
import os
import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf.urls.i18n import i18n_patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from commitments.uploads import UploadHandler
from tests import disks
from tracker.urls import urlpatterns as ours


def writing(_request: HttpRequest) -> HttpResponse:
    with tempfile.TemporaryFile() as file:
        file.write(disks.TOO_MUCH)
        file.flush()
    return HttpResponse("written")


def broken(_request: HttpRequest) -> HttpResponse:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def read(request: HttpRequest) -> HttpResponse:
    file: Any = request.FILES["a"]
    return HttpResponse(str(len(file.read())))


in_languages = i18n_patterns(path("writing", writing), prefix_default_language=False)
urlpatterns = [*in_languages, path("broken", broken), path("read", read), *ours]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: LazySettings) -> None:
    """Send temporary files, uploads among them, to a folder of the test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000


@pytest.mark.usefixtures("_temporary")
@pytest.mark.parametrize(
    ("address", "said"), [("/writing", "服务器暂时无法保存文件"), ("/en/writing", "Files cannot be stored")]
)
def test_whatever_finds_the_disk_full_is_told_with_507(
    address: str, said: str, client: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with disks.full(tmp_path):
        answer = client.get(address)
    assert answer.status_code == 507
    assert f"<h1>{said}</h1>" in answer.content.decode()
    assert f"{address}: no room on the disk" in caplog.text


def test_another_fault_of_the_disk_stays_a_fault(client: Client) -> None:
    assert client.get("/broken").status_code == 500


@pytest.mark.usefixtures("_temporary")
def test_a_view_that_reads_what_could_not_be_taken_in_answers_507(client: Client, tmp_path: Path) -> None:
    with disks.full(tmp_path):
        answer = client.post("/read", {"a": SimpleUploadedFile("a", disks.TOO_MUCH)})
    assert answer.status_code == 507


@pytest.mark.usefixtures("_temporary")
def test_the_texts_of_a_form_are_taken_in_without_its_file(client: Client, tmp_path: Path) -> None:
    with disks.full(tmp_path):
        files = {"a": SimpleUploadedFile("a", disks.TOO_MUCH), "b": SimpleUploadedFile("b", b"1" * 2000)}
        answer = client.post("/admin/login/", files | {"username": "somebody", "password": "no"})
    assert answer.status_code == 200
    assert answer.context["form"].data["username"] == "somebody"


def test_what_is_sent_whole_is_read_whole(client: Client, settings: LazySettings) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    assert client.post("/read", {"a": SimpleUploadedFile("a", b"1" * 2000)}).content == b"2000"


def test_a_handler_of_several_files_forgets_the_trouble_of_the_one_before(tmp_path: Path) -> None:
    handler = UploadHandler()
    handler.trouble = OSError(errno.ENOSPC, "full")
    handler.new_file("b", "b", "text/plain", 4, None, {})
    handler.receive_data_chunk(b"1234", 0)
    taken: Any = handler.file_complete(4)
    assert taken.read() == b"1234"
