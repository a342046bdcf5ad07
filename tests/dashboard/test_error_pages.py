from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.utils.translation import override
from django.views.defaults import permission_denied, server_error

from commitments import clock
from commitments.models import LockOut


def page(language: str, exception: Exception | None = None) -> str:
    request = RequestFactory().get("/admin/")
    with override(language):
        answer = permission_denied(request, exception) if exception else server_error(request)
    return answer.content.decode()


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "系统出错"), ("en", "Something went wrong")])
def test_a_fault_is_told_without_asking_the_database(language: str, said: str) -> None:
    assert f"<h1>{said}</h1>" in page(language)


def test_a_refusal_gives_its_reason() -> None:
    assert "您无权审核ENV-CIT-01的进展。" in page("zh-hans", PermissionDenied("您无权审核ENV-CIT-01的进展。"))
    assert "Your account is not allowed to do this." in page("en", PermissionDenied())


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh-CN", "页面已过期"), ("en", "The form has expired")])
def test_a_form_without_its_token_is_refused_in_plain_words(language: str, said: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/admin/login/", headers={"Accept-Language": language})
    assert answer.status_code == 403
    assert f"<h1>{said}</h1>" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "said"), [("zh-CN", "登录失败次数过多"), ("en", "Too many attempts")])
def test_who_guesses_passwords_is_stopped_in_plain_words(language: str, said: str, client: Client) -> None:
    now = clock.real()
    LockOut.objects.create(kind="account", subject="wang", since=now, until=now + timedelta(minutes=15))
    answer = client.post(
        "/admin/login/", {"username": "wang", "password": "wrong"}, headers={"Accept-Language": language}
    )
    assert answer.status_code == 429
    assert f"<h1>{said}</h1>" in answer.content.decode()
