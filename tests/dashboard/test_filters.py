import re

import pytest
from django.test import Client

from tests.dashboard.plans import make_mixed_plan

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str, path: str = "/") -> list[str]:
    make_mixed_plan()
    return re.findall('<tbody id="([^"]+)"', client.get(f"{path}?{query}").content.decode())


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("status=on_track", ["LIV-SVC-04", "DEV-RUR-05"]),
        ("priority=DEV", ["DEV-RUR-05", "DEV-IND-01", "DEV-IND-09"]),
        ("agency=housing", ["ENV-CIT-01"]),
        ("priority=LIV&status=off_track", ["ENV-CIT-01"]),
        ("q=粮食", ["DEV-RUR-05"]),
        ("q=GRAIN+area", ["DEV-RUR-05"]),
        ("q=就业７９００", ["LIV-SVC-04"]),
        ("q=住建局", ["ENV-CIT-01"]),
        ("q=rur-05", ["DEV-RUR-05"]),
    ],
)
def test_a_selection_shows_what_fits_all_of_it(client: Client, query: str, codes: list[str]) -> None:
    assert shown(client, query) == codes


@pytest.mark.parametrize("query", ["status=nonsense", "priority=XXX", "agency=nobody", "q=不存在"])
def test_a_word_nobody_knows_fits_nothing(client: Client, query: str) -> None:
    assert shown(client, query) == []
    assert "没有符合条件的承诺事项" in client.get(f"/?{query}").content.decode()


def test_the_form_keeps_what_was_asked_and_escapes_it(client: Client) -> None:
    make_mixed_plan()
    page = client.get("/", {"status": "off_track", "q": '"><script>'}).content.decode()
    assert '<option value="off_track" selected>' in page
    assert 'value="&quot;&gt;&lt;script&gt;"' in page
    assert "共5项，符合条件的有0项" in page


def test_blank_fields_are_no_selection(client: Client) -> None:
    assert len(shown(client, "status=&priority=&agency=&q=++")) == 5


def test_counts_stay_those_of_the_whole_plan(client: Client) -> None:
    make_mixed_plan()
    page = client.get("/?status=off_track").content.decode()
    assert 'href="?status=on_track#commitments"' in page
    assert 'class="worst"' not in page
