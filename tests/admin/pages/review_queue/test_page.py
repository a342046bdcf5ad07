"""The content of the queue, for each reviewer."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.test import Client

from commitments.actions import ledger
from commitments.admin.pages.review_queue import views
from commitments.admin.pages.review_queue.rows import ReviewRow
from commitments.domain.enums import Role
from commitments.models import Evidence, ProgressEntry, User
from commitments.presenters.evidence import SMALL
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.admin.waiting import (
    EARLIER,
    LATELY,
    make_clerk,
    make_doubtful,
    make_full_queue,
    make_target_of,
    make_undoubted,
    make_waiting_correction,
)
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_counted_entry,
    make_entry,
    make_narrative,
    make_plan,
    make_staged_target,
    make_target,
    make_user,
)
from tests.sql import statements

pytestmark = pytest.mark.django_db
QUEUE = "/admin/review/"


@pytest.fixture
def clerk() -> User:
    return make_clerk()


def shown(browser: Client, query: str = "") -> Any:
    return browser.get(QUEUE + query).context


def row(browser: Client) -> ReviewRow:
    only: ReviewRow = shown(browser)["rows"][0]
    return only


def text(browser: Client, query: str = "") -> str:
    return " ".join(browser.get(QUEUE + query).content.decode().split())


def test_the_oldest_comes_first(office: Client, clerk: User) -> None:
    plan = make_plan()
    young, old = make_undoubted(clerk, plan, hours=1), make_undoubted(clerk, plan, hours=9)
    assert [row.entry for row in shown(office)["rows"]] == [old, young]


def test_the_own_entry_waits_for_somebody_else(sign_in: SignIn) -> None:
    person = make_user(language="en")
    make_entry(make_target_of(make_clerk(), make_plan()), 14, by=person)
    found = shown(sign_in(person))
    assert (found["rows"], found["own"]) == ([], 1)


def test_a_reviewer_sees_the_own_agencys_entries_alone(sign_in: SignIn, clerk: User) -> None:
    plan = make_plan()
    mine = make_undoubted(clerk, plan)
    make_undoubted(make_user(Role.CLERK), plan)
    reviewer = make_user(Role.REVIEWER, agency=clerk.agency)
    assert [row.entry for row in shown(sign_in(reviewer))["rows"]] == [mine]


@pytest.mark.parametrize("role", [Role.CLERK, Role.LEADER])
def test_who_reviews_nothing_has_no_queue(role: Role, sign_in: SignIn) -> None:
    assert sign_in(role).get(QUEUE).status_code == 403


def test_nobody_gets_in_without_signing_in(client: Client) -> None:
    assert client.get(QUEUE).status_code == 302


def test_only_one_commitments_entries(office: Client, clerk: User) -> None:
    plan = make_plan()
    make_undoubted(clerk, plan)
    other = make_doubtful(clerk, plan)
    asked = f"?commitment={other.commitment_id}"
    assert [row.entry for row in shown(office, asked)["rows"]] == [other]


def test_what_is_no_commitment_asks_for_all(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert len(shown(office, "?commitment=x")["rows"]) == 1


def test_another_agencys_commitment_is_not_found(sign_in: SignIn, clerk: User) -> None:
    entry = make_undoubted(clerk, make_plan())
    asked = f"{QUEUE}?commitment={entry.commitment_id}"
    assert sign_in(Role.REVIEWER).get(asked).status_code == 404


def test_it_is_read_page_by_page(office: Client, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "A_PAGE", 2)
    plan = make_plan()
    entries = [make_undoubted(clerk, plan, hours=hours) for hours in (3, 2, 1)]
    assert [row.entry for row in shown(office, "?page=2")["rows"]] == entries[2:]
    assert shown(office)["headline"] == "3 reports wait for your review."


def test_an_empty_queue_says_so(office: Client) -> None:
    assert shown(office)["headline"] == "Nothing to review."


def test_an_empty_queue_names_the_day_of_the_last_approval(office: Client) -> None:
    make_counted_entry(make_target(), 40, EARLIER, at=NOON - timedelta(days=2))
    assert shown(office)["headline"] == "Nothing to review. Last approval: 26 Sep."


def test_the_first_sentence_says_how_long_the_oldest_has_waited(office: Client, clerk: User) -> None:
    plan = make_plan()
    for hours in (1, 80):
        make_undoubted(clerk, plan, hours=hours)
    assert shown(office)["headline"] == "2 reports wait for your review, the oldest for 3 days."


def test_only_one_agencys_entries(office: Client, clerk: User) -> None:
    plan, other = make_plan(), make_user(Role.CLERK)
    make_undoubted(clerk, plan)
    theirs = [make_undoubted(other, plan, hours=hours) for hours in (2, 1)]
    found = shown(office, f"?agency={other.agency_id}")
    assert [row.entry for row in found["rows"]] == theirs
    assert found["headline"] == "2 reports wait for your review."
    assert [(choice.agency, choice.waiting) for choice in found["agencies"]] == [
        (clerk.agency, 1),
        (other.agency, 2),
    ]


def test_the_chosen_agency_stays_chosen_and_goes_with_each_decision(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    said = text(office, f"?agency={clerk.agency_id}")
    assert f'<option value="{clerk.agency_id}" selected>Housing Bureau (1)</option>' in said
    assert f'name="query" value="agency={clerk.agency_id}"' in said


def test_a_single_agency_needs_no_choice(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert 'name="agency"' not in text(office)


def test_when_an_agency_has_nothing_left_the_others_are_named(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert "1 report of other agencies waits" in text(office, f"?agency={make_agency().pk}")


def test_what_is_no_agency_asks_for_all(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert len(shown(office, "?agency=x")["rows"]) == 1


def test_the_effect_stands_above_the_button(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    refresh.drain(clock=lambda: NOON)
    said = text(office)
    assert said.index("Status stays:") < said.index(">Approve <kbd")


def test_a_moved_status_is_shown_by_both(office: Client, clerk: User) -> None:
    make_entry(make_target_of(clerk, make_plan()), 57, by=clerk)
    refresh.drain(clock=lambda: NOON)
    effect = row(office).effect
    assert effect is not None
    assert (effect.before.word, effect.after.word) == ("No report", "On track")
    assert "If approved:" in text(office)


def test_a_status_older_than_the_ledger_is_not_shown_as_new(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    recomputing = 'data-part="effect"><span class="tag status-pending">'
    assert recomputing in text(office)
    refresh.drain(clock=lambda: NOON)
    assert recomputing not in text(office)


def test_a_row_tells_who_and_since_when(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan(), hours=50)
    found = row(office)
    assert (found.who, found.reported, found.waited) == (
        "王芳 (Housing Bureau)",
        "26 Sep 10:00",
        "waited 2 days",
    )


def test_a_report_of_today_has_not_waited(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan(), hours=1)
    assert row(office).waited == "reported today"


def test_a_correction_says_so_and_shows_both_days(office: Client, clerk: User) -> None:
    make_waiting_correction(clerk, make_plan())
    said = text(office)
    assert ">Correction<" in said
    assert "29 August 2023 → 28 September 2023" in said


def test_the_chart_says_in_words_what_it_shows(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert 'aria-label="The last values that count: 38. This report: 45."' in text(office)


def test_stages_are_told_with_what_was_reported_of_each(office: Client, clerk: User) -> None:
    target = make_staged_target(
        make_commitment(make_plan(), lead_agency=clerk.agency), EARLIER, LATELY, TODAY
    )
    make_counted_entry(target, 1, EARLIER, milestone=target.milestones.first())
    make_entry(target, 1, LATELY, milestone=target.milestones.all()[1], by=clerk)
    said = text(office)
    for words in ('Stage 1 <span class="quiet">29 Aug<', "reported done on 25 Sep", "due 28 Sep"):
        assert words in said


def test_an_earlier_return_of_the_same_report_is_told(office: Client, clerk: User) -> None:
    target, reviewer = make_target_of(clerk, make_plan()), make_user()
    for value, day, reason in ((2, TODAY, "缺佐证"), (5, TODAY, "与台账不符"), (1, EARLIER, "八月")):
        returned = make_entry(target, value, day, by=clerk)
        ledger.return_(entry=returned, reason=reason, by=reviewer, at=NOON)
    make_entry(target, 4, LATELY, by=clerk)
    assert row(office).returned == "5 communities was returned on 28 Sep: “与台账不符”"


def test_a_return_is_told_though_its_report_was_given_up(office: Client, clerk: User) -> None:
    target = make_target_of(clerk, make_plan())
    entry = make_entry(target, 5, TODAY, by=clerk)
    ledger.return_(entry=entry, reason="与台账不符", by=make_user(), at=NOON)
    ledger.withdraw(entry=entry, reason="误报", by=clerk, at=NOON)
    make_entry(target, 4, LATELY, by=clerk)
    assert row(office).returned == "5 communities was returned on 28 Sep: “与台账不符”"


def test_a_first_report_tells_of_no_return(office: Client, clerk: User) -> None:
    make_undoubted(clerk, make_plan())
    assert row(office).returned == ""


def test_doubts_stand_beside_the_value(office: Client, clerk: User) -> None:
    make_doubtful(clerk, make_plan())
    assert row(office).doubts == ["Lower than the previous value, 40 communities."]


def test_what_raises_doubts_cannot_be_ticked(office: Client, clerk: User) -> None:
    make_doubtful(clerk, make_plan())
    assert 'name="entry"' not in text(office)


def test_a_title_is_not_said_twice(office: Client, clerk: User) -> None:
    make_entry(
        make_target_of(clerk, make_plan(), title="改造老旧小区", title_en="Renovate old communities"),
        14,
        by=clerk,
    )
    assert row(office).commitment_title == ""


def test_evidence_is_there_to_be_seen(
    office: Client, clerk: User, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    entry = make_undoubted(clerk, make_plan())
    given: dict[str, Any] = {"entry": entry, "added_by": clerk, "added_at": NOON}
    Evidence.objects.create(title="通报", url="https://example.org/a", **given)
    for name in ("photo.png", "list.xlsx"):
        Evidence.objects.create(title=name, file=ContentFile(b"12345", name), sha256="0" * 64, **given)
    large = ContentFile(bytes(SMALL + 1), "large.jpg")
    Evidence.objects.create(title="large.jpg", file=large, sha256="0" * 64, **given)
    said = text(office)
    assert said.count("<img") == 1
    assert said.count('?inline">View') == 2
    assert "XLSX · 5 bytes" in said
    assert '<a href="https://example.org/a" rel="noopener noreferrer">通报</a>' in said


def test_a_file_that_is_gone_has_no_size(
    office: Client, clerk: User, settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    entry = make_undoubted(clerk, make_plan())
    Evidence.objects.create(
        entry=entry, title="验收单", file="evidence/gone.pdf", sha256="0" * 64, added_by=clerk, added_at=NOON
    )
    assert "PDF</span>" in text(office)


def test_a_long_queue_takes_as_many_queries_as_a_short_one(office: Client, clerk: User) -> None:
    make_full_queue(clerk)
    office.get(QUEUE)
    with statements() as few:
        office.get(QUEUE)
    plan = ProgressEntry.objects.first().target.commitment.plan  # type: ignore[union-attr]
    for hours in range(1, 16):
        make_undoubted(clerk, plan, hours=hours)
    refresh.drain(clock=lambda: NOON)
    with statements() as many:
        office.get(QUEUE)
    assert len(many) == len(few) <= 18


def test_looking_decides_nothing(office: Client, clerk: User) -> None:
    entry = make_undoubted(clerk, make_plan())
    assert office.get(f"{QUEUE}{entry.pk}/").status_code == 405
    assert office.get(f"{QUEUE}approve/").status_code == 405


def test_words_wait_like_figures_and_leave_the_status(office: Client, clerk: User) -> None:
    commitment = make_target_of(clerk, make_plan()).commitment
    make_narrative(commitment, by=clerk, progress="已完成选址。")
    found = row(office)
    assert (found.code, found.words, found.figures, found.effect) == (commitment.code, "In words", None, None)
    assert "已完成选址。" in text(office)


def test_words_are_approved_by_a_tick(office: Client, clerk: User) -> None:
    entry = make_narrative(make_target_of(clerk, make_plan()).commitment, by=clerk)
    office.post(f"{QUEUE}approve/", {"entry": entry.pk})
    entry.refresh_from_db()
    assert entry.counts
