"""Two people who save the same new code at one moment: the later one is told so beside the field."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from commitments.admin.base.guarded import GuardedAdmin
from commitments.domain.enums import Role
from commitments.models import Agency
from tests.admin.conftest import SignIn
from tests.admin.opened import opened
from tests.factories import make_agency, make_jurisdiction

pytestmark = pytest.mark.django_db(transaction=True)
BeforeSaving = Callable[[Callable[[], object]], None]
ADD = "/admin/commitments/agency/add/"


@pytest.fixture
def before_saving(monkeypatch: pytest.MonkeyPatch) -> BeforeSaving:
    """Have something done once, after the form was checked and before its row is saved."""

    def arrange(act: Callable[[], object]) -> None:
        left, save = [act], GuardedAdmin.save_model

        def late(self: Any, *given: Any) -> None:
            if left:
                left.pop()()
            save(self, *given)

        monkeypatch.setattr(GuardedAdmin, "save_model", late)

    return arrange


def elsewhere(act: Callable[[], object]) -> Callable[[], None]:
    """Do it on another connection, which commits."""

    def run() -> None:
        act()
        connection.close()

    def start() -> None:
        other = threading.Thread(target=run)
        other.start()
        other.join()

    return start


def test_a_code_that_somebody_saved_meanwhile_is_named(sign_in: SignIn, before_saving: BeforeSaving) -> None:
    browser, place = sign_in(Role.SUPERVISION), make_jurisdiction()
    form = opened(browser, ADD) | {"code": "works", "name": "区住建局", "jurisdiction": str(place.pk)}
    before_saving(elsewhere(lambda: make_agency(code="works", name="区工务局")))
    answer = browser.post(ADD, form)
    assert answer.status_code == 200
    assert answer.context["errors"]
    assert Agency.objects.get(code="works").name == "区工务局"


def test_a_new_name_of_a_row_that_somebody_else_took_is_named(
    sign_in: SignIn, before_saving: BeforeSaving
) -> None:
    browser, mine = sign_in(Role.SUPERVISION), make_agency(code="mine")
    page = f"/admin/commitments/agency/{mine.pk}/change/"
    form = opened(browser, page) | {"code": "works"}
    before_saving(elsewhere(lambda: make_agency(code="works", name="区工务局")))
    assert browser.post(page, form).context["errors"]
    mine.refresh_from_db()
    assert mine.code == "mine"


def test_any_other_refusal_of_the_database_is_no_lost_race(
    sign_in: SignIn, before_saving: BeforeSaving
) -> None:
    browser, mine = sign_in(Role.SUPERVISION), make_agency(code="mine")
    page = f"/admin/commitments/agency/{mine.pk}/change/"
    form = opened(browser, page)
    before_saving(lambda: Agency.objects.filter(pk=mine.pk).update(name="", name_en=""))
    with pytest.raises(IntegrityError):
        browser.post(page, form)
