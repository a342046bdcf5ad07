from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.dashboard.plans import make_mixed_plan

pytestmark = pytest.mark.django_db

ENGLISH = {"Accept-Language": "en-GB,en;q=0.9,zh-CN;q=0.5"}
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}


def language_of(answer: Any) -> str:
    page: str = answer.content.decode()
    return page.split('<html lang="')[1].split('"')[0]


def test_a_first_visit_in_english_is_led_to_english(client: Client) -> None:
    answer = client.get("/?status=off_track", headers=ENGLISH)
    assert (answer.status_code, answer["Location"]) == (302, "/en/?status=off_track")
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize(
    "headers", [{}, CHINESE, {"Accept-Language": "zh-TW,en;q=0.9"}, {"Accept-Language": "fr"}]
)
def test_other_first_visits_stay_chinese(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/", headers=headers)
    assert answer.status_code == 200
    assert language_of(answer) == "zh-Hans"
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_the_address_decides_everywhere_else(client: Client) -> None:
    make_mixed_plan()
    assert language_of(client.get("/plans/610302-2023/", headers=ENGLISH)) == "zh-Hans"
    assert language_of(client.get("/en/plans/610302-2023/", headers=CHINESE)) == "en"


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/?lang=en", "/en/"),
        ("/en/?lang=zh-hans", "/"),
        ("/en/?lang=en", "/en/"),
        ("/plans/610302-2023/?lang=en", "/en/plans/610302-2023/"),
        ("/en/plans/610302-2023/?status=at_risk&lang=zh-hans", "/plans/610302-2023/?status=at_risk"),
    ],
)
def test_the_switch_leads_to_the_same_page_and_is_remembered(
    client: Client, settings: Settings, asked: str, led: str
) -> None:
    answer = client.get(asked, headers=ENGLISH)
    assert (answer.status_code, answer["Location"]) == (302, led)
    assert answer.cookies[settings.LANGUAGE_COOKIE_NAME].value == (
        "en" if led.startswith("/en/") else "zh-hans"
    )


def test_a_choice_goes_before_the_browsers_wish(client: Client) -> None:
    client.get("/?lang=zh-hans")
    assert client.get("/", headers=ENGLISH).status_code == 200
    client.get("/?lang=en")
    assert client.get("/", headers=CHINESE)["Location"] == "/en/"


def test_an_unknown_language_is_no_switch(client: Client) -> None:
    assert client.get("/?lang=xx").status_code == 200


@pytest.mark.parametrize("path", ["//evil.example/", "/nothing/", "/admin/login/"])
def test_only_public_pages_obey_the_switch(client: Client, settings: Settings, path: str) -> None:
    answer = client.generic("GET", "/", PATH_INFO=path, QUERY_STRING="lang=en")
    assert "evil" not in answer.get("Location", "")
    assert settings.LANGUAGE_COOKIE_NAME not in answer.cookies


def test_every_page_offers_itself_in_the_other_language(client: Client) -> None:
    make_mixed_plan()
    page = client.get("/en/?status=off_track").content.decode()
    assert 'href="?status=off_track&amp;lang=zh-hans" lang="zh-Hans"' in page
    assert 'href="/?lang=en"' in client.get("/nothing/").content.decode()
