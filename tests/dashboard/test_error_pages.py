import pytest
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory
from django.utils.translation import override
from django.views.defaults import permission_denied, server_error


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
    assert "Your account may not do this." in page("en", PermissionDenied())
