from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from commitments.api.errors import KINDS, MEDIA_TYPE

WRITTEN = Path(settings.ROOT) / "docs" / "openapi.yaml"


def test_the_written_description_is_the_current_one(tmp_path: Path) -> None:
    """Compare the file; to renew it: python manage.py spectacular --lang en --validate --file docs/openapi.yaml"""
    current = tmp_path / "openapi.yaml"
    call_command("spectacular", "--lang=en", "--validate", "--fail-on-warn", f"--file={current}")
    assert WRITTEN.read_text() == current.read_text()


def test_every_operation_may_answer_with_each_kind_of_problem_that_reading_meets() -> None:
    kinds = {str(status) for status in KINDS} - {"405"}
    for path in yaml.safe_load(WRITTEN.read_text())["paths"].values():
        answers = path["get"]["responses"]
        assert kinds <= answers.keys()
        assert {status for status in kinds if MEDIA_TYPE not in answers[status]["content"]} == set()
        assert {status for status in kinds if "Retry-After" in answers[status].get("headers", {})} == {
            "429",
            "503",
        }


@pytest.mark.django_db
def test_the_description_is_served(client: Client) -> None:
    assert client.get("/api/v1/schema/").headers["Content-Type"].startswith("application/vnd.oai.openapi")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "accepted", "word"),
    [("", "en", "Straight line"), ("", "zh-CN", "按时间均匀推进"), ("?lang=en", "zh-CN", "Straight line")],
)
def test_the_description_speaks_the_readers_language(
    query: str, accepted: str, word: str, client: Client
) -> None:
    answer = client.get(f"/api/v1/schema/{query}", headers={"accept-language": accepted})
    assert word in answer.content.decode()


@pytest.mark.django_db
def test_the_description_can_be_browsed_without_other_hosts(client: Client) -> None:
    page = client.get("/api/v1/docs/").content.decode()
    assert "swagger-ui-bundle" in page
    assert "http" not in page.replace("http://testserver", "")


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["docs", "schema"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_what_cannot_be_done_with_them_is_a_problem_like_any_other(
    page: str, method: str, client: Client
) -> None:
    answer = getattr(client, method)(
        f"/api/v1/{page}/", b"--x", content_type="multipart/form-data; boundary=x"
    )
    assert (answer.status_code, answer.headers["Content-Type"]) == (405, "application/problem+json")
    assert answer.json()["status"] == 405


@pytest.mark.django_db
def test_the_page_describes_nothing_to_programs(client: Client) -> None:
    assert client.options("/api/v1/docs/").status_code == 405


@pytest.mark.django_db
def test_only_that_page_may_style_itself(client: Client) -> None:
    policies = [
        client.get(f"/api/v1/{page}").headers["Content-Security-Policy"] for page in ("docs/", "plans/nope/")
    ]
    assert ["'unsafe-inline'" in policy for policy in policies] == [True, False]
