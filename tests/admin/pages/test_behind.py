"""The first page of leaders and the supervision office: commitments behind, at risk or late."""

from datetime import timedelta

import pytest

from commitments.admin.pages import behind
from commitments.domain.enums import Role
from commitments.models import Commitment, Plan
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.factories import (
    NOON,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_plan,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db


def assessed(plan: Plan, *values: int) -> list[Commitment]:
    """Make a judged commitment of 76 for each value reached."""
    targets = [make_target(make_commitment(plan)) for _value in values]
    for target, value in zip(targets, values, strict=True):
        make_counted_entry(target, value)
    refresh.drain(clock=lambda: NOON)
    return [target.commitment for target in targets]


def test_the_worst_come_first() -> None:
    at_risk, off_track, _on_track = assessed(make_plan(), 52, 10, 76)
    found = behind.plan_standing(make_user(Role.LEADER, language="en"))
    assert found is not None
    assert (found.behind, found.at_risk, found.late) == (1, 1, 0)
    assert [line.address for line in found.worst] == [
        f"/admin/commitment/{commitment.pk}/" for commitment in (off_track, at_risk)
    ]


def test_a_leader_of_an_agency_sees_what_is_theirs() -> None:
    ours, _other = assessed(make_plan(), 10, 10)
    found = behind.plan_standing(make_user(Role.LEADER, agency=ours.lead_agency))
    assert found is not None
    assert found.behind == len(found.worst) == 1


def test_the_late_reports_counted_are_those_of_the_list(sign_in: SignIn) -> None:
    """One of the two has been reported and waits for review."""
    plan = make_plan()
    late, reported = (make_target(make_commitment(plan)) for _number in range(2))
    later = NOON + timedelta(days=20)
    make_entry(reported, 40)
    refresh.rebuild_plan(plan, at=later)
    office = sign_in(Role.SUPERVISION)
    found = behind.plan_standing(make_user())
    assert found is not None
    assert found.late == 1
    listed = office.get(found.late_address).context["cl"].queryset
    assert [rollup.commitment for rollup in listed] == [late.commitment]


def test_who_reports_has_tasks_instead() -> None:
    assert behind.plan_standing(make_user(Role.CLERK)) is None


def test_the_front_page_says_so_in_the_same_number_of_queries(sign_in: SignIn) -> None:
    plan, browser = make_plan(), sign_in(Role.LEADER)

    def taken() -> int:
        browser.get("/admin/")
        with statements() as sent:
            browser.get("/admin/")
        return len(sent)

    assessed(plan, 10)
    before = taken()
    assessed(plan, 10, 11, 12)
    assert taken() == before
    assert "Overall progress" in browser.get("/admin/").content.decode()


def test_a_status_older_than_the_ledger_is_not_shown_as_new(sign_in: SignIn) -> None:
    quiet, changed = assessed(make_plan(), 10, 11)
    make_counted_entry(changed.targets.get(), 76)
    found = behind.plan_standing(make_user(Role.LEADER, language="en"))
    assert found is not None
    assert found.recomputing is not None
    assert {line.address: line.tag.code for line in found.worst} == {
        f"/admin/commitment/{quiet.pk}/": "off_track",
        f"/admin/commitment/{changed.pk}/": "pending",
    }
    office = sign_in(Role.SUPERVISION)
    for page in ("/admin/", "/admin/commitments/commitment/"):
        said = office.get(page).content.decode()
        assert "Recomputing (about 2 seconds)" in said
        assert "Off track" in said


def test_lists_show_words_and_amounts(sign_in: SignIn) -> None:
    (commitment,) = assessed(make_plan(), 10)
    office = sign_in(Role.SUPERVISION)
    page = office.get("/admin/commitments/targetrollup/").content.decode()
    assert "far_behind" not in page
    assert "10 communities" in page
    assert f"/admin/commitment/{commitment.pk}/" in page
    assert "Off track" in office.get("/admin/commitments/commitment/").content.decode()


def test_exported_lists_have_plain_words(sign_in: SignIn) -> None:
    assessed(make_plan(), 10)
    found = b"".join(sign_in(Role.SUPERVISION).get("/admin/commitments/commitment/export.csv")).decode()
    assert "Off track" in found
    assert "<a" not in found
