"""A form that meets an ended session: it is neither saved nor lost, and no other account sees it."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from commitments import clock
from commitments.accounts import sessions, unsent_forms
from commitments.admin.pages.quick_log import drafts
from commitments.admin.pages.quick_log.typed import Typed
from commitments.domain.enums import Role
from commitments.models import (
    Commitment,
    DeliveryConfidence,
    Plan,
    ProgressEntry,
    Review,
    Target,
    UnsentForm,
    User,
    Withdrawal,
)
from tests.accounts.conftest import PASSWORD, try_in
from tests.admin.opened import opened, read
from tests.admin.pages.progress_import.stages import job_at
from tests.factories import NOON, make_commitment, make_entry, make_plan, make_target, make_user

pytestmark = pytest.mark.django_db
TEXT = "道路已完工，<b>验收</b>在即"


@pytest.fixture(autouse=True)
def _clock(settings: Any) -> None:
    """Set the clock to the day of the factories."""
    settings.DEMO_CLOCK = (NOON, clock.real())


@pytest.fixture
def browser(wang: User) -> Client:
    """One in which Wang has signed in."""
    found = Client(headers={"Accept-Language": "en"})
    try_in(found, "wang", PASSWORD)
    return found


def end_session(browser: Client) -> None:
    """As three idle hours do."""
    browser.cookies.pop("sessionid", None)


def send(browser: Client, path: str, stood_on: Any = "", **typed: Any) -> Any:
    """Send a form after the session has ended; return the sign-in page's address that answers."""
    end_session(browser)
    headers = {"Referer": f"http://testserver{stood_on}"} if stood_on else {}
    return browser.post(path, typed, headers=headers)


def come_back(browser: Client, answer: Any, name: str = "wang") -> Any:
    """Sign in on the page that answered, and go where it leads."""
    address = answer.headers["Location"]
    (then,) = parse_qs(urlsplit(address).query)["next"]
    browser.post(address, {"username": name, "password": PASSWORD, "next": then})
    return browser.get(then)


def test_an_edited_form_is_shown_again_with_all_its_texts(browser: Client) -> None:
    commitment = make_commitment(title="旧题")
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    page = come_back(browser, send(browser, address, **opened(browser, address) | {"title": TEXT}))
    assert page.context["adminform"].form["title"].value() == TEXT
    assert "session has expired, so nothing was saved" in page.content.decode()
    commitment.refresh_from_db()
    assert commitment.title == "旧题"


def test_sent_once_more_it_is_saved(browser: Client) -> None:
    commitment = make_commitment(title="旧题")
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    page = come_back(browser, send(browser, address, **opened(browser, address) | {"title": TEXT}))
    browser.post(address, read(page))
    commitment.refresh_from_db()
    assert commitment.title == TEXT


def test_what_somebody_else_saved_meanwhile_is_still_noticed(browser: Client) -> None:
    commitment = make_commitment(title="旧题")
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    form = opened(browser, address) | {"title": TEXT}
    answer = send(browser, address, **form)
    Commitment.objects.update(title="别人的题")
    assert "Changed by someone else in the meantime" in come_back(browser, answer).content.decode()


def adding() -> list[str]:
    root = User(is_superuser=True, is_active=True, role=Role.ADMIN)
    request: Any = type("Request", (), {"user": root})
    ours = [model for model in admin.site._registry if model._meta.app_label == "commitments"]
    may = [model for model in ours if admin.site.get_model_admin(model).has_add_permission(request)]
    return [model._meta.model_name or "" for model in may]


@pytest.mark.parametrize("model", adding())
def test_every_form_that_adds_comes_back_with_its_texts(model: str) -> None:
    make_user(Role.ADMIN, username="root", password=PASSWORD, is_superuser=True, language="en")
    browser = Client()
    try_in(browser, "root", PASSWORD)
    address = f"/admin/commitments/{model}/add/"
    form: Any = browser.get(address).context["adminform"].form
    kinds = ("CharField", "UsernameField")
    texts = [name for name, field in form.fields.items() if type(field).__name__ in kinds]
    typed = opened(browser, address) | {name: f"typed {name}" for name in texts}
    page = come_back(browser, send(browser, address, **typed), "root")
    bound = page.context["adminform"].form
    assert {name: bound[name].value() for name in texts} == {name: f"typed {name}" for name in texts}


def test_an_action_waits_until_its_form_is_sent_once_more(browser: Client) -> None:
    entry = make_entry(make_target(), 40)
    address = "/admin/commitments/withdrawal/add/"
    page = come_back(browser, send(browser, address, entry=str(entry.pk), reason=TEXT))
    assert not Withdrawal.objects.exists()
    browser.post(address, read(page))
    assert Withdrawal.objects.get().reason == TEXT


def test_the_quick_log_comes_back_as_it_was_typed(browser: Client) -> None:
    target = make_target(make_commitment())
    address = "/admin/log/?month=2023-08"
    typed = {f"{target.pk}-value": "40", f"{target.pk}-progress": TEXT, "day": "2023-08-30"}
    page = come_back(browser, send(browser, address, **typed))
    (line,) = [line for line in page.context["lines"] if line.row.target == target]
    assert (line.typed.value, line.typed.progress, page.context["day"]) == ("40", TEXT, "2023-08-30")
    assert not ProgressEntry.objects.exists()


def quick_log_rows(page: Any) -> dict[str, str]:
    return {line.code: line.typed.progress for line in page.context["lines"]}


def leave_draft(user: User, target: Target, text: str) -> None:
    typed = {str(target.pk): (target.commitment, Typed(progress=text))}
    drafts.save(by=user, ends_on=date(2023, 8, 31), places=typed, at=clock.now())


def test_typing_after_the_quick_log_came_back_outlives_a_reload(browser: Client, wang: User) -> None:
    target = make_target(make_commitment())
    answer = send(browser, "/admin/log/", **{f"{target.pk}-progress": TEXT})
    come_back(browser, answer)
    leave_draft(wang, target, "newer")
    (then,) = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert quick_log_rows(browser.get(then)) == {target.code: "newer"}


@pytest.mark.parametrize("sent", [TEXT, ""])
def test_a_draft_that_is_newer_than_the_quick_log_stays(sent: str, browser: Client, wang: User) -> None:
    target = make_target(make_commitment())
    answer = send(browser, "/admin/log/", **{f"{target.pk}-progress": sent})
    leave_draft(wang, target, "newer")
    assert quick_log_rows(come_back(browser, answer)) == {target.code: "newer"}


def test_a_draft_that_is_older_than_the_quick_log_gives_way(browser: Client, wang: User) -> None:
    target = make_target(make_commitment())
    leave_draft(wang, target, "older")
    page = come_back(browser, send(browser, "/admin/log/", **{f"{target.pk}-progress": TEXT}))
    assert quick_log_rows(page) == {target.code: TEXT}


def test_a_quick_log_whose_rows_are_drafts_is_kept_no_longer(browser: Client) -> None:
    target = make_target(make_commitment())
    typed = {f"{target.pk}-progress": TEXT, "day": "2023-09-01"}
    come_back(browser, send(browser, "/admin/log/", **typed))
    assert not UnsentForm.objects.exists()


def test_a_row_of_the_quick_log_that_has_no_place_is_shown_at_each_visit(browser: Client) -> None:
    first = make_target(make_commitment(), code="A")
    second = make_target(make_commitment(first.commitment.plan), code="B")
    answer = send(browser, "/admin/log/", **{f"{each.pk}-progress": TEXT for each in (first, second)})
    Commitment.objects.filter(pk=second.commitment_id).update(
        lifecycle="dropped", dropped_on=date(2023, 8, 30), dropped_authority="区政府", dropped_reason="调整"
    )
    visits = [come_back(browser, answer), come_back(browser, answer)]
    assert [page.context["homeless"] for page in visits] == [[("B Old communities renovated", TEXT)]] * 2


def test_what_was_typed_elsewhere_meanwhile_is_not_cleared_from_the_browser(browser: Client) -> None:
    target = make_target(make_commitment())
    page = come_back(browser, send(browser, "/admin/log/", **{f"{target.pk}-progress": TEXT}))
    assert "data-posted" not in page.content.decode()


@pytest.mark.parametrize("page", ["drop", "target"])
def test_a_decision_comes_back_and_is_not_made(page: str, browser: Client) -> None:
    target = make_target(make_commitment())
    end = f"target/{target.pk}" if page == "target" else page
    address = f"/admin/commitment/{target.commitment_id}/{end}/"
    typed = {"authority": "区政府", "reason": TEXT, "on": "2023-09-01", "seen": "0"}
    shown = come_back(browser, send(browser, address, **typed))
    assert shown.context["form"]["reason"].value() == TEXT
    assert Commitment.objects.get().lifecycle == "active"


def test_a_stated_confidence_comes_back(browser: Client) -> None:
    commitment = make_commitment()
    stood_on = f"/admin/commitment/{commitment.pk}/"
    answer = send(
        browser, f"{stood_on}confidence/", stood_on=stood_on, holder="owner", confidence="low", note=TEXT
    )
    assert come_back(browser, answer).context["form"]["note"].value() == TEXT
    assert not DeliveryConfidence.objects.exists()


def pending() -> ProgressEntry:
    make_plan(review_required=True)
    commitment = make_commitment(Plan.objects.get())
    return make_entry(make_target(commitment), 40, by=make_user(Role.CLERK, agency=commitment.lead_agency))


def test_the_reason_of_a_review_comes_back(browser: Client) -> None:
    entry = pending()
    path = f"/admin/review/{entry.pk}/"
    answer = send(browser, path, stood_on="/admin/review/", decision="return", reason=TEXT)
    (row,) = come_back(browser, answer).context["rows"]
    assert row.reason == TEXT
    assert not Review.objects.exists()


def test_what_is_no_longer_there_is_told_to_be_copied(browser: Client) -> None:
    entry = pending()
    answer = send(
        browser, f"/admin/review/{entry.pk}/", stood_on="/admin/review/", decision="return", reason=TEXT
    )
    Plan.objects.update(review_required=False)
    UnsentForm.objects.update(path=f"/admin/review/{entry.pk + 1}/")
    page = come_back(browser, answer).content.decode()
    assert "copy your text if you need it" in page
    assert "道路已完工，&lt;b&gt;验收&lt;/b&gt;在即" in page


def test_an_upload_comes_back_without_its_file_and_says_so(browser: Client) -> None:
    plan = make_plan()
    file = SimpleUploadedFile("九月.csv", b"a,b")
    answer = send(browser, "/admin/import/", plan=plan.pk, effective_on="2023-09-15", file=file)
    assert "Please choose the files again." in browser.get(answer.headers["Location"]).content.decode()
    page = come_back(browser, answer)
    assert page.context["form"]["effective_on"].value() == "2023-09-15"
    assert "九月.csv" in page.content.decode()


def test_the_columns_of_a_sheet_come_back_as_they_were_chosen() -> None:
    clerk = make_user(Role.CLERK, username="clerk", password=PASSWORD)
    browser = Client()
    try_in(browser, "clerk", PASSWORD)
    stood_on = f"/admin/import/{job_at('unmapped', clerk).pk}/"
    typed = {"header_row": "1", "c1": "title", "c2": "value"}
    page = come_back(browser, send(browser, f"{stood_on}columns/", stood_on=stood_on, **typed), "clerk")
    form = page.context["columns_form"]
    assert (form["c1"].value(), form["c2"].value()) == ("title", "value")


def test_another_account_that_signs_in_sees_nothing_of_it(browser: Client) -> None:
    make_user(Role.SUPERVISION, username="li", password=PASSWORD)
    commitment = make_commitment()
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    answer = send(browser, address, **opened(browser, address) | {"title": TEXT})
    page = come_back(browser, answer, "li")
    assert page.status_code == 200
    assert TEXT not in page.context["adminform"].form["title"].value()


def test_its_author_sees_it_in_another_browser_too(browser: Client, wang: User) -> None:
    """Bind a form to the account; its address alone opens no form."""
    answer = send(browser, "/admin/commitments/plan/add/", title=TEXT)
    (then,) = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert Client().get(then).status_code == 302


def test_of_a_browser_in_which_nobody_has_signed_in_nothing_is_kept(wang: User) -> None:
    Client().post("/admin/commitments/plan/add/", {"title": TEXT})
    assert not UnsentForm.objects.exists()


def test_a_form_of_an_account_that_was_deleted_is_answered_with_the_sign_in(browser: Client) -> None:
    end_session(browser)
    User.objects.all().delete()
    answer = browser.post("/admin/commitments/plan/add/", {"title": TEXT})
    assert urlsplit(answer.headers["Location"]).path == "/admin/login/"
    assert not UnsentForm.objects.exists()


def test_passwords_are_not_kept(browser: Client) -> None:
    send(browser, "/admin/commitments/user/add/", username="li", password1=PASSWORD, old_password=PASSWORD)
    assert UnsentForm.objects.get().fields == {"username": ["li"]}


def test_what_no_column_can_hold_is_no_fault_of_the_server(browser: Client) -> None:
    assert send(browser, "/admin/commitments/plan/add/", title="a\0b").status_code < 500


def test_a_form_made_before_the_newest_sign_in_is_refused_like_any_forged_one(wang: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert browser.post("/admin/commitments/plan/add/", {"title": TEXT}).status_code == 403
    assert not UnsentForm.objects.exists()


def test_a_browser_keeps_so_many_forms_and_no_more(browser: Client) -> None:
    for number in range(unsent_forms.MOST + 2):
        send(browser, f"/admin/commitments/plan/{number}/change/", title=TEXT)
    assert UnsentForm.objects.count() == unsent_forms.MOST


def test_of_one_form_the_newest_is_kept(browser: Client) -> None:
    for title in ("first", "second"):
        send(browser, "/admin/commitments/plan/add/", title=title)
    assert UnsentForm.objects.get().fields == {"title": ["second"]}


def test_a_form_that_was_sent_once_more_does_not_come_back_again(browser: Client) -> None:
    commitment = make_commitment(title="旧题")
    address = f"/admin/commitments/commitment/{commitment.pk}/change/"
    answer = send(browser, address, **opened(browser, address) | {"title": TEXT})
    page = come_back(browser, answer)
    browser.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"], read(page))
    assert not UnsentForm.objects.exists()


def test_a_reason_that_was_sent_once_more_does_not_come_back_again(browser: Client) -> None:
    entry = pending()
    path = f"/admin/review/{entry.pk}/"
    answer = send(browser, path, stood_on="/admin/review/", decision="return", reason=TEXT)
    page = come_back(browser, answer)
    here = f"http://testserver{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    browser.post(path, {"decision": "return", "reason": TEXT}, headers={"Referer": here})
    assert not UnsentForm.objects.exists()


def test_a_form_that_was_refused_once_more_is_still_kept(browser: Client) -> None:
    answer = send(browser, "/admin/commitments/plan/add/", title=TEXT)
    page = come_back(browser, answer)
    browser.post(f"/admin/commitments/plan/add/?{page.request['QUERY_STRING']}", {"title": "a\0b"})
    assert UnsentForm.objects.exists()


def test_another_form_of_the_page_leaves_it_alone(browser: Client) -> None:
    entry = pending()
    gone = f"/admin/review/{entry.pk + 1}/"
    page = come_back(browser, send(browser, gone, stood_on="/admin/review/", decision="return", reason=TEXT))
    here = f"http://testserver{page.request['PATH_INFO']}?{page.request['QUERY_STRING']}"
    browser.post(f"/admin/review/{entry.pk}/", {"decision": "approve"}, headers={"Referer": here})
    assert Review.objects.exists()
    assert UnsentForm.objects.exists()


BUTTONS: list[tuple[str, str, dict[str, Any]]] = [
    ("/admin/review/approve/", "/admin/review/?page=2", {"query": "page=2", "entry": ["41", "42"]}),
    ("/admin/sessions/", "/admin/sessions/", {"end": "others"}),
    (
        "/admin/commitments/commitment/",
        "/admin/commitments/commitment/",
        {"action": "delete_selected", "select_across": "0", "index": "0", "_selected_action": ["41"]},
    ),
    ("/admin/language/", "/admin/sessions/", {"language": "en", "next": "/admin/sessions/"}),
]


@pytest.mark.parametrize(("path", "stood_on", "pressed"), BUTTONS)
def test_a_button_leads_back_to_its_page(
    path: str, stood_on: str, pressed: dict[str, Any], browser: Client
) -> None:
    page = come_back(browser, send(browser, path, stood_on=stood_on, **pressed))
    assert page.request["PATH_INFO"] == urlsplit(stood_on).path
    assert "nothing was done. Please do it again." in page.content.decode()


@pytest.mark.parametrize(("path", "stood_on", "pressed"), BUTTONS)
def test_nobody_is_asked_to_copy_what_nobody_typed(
    path: str, stood_on: str, pressed: dict[str, Any], browser: Client
) -> None:
    page = come_back(browser, send(browser, path, stood_on=stood_on, **pressed))
    assert "blockquote" not in page.content.decode()


def test_a_page_that_names_a_form_in_no_way_it_can_be_named_is_no_fault() -> None:
    assert Client().get("/admin/login/?next=/admin/%3Fagain%3D%2500").status_code == 200


def test_a_page_elsewhere_is_not_led_back_to(browser: Client) -> None:
    end_session(browser)
    answer = browser.post("/admin/log/", {}, headers={"Referer": "https://evil.example/admin/"})
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["next"] == ["/admin/log/"]


def test_what_nobody_came_back_for_is_forgotten(browser: Client) -> None:
    send(browser, "/admin/commitments/plan/add/", title=TEXT)
    unsent_forms.forget(at=clock.real())
    assert UnsentForm.objects.exists()
    unsent_forms.forget(at=clock.real() + unsent_forms.LASTS + timedelta(seconds=1))
    assert not UnsentForm.objects.exists()


def test_a_session_that_ended_by_itself_is_one(browser: Client) -> None:
    with time_machine.travel(clock.real() + sessions.IDLE + timedelta(minutes=1)):
        answer = browser.post("/admin/commitments/plan/add/", {"title": TEXT})
        assert UnsentForm.objects.get().token in answer.headers["Location"]


@pytest.mark.django_db
def test_a_browser_that_names_no_page_as_the_last_one_is_asked_to_sign_in() -> None:
    answer = Client().post("/admin/review/1/", {"reason": "文字"}, headers={"Referer": "http://[::1/admin/"})
    assert answer.headers["Location"].startswith("/admin/login/")
