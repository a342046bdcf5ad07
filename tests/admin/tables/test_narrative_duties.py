"""The supervision office chooses how often a plan asks for words, from a day on."""

import pytest
from django.test import Client

from commitments.domain.enums import NarrativeFrequency
from commitments.models import NarrativeDuty
from tests.admin.forms import add, errors
from tests.admin.opened import opened
from tests.factories import NOON, make_plan

pytestmark = pytest.mark.django_db


def test_it_begins_today_and_asks_every_quarter_unless_told_otherwise(office: Client) -> None:
    form = opened(office, "/admin/commitments/narrativeduty/add/")
    assert (form["effective_from"], form["frequency"]) == (["2023-09-28"], ["quarterly"])


def test_it_is_kept_with_who_chose_and_when(office: Client) -> None:
    add(office, "narrativeduty", plan=make_plan().pk, frequency="monthly", effective_from="2023-10-01")
    chosen = NarrativeDuty.objects.get()
    assert chosen.frequency == NarrativeFrequency.MONTHLY
    assert chosen.set_at >= NOON
    assert chosen.set_by is not None


def test_a_day_that_is_over_is_refused(office: Client) -> None:
    answer = add(office, "narrativeduty", plan=make_plan().pk, frequency="none", effective_from="2023-09-27")
    assert list(errors(answer)) == ["effective_from"]
