"""Two browsers at one commitment, without and with a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from commitments.models import Commitment, User
from tests.browser import LOOKS, NEEDS_CHROMIUM, WCAG, Open, width_of
from tests.factories import make_commitment, make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]


def save(page: Page) -> None:
    page.locator("[name=_continue]").click()


def person(name: str, language: str = "en") -> User:
    return make_user(username=name, first_name=name.capitalize(), language=language)


def typed(page: Page, **values: str) -> Page:
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    return page


@pytest.mark.parametrize("script", [True, False])
def test_two_browsers_editing_the_same_commitment(script: bool, open_as: Open) -> None:
    commitment = make_commitment()
    path = f"/admin/commitments/commitment/{commitment.pk}/change/"
    li, wang = (open_as(person(name), path, java_script_enabled=script) for name in ("li", "wang"))
    save(typed(wang, title="王的标题", section="王的章节"))
    save(typed(li, title="李的标题"))
    told = li.locator(".conflict").inner_text()
    assert all(words in told for words in ("Wang saved at", "王的标题", "李的标题", "王的章节"))
    assert Commitment.objects.get().title == "王的标题"
    assert li.locator("[name=section]").input_value() == "王的章节"
    save(li)
    commitment.refresh_from_db()
    assert (commitment.title, commitment.section) == ("李的标题", "王的章节")


@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_the_message_has_no_barriers(language: str, scheme: str, width: int, open_as: Open) -> None:
    commitment = make_commitment()
    path = f"/admin/commitments/commitment/{commitment.pk}/change/"
    page = open_as(person("li", language), path, width=width, color_scheme=scheme)
    Commitment.objects.update(title="王的标题", section="王的章节")
    save(typed(page, title="李的标题"))
    assert "王的标题" in page.locator(".conflict").inner_text()
    assert width_of(page) <= width
    # The rest is Django's own form.
    assert Axe().run(page, context=".conflict", options=WCAG).violations_count == 0
