from datetime import datetime

import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from commitments.digests import unsubscribe
from commitments.models import Subscription
from tests.digests.plans import MONDAY, make_subscription
from tests.factories import make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Like a mail program: no cookie, no token."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def reader() -> Subscription:
    return make_subscription(make_plan(), language="en")


def left_at(reader: Subscription) -> datetime | None:
    return Subscription.objects.get(pk=reader.pk).unsubscribed_at


def path(reader: Subscription, name: str = "unsubscribe") -> str:
    return reverse(f"digests:{name}", args=[unsubscribe.token(reader)])


def test_looking_at_the_link_changes_nothing(client: Client, reader: Subscription) -> None:
    for method in (client.get, client.head):
        response = method(path(reader))
        assert response.status_code == 200
    assert left_at(reader) is None
    page = client.get(path(reader)).content.decode()
    assert "reader@weibin.example receives the weekly digest" in page
    assert f'action="{path(reader)}"' in page


def test_one_click_unsubscribes(client: Client, reader: Subscription) -> None:
    response = client.post(path(reader), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert left_at(reader) is not None
    assert "no longer receives the weekly digest" in response.content.decode()
    assert not response.cookies


def test_a_second_time_changes_nothing(client: Client, reader: Subscription) -> None:
    unsubscribe.stop(reader, MONDAY)
    assert client.post(path(reader)).status_code == 200
    assert left_at(reader) == MONDAY


def test_who_left_can_come_back(client: Client, reader: Subscription) -> None:
    unsubscribe.stop(reader, MONDAY)
    page = client.get(path(reader)).content.decode()
    assert f'action="{path(reader, "resubscribe")}"' in page
    assert client.get(path(reader, "resubscribe")).status_code == 200
    assert left_at(reader) == MONDAY
    response = client.post(path(reader, "resubscribe"))
    assert "receives the weekly digest" in response.content.decode()
    assert left_at(reader) is None


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_the_page_speaks_the_readers_language(client: Client, language: str, lang: str) -> None:
    reader = make_subscription(make_plan(), language=language)
    response = client.get(path(reader), headers={"Accept-Language": "fr"})
    assert f'<html lang="{lang}"' in response.content.decode()
    assert response["Content-Language"] == language


def test_the_page_is_kept_by_nobody_and_tells_nobody_where_it_was(
    client: Client, reader: Subscription
) -> None:
    response = client.get(path(reader))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "style=" not in response.content.decode()


@pytest.mark.parametrize("name", ["unsubscribe", "resubscribe"])
@pytest.mark.parametrize("kind", ["tampered", "foreign", "gone"])
def test_a_link_that_is_not_ours_says_so_in_plain_words(
    client: Client, reader: Subscription, name: str, kind: str
) -> None:
    token = {
        "tampered": unsubscribe.token(reader)[:-1] + "!",
        "foreign": Signer(salt="another").sign(str(reader.pk)),
        "gone": unsubscribe.SIGNER.sign("0"),
    }[kind]
    address = reverse(f"digests:{name}", args=[token])
    for response in (client.get(address), client.post(address)):
        assert response.status_code == 404
        assert "<h1>" in response.content.decode()
    assert left_at(reader) is None


@pytest.mark.parametrize(("language", "said"), [("zh-CN", "链接无效"), ("en", "This link does not work")])
def test_a_broken_link_is_explained_in_the_browsers_language(
    client: Client, language: str, said: str
) -> None:
    page = client.get(
        "/digests/unsubscribe/1:broken/", headers={"Accept-Language": language}
    ).content.decode()
    assert said in page


def test_other_methods_are_refused(client: Client, reader: Subscription) -> None:
    assert client.delete(path(reader)).status_code == 405
    assert client.put(path(reader, "resubscribe")).status_code == 405


def test_a_link_outlives_a_change_of_the_secret(reader: Subscription, settings: Settings) -> None:
    address = unsubscribe.address(reader)
    assert address.startswith("https://pledges.example/digests/unsubscribe/")
    token = unsubscribe.token(reader)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next one, as long as it has to be, and then some"
    assert unsubscribe.find(token) == reader
