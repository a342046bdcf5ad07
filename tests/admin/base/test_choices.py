"""A row that is chosen by anything but its number is refused in the form, and is no fault."""

import pytest
from django.test import Client

from tests.factories import make_target

pytestmark = pytest.mark.django_db

WORDS = ["true", "x", "-1", "1" * 30, "١"]


@pytest.mark.parametrize("field", ["plan", "priority", "supporters", "lead_agency"])
@pytest.mark.parametrize("word", WORDS)
def test_a_word_is_no_row(office: Client, field: str, word: str) -> None:
    commitment = make_target().commitment_id
    answer = office.post(f"/admin/commitments/commitment/{commitment}/change/", {field: word})
    assert answer.status_code == 200


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("page", ["commitment/add/?plan", "progressentry/add/?target"])
def test_a_form_opens_whatever_its_address_names(office: Client, page: str, word: str) -> None:
    assert office.get(f"/admin/commitments/{page}={word}").status_code == 200
