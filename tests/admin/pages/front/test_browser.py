"""The front page, the help page, the tables, a history and a missing file in a real browser."""

from pathlib import Path

import pytest
from pytest_django import Settings

from commitments.change_log import editing
from commitments.domain.enums import Role
from commitments.models import Evidence, Target, User
from commitments.rollups import refresh
from tests.admin.rows import Side, make_side
from tests.browser import LOOKS, NEEDS_CHROMIUM, Open, barriers, width_of
from tests.factories import NOON, make_commitment, make_counted_entry, make_plan, make_target, make_user

pytestmark = [pytest.mark.django_db(transaction=True), NEEDS_CHROMIUM]
in_every_look = pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)


@pytest.fixture
def side(settings: Settings, tmp_path: Path) -> Side:
    settings.MEDIA_ROOT = tmp_path
    return make_side(make_plan(), "OURS")


def check(open_as: Open, user: User, path: str, *, width: int, scheme: str) -> str:
    page = open_as(user, path, width=width, color_scheme=scheme)
    assert width_of(page) <= width
    assert barriers(page) == ""
    return page.locator("#content").inner_text()


@in_every_look
@pytest.mark.parametrize("role", [Role.CLERK, Role.SUPERVISION])
def test_the_front_page_has_no_barriers(
    role: Role, language: str, scheme: str, width: int, open_as: Open, side: Side
) -> None:
    user = make_user(role, agency=side.agency, language=language)
    assert side.mark in check(open_as, user, "/admin/", width=width, scheme=scheme)


@in_every_look
@pytest.mark.parametrize("path", ["/admin/help/", "/admin/system/"])
def test_help_and_tables_have_no_barriers(
    path: str, language: str, scheme: str, width: int, open_as: Open
) -> None:
    check(open_as, make_user(language=language), path, width=width, scheme=scheme)


@in_every_look
def test_a_leader_sees_the_worst_without_scrolling(
    language: str, scheme: str, width: int, open_as: Open, side: Side
) -> None:
    make_counted_entry(make_target(make_commitment(side.commitment.plan)), 5)
    refresh.drain(clock=lambda: NOON)
    user = make_user(Role.LEADER, language=language)
    page = open_as(user, "/admin/", width=width, color_scheme=scheme)
    assert barriers(page) == ""
    worst = page.locator(".group > ul > li").first.bounding_box()
    assert worst is not None
    assert worst["y"] + worst["height"] <= (812 if width < 1000 else 720)


def test_digits_in_headings_are_of_the_family_and_weight_of_their_words(open_as: Open, side: Side) -> None:
    page = open_as(make_user(Role.CLERK, agency=side.agency, language="zh-hans"), "/admin/")
    for heading in page.locator("h1, h2").all():
        family, weight = heading.evaluate(
            "each => [getComputedStyle(each).fontFamily, getComputedStyle(each).fontWeight]"
        )
        assert "system-ui" not in family
        assert weight == "600"


@in_every_look
def test_a_history_has_no_barriers(language: str, scheme: str, width: int, open_as: Open, side: Side) -> None:
    user = make_user(language=language)
    with editing.by(user.pk, at=NOON):
        Target.objects.filter(kind="count").update(value=80, title="改名")
    path = f"/admin/commitments/target/{side.commitment.targets.get(kind='count').pk}/history/"
    text = check(open_as, user, path, width=width, scheme=scheme)
    assert "80" in text
    assert user.username in text


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_missing_file_has_no_barriers(language: str, open_as: Open, side: Side) -> None:
    kept = Evidence.objects.get()
    Path(kept.file.path).unlink()
    path = f"/admin/commitments/evidence/{kept.pk}/file/"
    assert kept.sha256 in check(open_as, make_user(language=language), path, width=375, scheme="light")


def test_a_shown_pdf_runs_nothing(open_as: Open, side: Side) -> None:
    page = open_as(make_user(), "/admin/")
    kept = Evidence.objects.get()
    answer = page.request.get(f"{page.url}commitments/evidence/{kept.pk}/file/?inline=1")
    assert answer.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
