import json

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from tests.factories import make_plan, make_user
from tracker.anonymous_reads import Buckets, cost

PLANS = "/api/v1/plans/"


@pytest.fixture
def few(settings: Settings) -> None:
    settings.ANONYMOUS_READS_PER_MINUTE = 3


def statuses(client: Client, path: str, times: int = 5, **headers: str) -> list[int]:
    return [client.get(path, headers=headers).status_code for _ in range(times)]


def test_a_bucket_is_refilled_over_a_minute() -> None:
    buckets = Buckets(60)
    assert [buckets.take("a", 1, now=0) for _ in range(60)] == [0] * 60
    assert buckets.take("a", 1, now=0) == 1
    assert buckets.take("a", 1, now=1) == 0
    assert [buckets.take("a", 1, now=1000) for _ in range(61)] == [*[0] * 60, 1]


def test_each_address_has_its_own() -> None:
    buckets = Buckets(1)
    assert [buckets.take(address, 1, now=0) for address in "aba"] == [0, 0, 60]


def test_what_costs_more_than_a_bucket_holds_is_given_and_waited_for() -> None:
    buckets = Buckets(10)
    assert buckets.take("a", 25, now=0) == 0
    assert buckets.take("a", 1, now=0) == 96


def test_no_number_of_addresses_fills_the_memory() -> None:
    buckets = Buckets(1, most_addresses=100)
    for number in range(1000):
        buckets.take(str(number), 1, now=0)
    assert len(buckets) == 100
    assert buckets.take("999", 1, now=0) == 60


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 1),
        ("page_size=200", 1),
        ("page_size=1000", 5),
        ("page_size=01000", 5),
        ("page_size=99999", 5),
        ("page_size=999999999", 5),
        ("page_size=", 1),
        ("page_size=99999999999999999999", 1),
        ("page_size=-1", 1),
        ("page_size=９", 1),
        ("as_of=2023-06-30", 5),
        ("plan=610302-2023&since=2023-06-30", 5),
        ("as_of=2023-06-30&known_at=2023-07-01T00:00:00Z&page_size=1000", 25),
    ],
)
def test_what_is_dear_counts_more(query: str, count: int) -> None:
    assert cost(QueryDict(query)) == count


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(("language", "said"), [("zh-CN", "请求过于频繁"), ("en", "Too many requests")])
def test_who_reads_too_much_of_the_api_is_told_how_long_to_wait(
    client: Client, language: str, said: str
) -> None:
    assert statuses(client, PLANS) == [200, 200, 200, 429, 429]
    answer = client.get(PLANS, headers={"Accept-Language": language})
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert 1 <= int(answer.headers["Retry-After"]) <= 20
    problem = json.loads(answer.content)
    assert problem["title"] == said
    assert problem["type"].endswith("/too-many-requests/")


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("path", "said"), [("/method/", "请求过于频繁"), ("/en/method/", "Too many requests")]
)
def test_who_reads_too_many_pages_is_told_in_plain_words(client: Client, path: str, said: str) -> None:
    make_plan()
    assert statuses(client, path) == [200, 200, 200, 429, 429]
    answer = client.get(path)
    assert f"<h1>{said}</h1>" in answer.content.decode()
    assert answer.headers["Retry-After"]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_probes_static_files_and_what_has_not_changed_are_free(client: Client) -> None:
    tag = client.get(PLANS).headers["ETag"]
    assert statuses(client, PLANS, If_None_Match=tag) == [304] * 5
    assert statuses(client, "/healthz") == [200] * 5
    assert {client.head("/static/dashboard/icon.svg").status_code for _ in range(5)} == {200}
    assert statuses(client, PLANS) == [200, 200, 429, 429, 429]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_who_has_signed_in_is_not_counted(client: Client) -> None:
    client.force_login(make_user())
    assert statuses(client, PLANS) == [200] * 5


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_a_made_up_session_is_counted(client: Client) -> None:
    client.cookies["sessionid"] = "x" * 32
    assert statuses(client, PLANS) == [200, 200, 200, 429, 429]


@pytest.mark.django_db
@pytest.mark.usefixtures("few")
def test_an_address_is_told_apart_behind_a_proxy(client: Client, settings: Settings) -> None:
    settings.PROXIES = 1
    assert statuses(client, PLANS, X_Forwarded_For="192.0.2.1") == [200, 200, 200, 429, 429]
    assert statuses(client, PLANS, X_Forwarded_For="192.0.2.1, 192.0.2.2") == [200, 200, 200, 429, 429]


@pytest.mark.django_db
def test_nothing_is_counted_where_it_is_switched_off(client: Client, settings: Settings) -> None:
    settings.ANONYMOUS_READS_PER_MINUTE = 0
    assert statuses(client, PLANS, times=400) == [200] * 400
