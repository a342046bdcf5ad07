"""The tables stand on a page of their own, for those who may see them."""

import pytest

from commitments import permissions
from commitments.domain.enums import Role
from tests.admin.conftest import SignIn

pytestmark = pytest.mark.django_db
LINK = '<a href="/admin/system/">System</a>'


@pytest.mark.parametrize("role", list(Role))
def test_no_front_page_lists_a_table(role: Role, sign_in: SignIn) -> None:
    page = sign_in(role).get("/admin/").content.decode()
    assert "/admin/commitments/progressentry/" not in page
    assert "<table" not in page
    assert LINK in page


def test_no_other_page_lists_them_beside_itself(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMIN).get("/admin/commitments/commitment/").content.decode()
    assert "nav-sidebar" not in page


def test_each_sees_the_tables_of_the_role(sign_in: SignIn) -> None:
    seen = {role: sign_in(role).get("/admin/system/").content.decode() for role in (Role.CLERK, Role.ADMIN)}
    assert [page.count("/admin/commitments/user/") > 0 for page in seen.values()] == [False, True]
    assert all("/admin/commitments/progressentry/" in page for page in seen.values())


def test_a_person_without_tables_has_no_link(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(permissions.OF_ROLE, Role.LEADER, set())
    assert LINK not in sign_in(Role.LEADER).get("/admin/").content.decode()


def test_tables_stand_in_the_order_of_the_work(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMIN, is_superuser=True).get("/admin/system/").content.decode()
    places = [
        page.index(f">{name}</a>") for name in ("Progress and reviews", "Status", "Weekly digest", "System")
    ]
    assert places == sorted(places)


def test_the_list_of_one_application_still_opens(sign_in: SignIn) -> None:
    page = sign_in(Role.CLERK).get("/admin/commitments/").content.decode()
    assert "/admin/commitments/progressentry/" in page
