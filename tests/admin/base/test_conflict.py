"""Two people at one form: no value is overwritten silently, and both go on from there."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from commitments.admin.base.conflict import FieldDifference
from commitments.domain.enums import Role
from commitments.models import Checkpoint, Commitment, Milestone, Subscription, Target, User
from tests.admin.conftest import SignIn
from tests.admin.opened import Form, opened, read
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db


@pytest.fixture
def li(sign_in: SignIn) -> Client:
    return sign_in(Role.SUPERVISION, username="li", first_name="Li")


@pytest.fixture
def wang(sign_in: SignIn) -> Client:
    return sign_in(Role.SUPERVISION, username="wang", first_name="Wang")


def page_of(row: Any) -> str:
    return f"/admin/commitments/{row._meta.model_name}/{row.pk}/change/"


def differences(answer: Any) -> dict[str, FieldDifference]:
    assert answer.status_code == 200
    return {each.field: each for each in answer.context["conflict"].differences}


def save(client: Client, row: Any, form: Form, **typed: Any) -> Any:
    return client.post(page_of(row), form | typed)


def test_an_undisturbed_form_is_saved(li: Client) -> None:
    commitment = make_commitment(note="第一行\r\n第二行", lead_agency=make_agency())
    assert save(li, commitment, opened(li, page_of(commitment)), title="改名").status_code == 302
    commitment.refresh_from_db()
    assert commitment.title == "改名"


def test_the_second_writer_sees_both_values_and_overwrites_nothing(li: Client, wang: Client) -> None:
    commitment = make_commitment()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, title="王的标题")
    answer = save(li, commitment, form, title="李的标题")
    assert differences(answer) == {
        "Title": FieldDifference("Title", "改造老旧小区", "王的标题", "李的标题", kept=True)
    }
    assert "Wang saved at" in answer.content.decode()
    assert Commitment.objects.get().title == "王的标题"


def test_from_there_the_second_writer_goes_on(li: Client, wang: Client) -> None:
    commitment = make_commitment()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, title="王的标题")
    again = read(save(li, commitment, form, title="李的标题"))
    assert again["title"] == ["李的标题"]
    assert save(li, commitment, again).status_code == 302
    assert Commitment.objects.get().title == "李的标题"


def test_what_the_second_writer_had_not_touched_is_taken_over(li: Client, wang: Client) -> None:
    commitment, other = make_commitment(), make_agency()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, lead_agency=other.pk, supporters=[other.pk])
    again = read(save(li, commitment, form, section="另一节"))
    assert (again["lead_agency"], again["supporters"]) == ([str(other.pk)], [str(other.pk)])
    save(li, commitment, again)
    commitment.refresh_from_db()
    assert (commitment.lead_agency, commitment.section) == (other, "另一节")


def test_relations_and_choices_are_told_by_name(li: Client, wang: Client) -> None:
    commitment, other = make_commitment(), make_agency()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, lead_agency=other.pk, tier="B", supporters=[other.pk])
    told = differences(save(li, commitment, form, tier="C"))
    assert told["Lead agency"].theirs == other.name_en
    assert told["Supporting agencies"].theirs == other.name_en
    assert told["Tier"].theirs != "B"


def test_the_same_edit_by_both_is_no_conflict(li: Client, wang: Client) -> None:
    commitment = make_commitment()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, title="同一标题")
    assert save(li, commitment, form, title="同一标题").status_code == 302


def test_a_part_changed_by_somebody_else_is_told(li: Client, wang: Client) -> None:
    target = make_staged_target(None, TODAY)
    form = opened(li, page_of(target))
    save(wang, target, form, **{"milestones-0-title": "王的节点"})
    answer = save(li, target, form, **{"milestones-0-title": "李的节点"})
    (told,) = differences(answer).values()
    assert (told.before, told.theirs, told.yours) == ("节点1", "王的节点", "李的节点")
    assert read(answer)["milestones-0-title"] == ["王的节点"]
    assert Milestone.objects.get().title == "王的节点"


def test_a_part_added_and_one_deleted_meanwhile_are_told(li: Client, wang: Client) -> None:
    target = make_target()
    gone = Checkpoint.objects.create(target=target, on=TODAY, value=50)
    form = opened(li, page_of(target))
    gone.delete()
    Checkpoint.objects.create(target=target, on=target.due_on, value=70)
    answer = save(li, target, form, **{"checkpoints-0-value": "55"})
    assert {"row not found", "70"} <= {each.theirs for each in differences(answer).values()}
    assert read(answer)["checkpoints-0-value"] == ["70.0000"]


def test_a_new_part_that_was_typed_is_told_before_it_is_forgotten(li: Client) -> None:
    target = make_target()
    form = opened(li, page_of(target))
    Checkpoint.objects.create(target=target, on=TODAY, value=50)
    new = {"checkpoints-TOTAL_FORMS": "1", "checkpoints-0-on": "2023-06-30", "checkpoints-0-value": "33"}
    assert "33" in {each.yours for each in differences(save(li, target, form, **new)).values()}


def test_yes_no_and_instants_are_taken_over(li: Client) -> None:
    target = make_target(headline=True)
    subscription = Subscription.objects.create(plan=target.commitment.plan, email="a@example.org")
    forms = opened(li, page_of(target)), opened(li, page_of(subscription))
    Target.objects.update(headline=False)
    Subscription.objects.update(unsubscribed_at=NOON)
    again = [read(save(li, row, form)) for row, form in zip((target, subscription), forms, strict=True)]
    assert "headline" not in again[0]
    assert (again[1]["unsubscribed_at_0"], again[1]["unsubscribed_at_1"]) == (["2023-09-28"], ["12:00:00"])
    forms = opened(li, page_of(target)), opened(li, page_of(subscription))
    Target.objects.update(headline=True)
    Subscription.objects.update(unsubscribed_at=None)
    again = [read(save(li, row, form)) for row, form in zip((target, subscription), forms, strict=True)]
    assert again[0]["headline"] == ["on"]
    assert again[1]["unsubscribed_at_0"] == [""]


def test_what_is_typed_wrongly_is_told_as_typed(li: Client) -> None:
    target = make_target()
    form = opened(li, page_of(target))
    Target.objects.update(value=80)
    assert differences(save(li, target, form, value="viele"))["Target value"].yours == "viele"


def test_an_account_is_guarded_and_its_password_stays_in(sign_in: SignIn) -> None:
    admin, user = sign_in(Role.ADMIN), make_user()
    form = opened(admin, page_of(user))
    assert user.password[:20] not in str(form)
    User.objects.filter(pk=user.pk).update(role=Role.LEADER)
    assert "Role" in differences(save(admin, user, form, first_name="丽"))


@pytest.mark.parametrize("seen", ["", "no json", "[]", '{"title": 5, "nothing": ["x"], "a/1/b": []}'])
def test_a_form_that_does_not_say_what_it_started_from_changes_nothing(seen: str, li: Client) -> None:
    commitment = make_commitment()
    answer = save(li, commitment, opened(li, page_of(commitment)), seen=seen, title="改名")
    assert differences(answer)["Title"].theirs == "改造老旧小区"
    assert Commitment.objects.get().title == "改造老旧小区"


def test_a_program_is_told_to_open_the_form_first(li: Client) -> None:
    commitment = make_commitment()
    answer = li.post(page_of(commitment), {"title": "改名"})
    assert "This page is out of date" in answer.content.decode()


def test_the_conflict_is_told_once(li: Client, wang: Client) -> None:
    commitment = make_commitment()
    form = opened(li, page_of(commitment))
    save(wang, commitment, form, title="王的标题")
    page = save(li, commitment, form, title="李的标题").content.decode()
    assert page.count("Your changes have not been saved") == 1
    assert "errornote" not in page


def test_a_damaged_count_of_parts_breaks_nothing(li: Client) -> None:
    target = make_target()
    form = opened(li, page_of(target))
    assert save(li, target, form, **{"checkpoints-TOTAL_FORMS": "many"}).status_code == 200


def test_a_row_that_is_gone_is_said_to_be(li: Client) -> None:
    assert li.post("/admin/commitments/commitment/999/change/", {}).status_code == 302


def test_a_form_with_a_mistake_still_knows_what_was_seen(li: Client) -> None:
    commitment = make_commitment()
    again = read(save(li, commitment, opened(li, page_of(commitment)), code=""))
    assert save(li, commitment, again, code=commitment.code, title="改名").status_code == 302


def test_a_form_with_more_parts_takes_no_more_queries(li: Client) -> None:
    def taken(target: Target) -> int:
        with statements() as sent:
            opened(li, page_of(target))
        return len(sent)

    plan = make_plan()
    few = make_staged_target(make_commitment(plan), TODAY)
    many = make_staged_target(make_commitment(plan), TODAY, TODAY, TODAY, TODAY, TODAY)
    taken(few)
    assert taken(many) == taken(few)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_the_same_moment_one_is_told(li: Client, wang: Client) -> None:
    commitment = make_commitment()
    form = opened(li, page_of(commitment))
    ready, codes = threading.Barrier(2), []

    def press(client: Client, title: str) -> None:
        ready.wait()
        codes.append(save(client, commitment, form, title=title).status_code)
        connection.close()

    pressed = [threading.Thread(target=press, args=each) for each in ((li, "李"), (wang, "王"))]
    for thread in pressed:
        thread.start()
    for thread in pressed:
        thread.join()
    assert sorted(codes) == [200, 302]


def deletion_of(row: Any) -> str:
    return f"/admin/commitments/{row._meta.model_name}/{row.pk}/delete/"


def asked_to_delete(client: Client, row: Any) -> str:
    """Return the address of the confirmation page, which its form is sent to."""
    answer = client.get(deletion_of(row), follow=True)
    assert answer.status_code == 200
    return str(answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"])


def a_subscription() -> Subscription:
    return Subscription.objects.create(plan=make_plan(), email="a@example.org")


def test_what_stayed_as_it_was_is_deleted(li: Client) -> None:
    subscription = a_subscription()
    assert li.post(asked_to_delete(li, subscription), {"post": "yes"}).status_code == 302
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("asked", [True, False])
def test_what_somebody_changed_since_is_not_deleted_unseen(asked: bool, li: Client, wang: Client) -> None:
    row = a_subscription()
    address = asked_to_delete(li, row) if asked else deletion_of(row)
    save(wang, row, opened(wang, page_of(row)), email="b@example.org")
    again = li.post(address, {"post": "yes"}, follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["warning"]
    assert Subscription.objects.get().email == "b@example.org"
    assert li.post(asked_to_delete(li, row), {"post": "yes"}).status_code == 302
    assert not Subscription.objects.exists()


def test_rows_are_not_deleted_by_the_dozen(li: Client) -> None:
    a_subscription()
    assert "delete_selected" not in li.get("/admin/commitments/subscription/").content.decode()
