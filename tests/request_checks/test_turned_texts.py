"""Texts with turning characters, stored before these were refused: pages show them the right way round."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from commitments.digests import message
from commitments.domain.enums import Role
from commitments.models import Commitment, Subscription
from commitments.rollups import refresh
from tests.admin.opened import opened
from tests.factories import NOON, make_commitment, make_user

pytestmark = pytest.mark.django_db
TURNED, PLAIN = "改造\u202e老旧\u2066小区\u200f", "改造老旧小区"


@pytest.fixture
def commitment() -> Commitment:
    made = make_commitment(title=TURNED, title_en="Renovate")
    refresh.rebuild_plan(made.plan, at=NOON)
    return made


@pytest.fixture
def office() -> Client:
    browser = Client()
    browser.force_login(make_user(Role.SUPERVISION))
    return browser


def page_of(commitment: Commitment) -> str:
    return f"/admin/commitments/commitment/{commitment.pk}/change/"


def parts(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("address", ["/", "/api/v1/commitments/", "/admin/commitments/commitment/"])
def test_on_a_page_and_in_the_api(address: str, commitment: Commitment, office: Client) -> None:
    answer = office.get(address)
    assert PLAIN in answer.content.decode()
    assert TURNED not in answer.content.decode()
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_in_json_that_is_written_in_ascii(commitment: Commitment, office: Client) -> None:
    query = {"app_label": "commitments", "model_name": "target", "field_name": "commitment"}
    answer = office.get("/admin/autocomplete/", query)
    assert PLAIN in answer.json()["results"][0]["text"]


def test_an_escape_that_is_itself_written_out_stays(office: Client) -> None:
    make_commitment(title="C:\\\\u202e")
    query = {"app_label": "commitments", "model_name": "target", "field_name": "commitment"}
    assert "C:\\\\u202e" in office.get("/admin/autocomplete/", query).json()["results"][0]["text"]


def test_in_files(commitment: Commitment, office: Client) -> None:
    csv = parts(office.get("/admin/commitments/commitment/export.csv")).decode()
    book = load_workbook(BytesIO(parts(office.get("/admin/commitments/commitment/export.xlsx"))))
    cells = [str(cell.value) for row in book.active.iter_rows() for cell in row]
    assert (PLAIN in csv, any(PLAIN in cell for cell in cells)) == (True, True)


def test_in_mails(commitment: Commitment) -> None:
    commitment.plan.jurisdiction.name = TURNED
    commitment.plan.jurisdiction.save()
    subscription = Subscription.objects.create(plan=commitment.plan, email="a@example.org")
    words = message.write_words(subscription, week="2023-W39", at=NOON)
    assert PLAIN in words.subject
    assert not any(TURNED in text for text in words)


def test_a_form_that_is_saved_unchanged_mends_them(commitment: Commitment, office: Client) -> None:
    assert office.post(page_of(commitment), opened(office, page_of(commitment))).status_code == 302
    commitment.refresh_from_db()
    assert commitment.title == PLAIN
