from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings

from commitments.actions import commitments
from commitments.change_log import editing, edits, values
from commitments.domain.enums import Lifecycle, Role
from commitments.models import (
    EDITS,
    Commitment,
    CommitmentSupport,
    Milestone,
    Plan,
    Subscription,
    Target,
    TargetRevision,
    User,
)
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

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LATER = NOON + timedelta(hours=1)
PHRASE = "a-long-and-unusual-phrase"
PBKDF2 = "django.contrib.auth.hashers.PBKDF2PasswordHasher"
PBKDF2_SHA1 = "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher"


@pytest.fixture
def wang() -> User:
    return make_user(username="wang", first_name="丽", last_name="王")


def said(
    row: Target | Commitment | Plan | Subscription | User,
) -> list[tuple[str, str, list[tuple[str, str, str]]]]:
    return [
        (edit.verb, edit.part, [(change.field, change.before, change.after) for change in edit.changes])
        for edit in edits.list_edits(row)
    ]


def test_an_edit_says_when_who_and_from_what_to_what(wang: User) -> None:
    target = make_target()
    with editing.by(wang.pk, at=LATER):
        Target.objects.filter(pk=target.pk).update(value=Decimal(80))
    edit = edits.list_edits(target)[0]
    assert (edit.at, edit.who, edit.verb) == (LATER, wang.name, "Changed")
    assert edit.changes == (edits.FieldChange("Target value", "76", "80"),)


def test_choices_relations_and_days_are_in_words() -> None:
    commitment, other = make_commitment(), make_agency()
    before = str(commitment.lead_agency)
    Commitment.objects.filter(pk=commitment.pk).update(
        lead_agency=other, lifecycle=Lifecycle.DROPPED, dropped_on=TODAY, dropped_authority="区政府",
        dropped_reason="并入",
    )  # fmt: skip
    changes = {
        change.field: (change.before, change.after) for change in edits.list_edits(commitment)[0].changes
    }
    assert changes["Lead agency"] == (before, str(other))
    assert changes["Lifecycle"] == ("Active", "Dropped")
    assert changes["Dropped on"] == ("—", "28 September 2023")


def test_a_drop_past_the_service_is_told_by_the_row_itself() -> None:
    commitment = make_commitment()
    commitments.drop(
        commitment=commitment, on=TODAY, authority="区政府", reason="并入", seen=0, by=make_user(), at=NOON
    )
    Commitment.objects.filter(pk=commitment.pk).update(dropped_reason="笔误")
    assert [verb for verb, _part, _changes in said(commitment)] == ["Changed", "Dropped", "Added"]


def test_what_was_written_by_a_command_names_it() -> None:
    with editing.by_command("seed_plan", at=NOON):
        target = make_target()
    assert edits.list_edits(target)[0].who == "Command seed_plan"


def test_leaving_by_the_link_in_a_mail_is_the_recipients_edit() -> None:
    subscription = Subscription.objects.create(plan=make_plan(), email="a@example.org")
    with editing.by_link(at=NOON):
        Subscription.objects.update(unsubscribed_at=NOON)
    assert edits.list_edits(subscription)[0].who == "The recipient, by the link in the mail"


def test_an_edit_past_the_service_is_kept_without_a_name() -> None:
    target = make_target()
    Target.objects.update(title="改名")
    assert edits.list_edits(target)[0].who == ""


def test_supporting_agencies_are_part_of_a_commitments_history() -> None:
    commitment, agency = make_commitment(), make_agency()
    CommitmentSupport.objects.create(commitment=commitment, agency=agency).delete()
    assert said(commitment)[:2] == [
        ("Deleted", "Supporting agency", [("Agency", str(agency), "")]),
        ("Added", "Supporting agency", [("Agency", "", str(agency))]),
    ]


def test_stages_and_revisions_are_part_of_a_targets_history() -> None:
    target = make_staged_target(None, TODAY)
    Milestone.objects.update(title="封顶")
    TargetRevision.objects.create(
        target=target, effective_from=TODAY, old_value=100, new_value=100, old_due_on=target.due_on,
        new_due_on=TODAY, authority="区政府", reason="提前", revised_by=make_user(), revised_at=NOON,
    )  # fmt: skip
    found = said(target)
    assert [(verb, part) for verb, part, _changes in found] == [
        ("Added", "Target revision"), ("Changed", "Milestone"), ("Added", "Milestone"), ("Added", "")
    ]  # fmt: skip
    assert found[1][2] == [("Title", "节点1", "封顶")]


def test_a_role_and_a_new_password_are_kept_and_a_signing_in_is_not(wang: User) -> None:
    with editing.by(wang.pk, at=NOON):
        User.objects.filter(pk=wang.pk).update(last_login=NOON, password="other")
    User.objects.filter(pk=wang.pk).update(role=Role.ADMIN)
    assert said(wang) == [
        ("Changed", "", [("Role", "Supervision office", "Administrator")]), ("Password set", "", []), ("Added", "", []),
    ]  # fmt: skip


def test_what_is_changed_together_with_a_password_stands_under_changed(wang: User) -> None:
    wang.set_password(PHRASE)
    wang.email = "wang@example.org"
    with editing.by(wang.pk, at=NOON):
        wang.save()
    assert said(wang)[:2] == [
        ("Changed", "", [("Email address", "—", "wang@example.org")]), ("Password set", "", []),
    ]  # fmt: skip


def test_a_password_stored_anew_at_signing_in_is_no_edit(wang: User) -> None:
    with override_settings(PASSWORD_HASHERS=[PBKDF2, PBKDF2_SHA1]):
        wang.password = make_password(PHRASE, hasher="pbkdf2_sha1")
        wang.save()
        Client().post("/admin/login/", {"username": wang.username, "password": PHRASE})
    assert not User.objects.get(pk=wang.pk).password.startswith("pbkdf2_sha1")
    assert [edit.verb for edit in edits.list_edits(wang)] == [str(edits.VERBS[edits.INSERT])]


def test_a_longer_history_takes_no_more_queries() -> None:
    target = make_staged_target(None, TODAY)

    def taken() -> int:
        with statements() as sent:
            edits.list_edits(target)
        return len(sent)

    Target.objects.update(title="第一次")
    before = taken()
    for number in range(5):
        Target.objects.update(title=f"第{number}次")
        Milestone.objects.update(title=f"节点{number}")
    assert taken() == before


def test_the_newest_edit_is_the_last() -> None:
    target = make_target()
    Target.objects.update(title="改名")
    newest = edits.last_edit(target)
    assert newest is not None
    assert newest.verb == "Changed"


def test_what_is_computed_has_no_history() -> None:
    assert edits.last_edit(User(pk=0)) is None


@pytest.mark.parametrize("edit", EDITS.values(), ids=lambda edit: edit.__name__)
def test_history_is_only_added_to(edit: type) -> None:
    table = edit._meta.db_table  # type: ignore[attr-defined]
    make_target()
    make_user()
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"TRUNCATE {table}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bool_or(has_table_privilege('tracker_app', %s, verb)) FROM unnest(ARRAY['UPDATE', 'DELETE']) verb",
            [table],
        )
        assert cursor.fetchone() == (False,)


def test_a_stored_edit_cannot_be_changed() -> None:
    make_target()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        EDITS[Target].objects.update(title="anders")


@pytest.mark.parametrize(
    ("value", "words"),
    [(None, "—"), ("", "—"), (True, "Yes"), (False, "No"), (NOON, "28 September 2023 12:00"), ("x", "x")],
)
def test_plain_values_in_words(value: object, words: str) -> None:
    assert values.describe_plain(value) == words


def test_a_reference_to_what_is_gone_keeps_its_number() -> None:
    assert values.describe(Target._meta.get_field("commitment"), 7, {}) == "#7"


def test_parts_that_were_there_when_the_history_began_are_no_edits() -> None:
    target = make_staged_target(make_commitment(), TODAY)
    before = len(list(edits.list_edits(target)))
    event = EDITS[Milestone].objects.get()
    event.pk, event.pgh_label = None, "begin"
    event.save(force_insert=True)
    assert len(list(edits.list_edits(target))) == before
