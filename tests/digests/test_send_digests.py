from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from commitments import clock, sending
from commitments.digests import audience
from commitments.models import OutgoingMail, Plan
from tests.digests.plans import MONDAY, WEEK, make_judged_plan, make_subscription
from tests.mails.sink import Sink

A, B = "a@weibin.example", "b@weibin.example"


@pytest.fixture(autouse=True)
def plan(db: None, monkeypatch: pytest.MonkeyPatch) -> Plan:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    plan = make_judged_plan()
    make_subscription(plan, A, language="en")
    make_subscription(plan, B, language="en")
    return plan


def send_digests(*options: str) -> str:
    out = StringIO()
    call_command("send_digests", *options, stdout=out)
    return out.getvalue()


def test_what_is_due_is_sent_once(sink: Sink) -> None:
    assert " 2" in send_digests()
    assert len(sink.mails) == 2
    before = send_digests()
    assert len(sink.mails) == 2
    assert " 2" not in before


def test_a_dry_run_lists_and_changes_nothing(sink: Sink) -> None:
    told = send_digests("--dry-run")
    assert A in told
    assert "Weekly digest, 18–24 Sep: nothing off track – Weibin District" in told
    assert "LIV-SVC" not in told
    assert not OutgoingMail.objects.exists()
    assert not sink.mails


def test_printing_shows_the_text_and_changes_nothing(sink: Sink) -> None:
    told = send_digests("--print", "--to", B)
    assert "Weekly digest, 18–24 Sep" in told
    assert A not in told
    assert not OutgoingMail.objects.exists()


def test_one_address_alone(sink: Sink) -> None:
    send_digests("--to", B)
    assert [mail["To"] for mail in sink.mails] == [B]


def test_a_week_can_be_sent_before_it_is_due(sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    early = datetime(2023, 9, 24, 20, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: early)
    send_digests()
    assert not sink.mails
    send_digests("--week", WEEK)
    assert len(sink.mails) == 2


def test_another_week_cannot_be_sent_but_what_was_kept_can_be_read(
    sink: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending.run(at=MONDAY)
    monkeypatch.setattr(clock, "now", lambda: datetime(2023, 10, 9, 4, tzinfo=UTC))
    with pytest.raises(CommandError, match="2023-W41"):
        send_digests("--week", WEEK)
    OutgoingMail.objects.update(text="as it was then")
    OutgoingMail.objects.filter(subscription__email=B).update(html="")
    told = send_digests("--week", WEEK, "--print")
    assert "as it was then" in told
    assert A in told
    assert B not in told


@pytest.mark.parametrize("week", ["39", "2023-W60", "2023W39"])
def test_what_is_no_week_is_refused(week: str) -> None:
    with pytest.raises(CommandError, match=week):
        send_digests("--week", week)


def test_nothing_of_a_draft_is_sent_or_shown(sink: Sink) -> None:
    """Not even a mail that was written already: only plain SQL makes that one."""
    draft = make_judged_plan(code="610399-2023", title_en="Secret plan", published_at=None)
    reader = make_subscription(draft, "draft@weibin.example")
    assert reader.email not in send_digests("--print", "--week", WEEK)
    audience.open_rows(draft, WEEK, MONDAY)
    OutgoingMail.objects.filter(subscription=reader).update(html="<p>")
    sending.run(at=MONDAY)
    assert {mail["To"] for mail in sink.mails} == {A, B}
