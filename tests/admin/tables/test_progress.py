from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils.translation import override

from commitments import clock, labels
from commitments.actions import ledger
from commitments.domain.enums import EntryState, NoFigure, Role
from commitments.models import Commitment, CommitmentSupport, ProgressEntry, Review, StaleMark, TargetRollup
from commitments.rollups import refresh
from tests.admin.conftest import SignIn
from tests.admin.forms import add, correction_of, entry_form, errors
from tests.admin.opened import opened
from tests.factories import (
    NOON,
    TODAY,
    make_agency,
    make_commitment,
    make_correction,
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

LIST = "/admin/commitments/progressentry/"


def test_an_entry_is_recorded_in_the_name_of_who_is_signed_in(sign_in: SignIn) -> None:
    agency = make_agency()
    clerk = make_user(Role.CLERK, agency=agency)
    target = make_target(make_commitment(lead_agency=agency))
    add(sign_in(clerk), "progressentry", **entry_form(target, progress="完成40个"))
    entry = ProgressEntry.objects.get()
    assert (entry.recorded_by, entry.value, entry.progress) == (clerk, Decimal(40), "完成40个")
    assert entry.counted_from is None


def test_what_the_ledger_refuses_stands_at_its_field(office: Client) -> None:
    refused = errors(add(office, "progressentry", **entry_form(make_target(), effective_on="2023-12-01")))
    assert list(refused) == ["effective_on"]
    assert not ProgressEntry.objects.exists()


def test_an_amount_may_include_all_since_the_last_report(office: Client) -> None:
    target = make_target(accumulation="increments")
    add(office, "progressentry", **entry_form(target, includes_earlier="on"))
    entry = ProgressEntry.objects.get()
    assert entry.includes_earlier
    assert "includes_earlier" in office.get(f"{LIST}{entry.pk}/change/").content.decode()
    correction = office.get(f"{LIST}add/?corrects={entry.pk}").context["adminform"].form
    assert correction.initial["includes_earlier"]


def test_a_total_that_is_ticked_is_refused_at_the_tick(office: Client) -> None:
    refused = errors(add(office, "progressentry", **entry_form(make_target(), includes_earlier="on")))
    assert list(refused) == ["includes_earlier"]


@pytest.mark.parametrize("value", ["1,234", "１，２３４", "1 234"])
def test_a_number_is_read_as_on_the_sheet(value: str, office: Client) -> None:
    add(office, "progressentry", **entry_form(make_target(), value=value))
    assert ProgressEntry.objects.get().value == 1234


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"value": "12①"}, "“12①” is not a number."),
        ({"value": ""}, "Please enter a figure"),
        ({"progress": "雨" * 5001}, "5000"),
    ],
)
def test_what_the_sheet_refuses_is_refused_here_too(wrong: dict[str, str], said: str, office: Client) -> None:
    refused = errors(add(office, "progressentry", **entry_form(make_target()) | wrong))
    assert list(refused) == list(wrong)
    assert said in str(refused)


def test_a_milestone_is_reported(office: Client) -> None:
    target = make_staged_target(None, date(2023, 6, 30))
    milestone = target.milestones.get()
    add(office, "progressentry", **entry_form(target, milestone=milestone.pk, value="1"))
    assert ProgressEntry.objects.get().milestone == milestone


def test_a_clerk_cannot_choose_another_agencys_target(sign_in: SignIn) -> None:
    target = make_target()
    assert list(errors(add(sign_in(Role.CLERK), "progressentry", **entry_form(target)))) == ["target"]


def test_a_clerk_whose_account_lost_its_rights_meanwhile_is_refused_by_policy(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commitments.permissions.can_act_for", lambda _user, _commitment: False)
    agency = make_agency()
    target = make_target(make_commitment(lead_agency=agency))
    refused = errors(add(sign_in(Role.CLERK, agency=agency), "progressentry", **entry_form(target)))
    assert "neither leads nor supports" in refused["__all__"][0]


def test_a_leader_adds_nothing(sign_in: SignIn) -> None:
    assert add(sign_in(Role.LEADER), "progressentry", **entry_form(make_target())).status_code == 403


def test_a_correction_takes_the_place_of_a_pending_entry(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    add(office, "progressentry", **correction_of(entry, value="41"))
    assert ProgressEntry.objects.get(corrects=entry).value == 41


def test_a_correction_of_another_target_is_refused(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    other = make_target(make_commitment(entry.commitment.plan))
    refused = errors(add(office, "progressentry", **correction_of(entry) | {"target": other.pk}))
    assert list(refused) == ["corrects"]


def test_an_entry_that_was_corrected_meanwhile_is_not_corrected_again(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    make_correction(entry, entry.figure.value, entry.effective_on)
    assert list(errors(add(office, "progressentry", **correction_of(entry)))) == ["corrects"]


def test_who_comes_second_is_told_so(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two report one milestone at the same time: the database lets one through."""
    monkeypatch.setattr("commitments.actions.ledger._check_not_reported", lambda *_, **_given: None)
    target = make_staged_target(make_commitment(make_plan(review_required=False)), date(2023, 6, 30))
    form = entry_form(target, milestone=target.milestones.get().pk, value="1")
    add(office, "progressentry", **form)
    assert errors(add(office, "progressentry", **form))["__all__"] == [
        "Someone else has just submitted the same. Reload the page and check."
    ]


def test_what_the_database_refuses_is_said_in_the_form(
    office: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def collide(*_entry: Any, **_given: Any) -> None:
        raise IntegrityError("duplicate key")

    monkeypatch.setattr("commitments.actions.ledger.record", collide)
    found = errors(add(office, "progressentry", **entry_form(make_target())))
    assert found["__all__"] == ["Someone else has just submitted the same. Reload the page and check."]


@pytest.mark.parametrize("action", ["change", "delete"])
def test_an_entry_stays_as_it_is(action: str, office: Client) -> None:
    entry = make_entry(make_target(), 40)
    assert office.post(f"{LIST}{entry.pk}/{action}/", entry_form(entry.figure.target)).status_code == 403


def test_nobody_deletes_entries_from_the_list(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMIN, is_superuser=True).get(LIST)
    assert "delete_selected" not in page.content.decode()


def test_selected_entries_are_approved(office: Client) -> None:
    entry = make_entry(make_target(), 14)
    answer = office.post(LIST, {"action": "approve", "_selected_action": [entry.pk]}, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["1 entry approved."]
    assert Review.objects.get().entry == entry


def test_each_refusal_is_named_and_holds_up_no_other(sign_in: SignIn) -> None:
    plan, reviewer = make_plan(), make_user(language="en")
    own, returned, other = (
        make_entry(make_target(make_commitment(plan)), 14, by=by)
        for by in (reviewer, make_user(), make_user())
    )
    ledger.return_(entry=returned, reason="佐证不足", by=make_user(username="wang"), at=NOON)
    selected = {"action": "approve", "_selected_action": [own.pk, returned.pk, other.pk]}
    day = "28 September 2023"
    said = [
        str(message) for message in sign_in(reviewer).post(LIST, selected, follow=True).context["messages"]
    ]
    assert sorted(said) == sorted(
        [
            f"{own.code} ({day}): You recorded this entry yourself; somebody else has to review it.",
            f"{returned.code} ({day}) was already returned by wang at {day} 12:00: 佐证不足",
            "1 entry approved.",
        ]
    )


def test_an_entry_that_raises_doubts_is_not_approved_with_others(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    office.post(LIST, {"action": "approve", "_selected_action": [entry.pk]})
    assert ProgressEntry.objects.pending().get() == entry


def test_nothing_is_called_approved_where_all_was_refused(sign_in: SignIn) -> None:
    reviewer = make_user(language="en")
    own = make_entry(make_target(), 40, by=reviewer)
    answer = sign_in(reviewer).post(LIST, {"action": "approve", "_selected_action": [own.pk]}, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_a_clerk_is_not_offered_to_approve(sign_in: SignIn) -> None:
    make_entry(make_target(), 40)
    assert "Approve selected" not in sign_in(Role.CLERK).get(LIST).content.decode()


@pytest.mark.parametrize("wanted", ["pending", "counted", "returned", "withdrawn", "corrected"])
def test_the_list_can_be_narrowed_to_a_state(wanted: str, office: Client) -> None:
    plan, somebody = make_plan(), make_user()
    entries = {
        name: make_entry(make_target(make_commitment(plan)), 40)
        for name in ("pending", "returned", "withdrawn")
    }
    ledger.return_(entry=entries["returned"], reason="佐证不足", by=somebody, at=NOON)
    ledger.withdraw(entry=entries["withdrawn"], reason="重复", by=somebody, at=NOON)
    target = make_target(make_commitment(plan))
    entries["corrected"] = make_counted_entry(target, 40)
    day = entries["corrected"].effective_on
    entries["counted"] = make_correction(entries["corrected"], 41, day, by=somebody, at=NOON)
    ledger.approve(entry=entries["counted"], by=make_user(), at=NOON)
    page = office.get(LIST, {"state": wanted})
    assert list(page.context["cl"].result_list) == [entries[wanted]]
    with override("en"):
        assert f'field-state">{labels.ENTRY_STATE[EntryState(wanted)]}' in page.content.decode()


def test_sample_entries_are_marked(office: Client) -> None:
    make_entry(make_target(), 40, is_sample=True)
    assert "SAMPLE" in office.get(LIST).content.decode()


def offered(client: Client, model: str, field: str) -> set[int]:
    asked = {"app_label": "commitments", "model_name": model, "field_name": field, "term": ""}
    return {int(row["id"]) for row in client.get("/admin/autocomplete/", asked).json()["results"]}


def test_a_clerk_is_offered_the_targets_the_agency_leads_or_supports(sign_in: SignIn) -> None:
    plan, agency = make_plan(), make_agency()
    led = make_target(make_commitment(plan, lead_agency=agency))
    supported = make_target(make_commitment(plan))
    CommitmentSupport.objects.create(commitment=supported.commitment, agency=agency)
    make_target(make_commitment(plan))
    assert offered(sign_in(Role.CLERK, agency=agency), "progressentry", "target") == {led.pk, supported.pk}


def test_a_clerk_is_offered_the_agencys_milestones(sign_in: SignIn) -> None:
    plan, agency = make_plan(), make_agency()
    own = make_staged_target(make_commitment(plan, lead_agency=agency), date(2023, 6, 30))
    make_staged_target(make_commitment(plan), date(2023, 6, 30))
    assert offered(sign_in(Role.CLERK, agency=agency), "progressentry", "milestone") == {
        own.milestones.get().pk
    }


def test_a_withdrawal_is_offered_what_was_returned_too(sign_in: SignIn) -> None:
    agency = make_agency()
    clerk = make_user(Role.CLERK, agency=agency)
    target = make_target(make_commitment(lead_agency=agency))
    waiting, returned = (make_entry(target, value, by=clerk) for value in (40, 41))
    ledger.return_(entry=returned, reason="佐证不足", by=make_user(), at=NOON)
    browser = sign_in(clerk)
    assert offered(browser, "withdrawal", "entry") == {waiting.pk, returned.pk}
    assert offered(browser, "progressentry", "corrects") == {waiting.pk}


def test_a_reviewer_is_offered_what_waits_for_review(sign_in: SignIn) -> None:
    plan = make_plan()
    waiting = make_entry(make_target(make_commitment(plan)), 40)
    make_counted_entry(make_target(make_commitment(plan)), 40)
    assert offered(sign_in(Role.SUPERVISION), "review", "entry") == {waiting.pk}


def test_an_account_without_an_agency_is_offered_nothing(sign_in: SignIn) -> None:
    make_entry(make_target(), 40)
    assert offered(sign_in(Role.LEADER), "progressentry", "target") == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("case", "most"), [("of the lead agency", 12), ("of a supporting agency", 12), ("of a milestone", 13)]
)
def test_an_entry_and_its_roll_up_take_few_statements(case: str, most: int, sign_in: SignIn) -> None:
    agency = make_agency()
    leads = {} if case == "of a supporting agency" else {"lead_agency": agency}
    commitment = make_commitment(make_plan(review_required=False), **leads)
    CommitmentSupport.objects.create(commitment=commitment, agency=agency)
    form = entry_form(make_target(commitment))
    if case == "of a milestone":
        target = make_staged_target(commitment, TODAY, code="staged")
        form = entry_form(target, milestone=target.milestones.get().pk, value="1")
    refresh.refresh_plan(commitment.plan, at=NOON)
    StaleMark.objects.all().delete()
    client = sign_in(Role.CLERK, agency=agency)
    with statements() as sent:
        assert add(client, "progressentry", **form).status_code == 302
        assert refresh.drain(clock=clock.now) == 1
    assert TargetRollup.objects.get(target=form["target"]).actual is not None
    assert len(sent) <= most, "\n".join(sent)


def test_the_list_shows_figures_as_the_public_reads_them(office: Client) -> None:
    make_entry(make_target(), 40)
    page = office.get(LIST).content.decode()
    assert "40 communities" in page
    assert "40.0000" not in page


def test_the_list_shows_both_parts_of_a_ratio(office: Client) -> None:
    target = make_target(kind="level", accumulation="ratio", goal="final", trajectory="hold")
    make_entry(target, 1190, denominator=Decimal(1200))
    assert "1,190 / 1,200" in office.get("/admin/commitments/progressentry/").content.decode()


def test_the_list_shows_which_stage_is_done(office: Client) -> None:
    target = make_staged_target(None, date(2023, 6, 30))
    make_entry(target, 1, milestone=target.milestones.get())
    assert 'field-reported">Stage 1<' in office.get(LIST).content.decode()


def test_a_new_entry_starts_with_the_sites_own_day(office: Client) -> None:
    assert office.get(f"{LIST}add/").context["adminform"].form.initial["effective_on"] == TODAY


def test_an_entry_says_where_it_stands_and_why(office: Client) -> None:
    entry = make_entry(make_target(), 40)
    ledger.return_(entry=entry, reason="缺少验收单", by=make_user(Role.SUPERVISION), at=NOON)
    page = office.get(f"{LIST}{entry.pk}/change/").content.decode()
    assert "缺少验收单" in page
    assert "Returned" in page


def test_what_an_entry_refers_to_is_not_edited_from_its_form(sign_in: SignIn) -> None:
    page = sign_in(Role.ADMIN).get(f"{LIST}add/").content.decode()
    assert not [name for name in ("add", "change", "delete") if f'id="{name}_id_' in page]


def test_words_about_a_commitment_are_recorded(office: Client) -> None:
    commitment = make_commitment()
    add(office, "progressentry", **words_form(commitment, problems="征地未完成"))
    entry = ProgressEntry.objects.get()
    assert (entry.commitment, entry.target, entry.value) == (commitment, None, None)
    assert (entry.progress, entry.problems) == ("已完成选址", "征地未完成")


def test_words_about_a_target_need_no_commitment_beside_it(office: Client) -> None:
    target = make_target()
    add(office, "progressentry", **entry_form(target, value="", progress="已完成选址"))
    entry = ProgressEntry.objects.get()
    assert (entry.commitment, entry.target, entry.value) == (target.commitment, target, None)


def test_the_reason_for_no_figure_is_recorded(office: Client) -> None:
    add(office, "progressentry", **entry_form(make_target(), value="", no_figure="not_published"))
    assert ProgressEntry.objects.get().no_figure == NoFigure.NOT_PUBLISHED


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"target": ""}, "value", "Choose the target of this figure."),
        ({"target": "", "value": "", "progress": "已开工"}, "target", "Choose a target, or a commitment"),
        ({"no_figure": "nothing_new"}, "no_figure", "not both"),
        ({"value": "", "progress": "已开工", "denominator": "200"}, "value", "Please enter a figure."),
        ({"value": "", "progress": "已开工", "includes_earlier": "on"}, "value", "Please enter a figure."),
        ({"value": "", "progress": " "}, "value", "Please enter a figure, or say in words"),
    ],
)
def test_neither_a_figure_nor_words_alone_is_refused(
    given: dict[str, str], field: str, said: str, office: Client
) -> None:
    refused = errors(add(office, "progressentry", **entry_form(make_target()) | given))
    assert list(refused) == [field]
    assert said in str(refused)
    assert not ProgressEntry.objects.exists()


def test_a_stage_without_a_figure_is_refused(office: Client) -> None:
    target = make_staged_target(None, date(2023, 6, 30))
    form = entry_form(target, milestone=target.milestones.get().pk, value="", progress="已完成")
    assert list(errors(add(office, "progressentry", **form))) == ["value"]


@pytest.mark.parametrize("value", ["40", ""])
def test_a_target_of_another_commitment_is_refused(value: str, office: Client) -> None:
    target = make_target()
    other = make_commitment(target.commitment.plan)
    form = entry_form(target, commitment=other.pk, value=value, progress="已开工")
    assert errors(add(office, "progressentry", **form))["target"] == [f"Choose a target of {other.code}."]


def test_words_are_corrected_in_their_own_form(office: Client) -> None:
    entry = make_narrative(make_commitment(), problems="征地未完成")
    typed = opened(office, f"{LIST}add/?corrects={entry.pk}") | {"progress": "已开工"}
    office.post(f"{LIST}add/", typed)
    better = ProgressEntry.objects.get(corrects=entry)
    assert (better.commitment, better.progress, better.problems) == (entry.commitment, "已开工", "征地未完成")


def test_words_are_not_corrected_into_a_figure(office: Client) -> None:
    target = make_target()
    entry = make_narrative(target.commitment, target=target)
    typed = opened(office, f"{LIST}add/?corrects={entry.pk}") | {"value": "40"}
    assert list(errors(office.post(f"{LIST}add/", typed))) == ["corrects"]


def test_a_correction_of_a_zero_starts_with_a_plain_zero(office: Client) -> None:
    entry = make_entry(make_target(), 0)
    assert opened(office, f"{LIST}add/?corrects={entry.pk}")["value"] == ["0"]


def test_the_form_says_what_becomes_public(office: Client) -> None:
    assert office.get(f"{LIST}add/").content.decode().count("Public once approved.") == 3


@pytest.mark.parametrize(
    ("given", "said"), [({}, "In words"), ({"no_figure": NoFigure.NOTHING_NEW}, "No figure: nothing new")]
)
def test_the_list_shows_words_with_what_they_are_about(
    given: dict[str, Any], said: str, office: Client
) -> None:
    target = make_target()
    entry = make_narrative(target.commitment, target=target if given else None, **given)
    page = office.get(LIST).content.decode()
    assert f'field-reported">{said}<' in page
    assert entry.code in page


def test_a_clerk_is_offered_the_commitments_the_agency_acts_for(sign_in: SignIn) -> None:
    plan, agency = make_plan(), make_agency()
    led = make_commitment(plan, lead_agency=agency)
    make_commitment(plan)
    assert offered(sign_in(Role.CLERK, agency=agency), "progressentry", "commitment") == {led.pk}


def words_form(commitment: Commitment, **given: Any) -> dict[str, Any]:
    return {"commitment": commitment.pk, "effective_on": "2023-09-28", "progress": "已完成选址"} | given
