"""The mail about a returned report, from the decision to the mail that arrives."""

from datetime import timedelta

import pytest

from commitments import sending
from commitments.actions import ledger
from commitments.domain.enums import DeliveryState, NoFigure, Role
from commitments.models import Commitment, OutgoingMail, ProgressEntry, Review, User
from tests.factories import (
    NOON,
    make_agency,
    make_commitment,
    make_entry,
    make_narrative,
    make_plan,
    make_target,
    make_user,
)
from tests.mails.sink import Sink, body

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
REASON = "数据与统计口径不一致，请核实。"


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, agency=make_agency(name="区住建局"), email="clerk@weibin.example")


@pytest.fixture
def entry(clerk: User) -> ProgressEntry:
    commitment = make_commitment(make_plan(review_required=True), lead_agency=clerk.agency)
    target = make_target(
        commitment, title="改造小区", title_en="Renovated communities", unit="个", unit_en=""
    )
    return make_entry(target, 22, by=clerk)


def send_back(entry: ProgressEntry) -> Review:
    office = make_user(Role.SUPERVISION, last_name="王", first_name="芳")
    return ledger.return_(entry=entry, reason=REASON, by=office, at=NOON + HOUR)


def test_it_tells_the_author_which_report_was_returned_and_why(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    assert sending.send_due(at=NOON + HOUR) == {DeliveryState.SENT: 1}
    (mail,) = sink.mails
    text = body(mail, "plain")
    assert mail["To"] == "clerk@weibin.example"
    assert mail["Subject"] == "填报被退回：改造小区，2023年9月"
    for said in (entry.code, "22个", "2023年9月28日", REASON, "王芳"):
        assert said in text


def test_its_link_opens_the_row_of_the_report(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    sending.send_due(at=NOON + HOUR)
    agency = entry.commitment.lead_agency.code
    link = f"https://pledges.example/admin/log/?plan=610302-2023&agency={agency}&period=2023-09"
    assert f"{link}&row={entry.code}" in body(sink.mails[0], "plain")


def test_it_is_in_the_authors_language(entry: ProgressEntry, sink: Sink) -> None:
    User.objects.filter(pk=entry.recorded_by_id).update(language="en")
    send_back(entry)
    sending.send_due(at=NOON + HOUR)
    assert sink.mails[0]["Subject"] == "Returned: Renovated communities, September 2023"
    assert "A report of yours was returned" in body(sink.mails[0], "html")


def test_it_is_sent_once(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    sending.send_due(at=NOON + HOUR)
    assert sending.send_due(at=NOON + 2 * HOUR) == {}
    assert len(sink.mails) == 1


def test_an_author_without_an_address_gets_none(entry: ProgressEntry) -> None:
    User.objects.filter(pk=entry.recorded_by_id).update(email="")
    entry.refresh_from_db()
    send_back(entry)
    assert not OutgoingMail.objects.exists()


def test_an_author_who_has_left_gets_none(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    User.objects.filter(pk=entry.recorded_by_id).update(is_active=False)
    assert sending.send_due(at=NOON + HOUR) == {DeliveryState.SKIPPED: 1}
    assert not sink.mails


def test_what_was_given_up_before_the_mail_left_gets_none(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    ledger.withdraw(entry=entry, reason="误报", by=entry.recorded_by, at=NOON + HOUR)
    assert sending.send_due(at=NOON + HOUR) == {}
    assert OutgoingMail.objects.get().state == DeliveryState.SKIPPED


def test_a_refused_return_tells_nobody(entry: ProgressEntry) -> None:
    with pytest.raises(Exception, match="."):
        ledger.return_(entry=entry, reason="", by=make_user(Role.SUPERVISION), at=NOON + HOUR)
    assert not OutgoingMail.objects.exists()


def test_an_address_alone_is_a_mails_filter_too(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    assert sending.send_due(at=NOON + HOUR, only="other@weibin.example") == {}
    assert sending.send_due(at=NOON + HOUR, only="clerk@weibin.example") == {DeliveryState.SENT: 1}


def test_its_number_stays_the_same_for_a_second_copy(entry: ProgressEntry, sink: Sink) -> None:
    send_back(entry)
    sending.send_due(at=NOON + HOUR)
    assert (
        sink.mails[0]["Message-ID"] == f"<returned-{OutgoingMail.objects.get().message_id}@pledges.example>"
    )


def test_returned_words_name_their_commitment(clerk: User, sink: Sink) -> None:
    words = make_narrative(commitment_of(clerk), by=clerk)
    send_back(words)
    sending.send_due(at=NOON + HOUR)
    text = body(sink.mails[0], "plain")
    assert sink.mails[0]["Subject"] == "填报被退回：优化营商环境，2023年9月"
    for said in (f"{words.code} 优化营商环境", "文字进展", REASON, f"&row={words.code}"):
        assert said in text


def test_a_returned_reason_for_no_figure_names_its_target(clerk: User, sink: Sink) -> None:
    target = make_target(commitment_of(clerk), title="新增企业", code="T-01")
    send_back(make_narrative(target.commitment, target=target, no_figure=NoFigure.NOT_PUBLISHED, by=clerk))
    sending.send_due(at=NOON + HOUR)
    text = body(sink.mails[0], "plain")
    for said in ("T-01 新增企业", "本期无数据：尚未发布", "&row=T-01"):
        assert said in text


def commitment_of(clerk: User) -> Commitment:
    plan = make_plan(review_required=True)
    return make_commitment(plan, lead_agency=clerk.agency, title="优化营商环境")
