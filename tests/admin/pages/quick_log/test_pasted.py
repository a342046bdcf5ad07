"""A block pasted into the sheet: the fields that come back for its rows, and the requests that are refused."""

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.actions import period_locks
from commitments.domain.enums import Role
from commitments.models import Agency, EntryDraft, Plan, Target
from commitments.progress_import.pasted_lines import MOST_LINES
from tests.admin.conftest import SignIn
from tests.admin.pages.quick_log.conftest import RATIO
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_entry,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

PASTED = "/admin/log/pasted/"
JULY, AUGUST = date(2023, 7, 31), date(2023, 8, 31)


@pytest.fixture
def target(plan: Plan, agency: Agency) -> Target:
    return make_target(make_commitment(plan, lead_agency=agency))


def paste(browser: Client, text: Any, *targets: Target, **notes: str) -> Any:
    """Paste into the first of the rows shown, which have the notes."""
    body = {"text": text, "into": targets[0].pk, "rows": [[str(target.pk), notes] for target in targets]}
    return browser.post(PASTED, json.dumps(body), content_type="application/json")


def test_each_row_is_answered_with_its_fields(
    browser: Client, plan: Plan, agency: Agency, target: Target
) -> None:
    ratio = make_target(make_commitment(plan, lead_agency=agency), unit="%", **RATIO)
    staged = make_staged_target(make_commitment(plan, lead_agency=agency), JULY, AUGUST)
    text = f"{target.code}\t４１\t已开工，４０㎡\n{ratio.code}\t190\t200\n{staged.code}\t完成"
    assert paste(browser, text, target, ratio, staged).json() == {
        "rows": {
            str(target.pk): {"value": "41", "progress": "已开工，４０㎡"},
            str(ratio.pk): {"value": "190", "denominator": "200"},
            str(staged.pk): {"milestone": str(staged.milestones.earliest("due_on").pk)},
        },
        "said": "Rows filled: 3",
    }


def test_nothing_is_kept_of_what_was_pasted(browser: Client, target: Target) -> None:
    paste(browser, "41", target)
    assert not EntryDraft.objects.exists()


def test_lines_that_were_not_used_are_told_with_the_reason(browser: Client, target: Target) -> None:
    said = paste(browser, f"{target.code}\t41\t完工\nNO-1\t3\nNO-2\t4", target, progress="已开工").json()[
        "said"
    ]
    assert said == "Rows filled: 1; line 1: the note already entered was kept; line 2, 3: no such code here"


def test_a_row_that_was_reported_meanwhile_takes_nothing(browser: Client, target: Target) -> None:
    make_entry(target, 41, AUGUST)
    assert paste(browser, "41", target).json() == {
        "rows": {},
        "said": "Rows filled: 0; line 1: already reported or locked",
    }


def test_a_locked_period_takes_nothing(browser: Client, plan: Plan, target: Target) -> None:
    period_locks.lock(plan=plan, through=AUGUST, reason="通报", seen=0, by=make_user(), at=NOON)
    assert paste(browser, "41", target).json()["rows"] == {}


def test_a_row_of_another_agency_takes_nothing_but_its_line(
    browser: Client, plan: Plan, target: Target
) -> None:
    answer = paste(browser, "41\n42", make_target(make_commitment(plan)), target).json()
    assert answer["rows"] == {str(target.pk): {"value": "42"}}


def test_without_a_sheet_no_row_takes_anything(sign_in: SignIn, target: Target) -> None:
    stranger = sign_in(make_user(Role.CLERK, agency=make_agency(), language="en"))
    assert paste(stranger, "41", target).json()["rows"] == {}


def test_a_list_without_end_is_sent_to_the_upload(browser: Client, target: Target) -> None:
    answer = paste(browser, "1\n" * (MOST_LINES + 1), target)
    assert (answer.status_code, answer.json()["detail"]) == (
        400,
        "At most 2000 lines can be pasted. Upload longer lists as a file.",
    )


@pytest.mark.parametrize("text", [None, 5, ["41"]])
def test_what_is_no_text_is_refused(browser: Client, target: Target, text: Any) -> None:
    answer = paste(browser, text, target)
    assert (answer.status_code, answer.json()["detail"]) == (400, "This is not pasted text.")


@pytest.mark.parametrize("body", ["[", "[]", '{"text": "1", "into": 1, "rows": []}', "[" * 200_000])
def test_what_makes_no_sense_is_refused(browser: Client, body: str) -> None:
    assert browser.post(PASTED, body, content_type="application/json").status_code == 400


def test_a_leader_pastes_nothing(sign_in: SignIn, target: Target) -> None:
    assert paste(sign_in(Role.LEADER), "41", target).status_code == 403


def test_pasting_is_no_get(browser: Client) -> None:
    assert browser.get(PASTED).status_code == 405


def test_statements_do_not_grow_with_what_is_pasted(browser: Client, plan: Plan, agency: Agency) -> None:
    counts = []
    for _ in range(2):
        for _number in range(4):
            make_target(make_commitment(plan, lead_agency=agency))
            make_staged_target(make_commitment(plan, lead_agency=agency), AUGUST)
        targets = list(Target.objects.all())
        paste(browser, "41", *targets)
        with statements() as sent:
            assert (
                paste(browser, "1\n" * len(targets), *targets).json()["said"]
                == f"Rows filled: {len(targets)}"
            )
        counts.append(len(sent))
    assert counts[0] == counts[1]
