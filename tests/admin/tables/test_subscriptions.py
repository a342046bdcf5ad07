import pytest
from django.test import Client

from commitments.models import Subscription
from tests.admin.forms import add, errors
from tests.factories import make_agency, make_plan

pytestmark = pytest.mark.django_db


def test_an_address_subscribes_once_however_it_is_written(office: Client) -> None:
    form = {"plan": make_plan().pk, "email": "reader@example.org", "language": "en"}
    add(office, "subscription", **form)
    refused = errors(add(office, "subscription", **form | {"email": "Reader@Example.org"}))
    assert refused["email"] == ["This address is already subscribed to the same digest."]
    assert Subscription.objects.count() == 1


def test_an_address_subscribes_to_a_plan_and_to_an_agency(office: Client) -> None:
    form = {"plan": make_plan().pk, "email": "reader@example.org", "language": "en"}
    add(office, "subscription", **form)
    add(office, "subscription", **form, agency=make_agency().pk)
    assert Subscription.objects.count() == 2
