"""Limits on typed texts, and list addresses that ask for nonsense."""

import pytest
from django.test import Client

from commitments.domain.enums import Role
from commitments.domain.texts import LONGEST
from commitments.models import ImportJob
from commitments.progress_import import jobs
from tests.admin.conftest import SignIn
from tests.admin.forms import change, errors
from tests.factories import NOON, TODAY, make_commitment, make_entry, make_source, make_target, make_user
from tests.progress_import.samples import csv_of

TOO_LONG = "长" * (LONGEST + 1)


@pytest.mark.django_db
def test_a_note_without_end_is_refused_beside_its_field(office: Client) -> None:
    assert "5000" in errors(change(office, make_commitment(), note=TOO_LONG))["note"][0]


@pytest.mark.django_db
def test_the_text_of_a_source_may_be_longer(office: Client) -> None:
    assert change(office, make_source(), text=TOO_LONG).status_code == 302


@pytest.mark.django_db
def test_a_reason_without_end_leaves_the_entry_waiting(office: Client) -> None:
    entry = make_entry(make_target(), 5)
    office.post(f"/admin/review/{entry.pk}/", {"decision": "return", "reason": TOO_LONG})
    entry.refresh_from_db()
    assert entry.counted_until is None


@pytest.mark.django_db
def test_a_drop_says_why_in_so_many_words(office: Client) -> None:
    commitment = make_commitment()
    form = {"on": "2023-09-01", "authority": "区政府", "reason": TOO_LONG, "seen": "0"}
    answer = office.post(f"/admin/commitment/{commitment.pk}/drop/", form)
    assert "at most 5000 characters" in answer.content.decode()


# The database's own refusal ends the test's transaction otherwise.
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "query",
    ["id__range=3", "reason__regex=[", "id__in=1,x", "reviewed_at__year=x", "id__gte=1E%2B400", "nothing=1"],
)
@pytest.mark.parametrize("place", ["", "export.csv"])
def test_a_list_that_is_asked_nonsense_is_shown_without_it(query: str, place: str, sign_in: SignIn) -> None:
    make_entry(make_target(), 5)
    office = sign_in(Role.SUPERVISION)
    answer = office.get(f"/admin/commitments/review/{place}?{query}", follow=True)
    assert answer.status_code == 200


@pytest.mark.django_db
def test_the_columns_of_a_sheet_that_nobody_has_looked_at_cannot_be_named(sign_in: SignIn) -> None:
    user = make_user(language="en")
    plan = make_commitment().plan
    jobs.upload(plan=plan, file_name="a.csv", content=csv_of(), effective_on=TODAY, by=user, at=NOON)
    answer = sign_in(user).post(
        f"/admin/import/{ImportJob.objects.get().pk}/columns/", {"header_row": "1"}, follow=True
    )
    assert "has changed in the meantime" in answer.content.decode()
