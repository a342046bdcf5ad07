"""The head of every page of the staff: ways to the work, and the language."""

from typing import Any

import pytest

from commitments.domain.enums import Role
from tests.admin.conftest import SignIn
from tests.factories import make_agency, make_commitment, make_user

pytestmark = pytest.mark.django_db
WORK = {"log": "/admin/log/", "sheets": "/admin/import/", "review": "/admin/review/"}


def offered(page: Any) -> list[str]:
    return [name for name, address in WORK.items() if f'<li><a href="{address}"' in page.content.decode()]


@pytest.mark.parametrize(
    ("role", "ways"),
    [
        (Role.CLERK, ["log", "sheets"]),
        (Role.REVIEWER, ["review"]),
        (Role.SUPERVISION, ["log", "sheets", "review"]),
        (Role.LEADER, []),
    ],
)
def test_each_is_led_to_what_they_may_use(role: Role, ways: list[str], sign_in: SignIn) -> None:
    assert offered(sign_in(role).get("/admin/")) == ways


@pytest.mark.parametrize(
    ("role", "words"), [(Role.CLERK, 4), (Role.REVIEWER, 3), (Role.LEADER, 3), (Role.SUPERVISION, 6)]
)
def test_each_has_three_to_six_words_of_their_work(role: Role, words: int, sign_in: SignIn) -> None:
    page = sign_in(role).get("/admin/").content.decode()
    nav = page[page.index("<nav") : page.index("</nav>")]
    assert nav.count("<li>") == words
    assert nav.count('aria-current="page"') == 1


def test_the_person_is_named_as_text(sign_in: SignIn) -> None:
    agency = make_agency(name_en="Housing Bureau")
    assert (
        "Housing Bureau · Agency clerk" in sign_in(Role.CLERK, agency=agency).get("/admin/").content.decode()
    )
    assert ">Leader</li>" in sign_in(Role.LEADER).get("/admin/").content.decode()


def test_the_other_language_is_offered(sign_in: SignIn) -> None:
    offered = {
        lang: sign_in(Role.CLERK, language=lang).get("/admin/").content.decode() for lang in ("en", "zh-hans")
    }
    assert [page.count('value="zh-hans"') for page in offered.values()] == [1, 0]


def test_the_language_is_kept_with_the_account_and_the_page_stays(sign_in: SignIn) -> None:
    user, here = make_user(language="en"), "/admin/commitments/commitment/?q=1"
    answer = sign_in(user).post("/admin/language/", {"language": "zh-hans", "next": here})
    user.refresh_from_db()
    assert (user.language, answer.headers["Location"]) == ("zh-hans", here)


def test_a_page_shown_in_answer_to_a_form_leads_back_to_where_the_form_stood(sign_in: SignIn) -> None:
    commitment = make_commitment()
    here = f"http://testserver/admin/commitment/{commitment.pk}/"
    refused = sign_in(Role.SUPERVISION).post(f"{here}confidence/", {}, headers={"referer": here})
    assert f'name="next" value="{here}"' in refused.content.decode()


def test_who_comes_to_the_language_without_pressing_finds_the_front_page(sign_in: SignIn) -> None:
    assert sign_in(Role.CLERK).get("/admin/language/").headers["Location"] == "/admin/"


@pytest.mark.parametrize("given", [{"next": "https://example.org/"}, {"language": "fr"}])
def test_no_other_language_and_no_other_site(given: dict[str, str], sign_in: SignIn) -> None:
    user = make_user(language="en")
    answer = sign_in(user).post("/admin/language/", given)
    user.refresh_from_db()
    assert (user.language, answer.headers["Location"]) == ("en", "/admin/")


@pytest.mark.parametrize(
    ("role", "path", "status"), [(Role.CLERK, "review/", 403), (Role.LEADER, "nothing/x/", 404)]
)
def test_a_refused_page_leads_back_to_the_staffs_own(
    role: Role, path: str, status: int, sign_in: SignIn
) -> None:
    answer = sign_in(role).get(f"/admin/{path}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert '<a href="/admin/">Back to the staff pages' in page
    assert "sign in" not in page
