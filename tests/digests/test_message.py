import re
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import pytest

from commitments import formats, sending
from commitments.digests import audience, message, unsubscribe
from commitments.domain.enums import Scope, Status
from commitments.mails.messages import MailWords
from commitments.models import (
    Agency,
    Commitment,
    Jurisdiction,
    OutgoingMail,
    Plan,
    StatusCount,
    TargetRollup,
)
from commitments.rollups import snapshots
from tests.digests.plans import BEFORE, MONDAY, SINCE, WEEK, judge, make_judged_plan, make_subscription
from tests.factories import (
    make_agency,
    make_commitment,
    make_counted_entry,
    make_counted_narrative,
    make_plan,
    make_target,
)
from tests.mails.sink import Sink, body

pytestmark = pytest.mark.django_db
DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
LANGUAGES = ["zh-hans", "en"]


class ReadMail(HTMLParser):
    """The HTML part as its reader sees it, with the targets of its links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", list[str](), set[str]()
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self._hidden = tag in ("style", "title")
        self.links += [value for name, value in attrs if name == "href" and value]

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


def make_busy_plan() -> Plan:
    """Something in every section of the mail."""
    plan = make_plan()
    for code, value in (("LIV-SVC-01", 10), ("LIV-SVC-02", 20), ("LIV-SVC-03", 76)):
        make_counted_entry(make_target(make_commitment(plan, code=code)), value, SINCE, at=BEFORE)
    make_target(make_commitment(plan, code="LIV-SVC-04"))
    make_target(make_commitment(plan, code="LIV-SVC-05", title="新建<7>公里", title_en="<7> km"))
    soon = make_commitment(plan, code="LIV-SVC-06")
    make_counted_entry(make_target(soon, due_on=SINCE.replace(month=10, day=1)), 70, SINCE, at=BEFORE)
    snapshots.write(plan, on=SINCE)
    for code, value in (("LIV-SVC-01", 60), ("LIV-SVC-04", 76)):
        make_counted_entry(
            plan.commitments.get(code=code).targets.get(), value, MONDAY.date(), at=MONDAY, is_sample=True
        )
    judge(plan)
    return plan


def words_for(plan: Plan, language: str, agency: Agency | None = None) -> MailWords:
    subscription = make_subscription(plan, f"{language}@weibin.example", language=language, agency=agency)
    return message.write_words(subscription, week=WEEK, at=MONDAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_parts_carry_the_numbers_of_the_roll_up(language: str) -> None:
    plan = make_busy_plan()
    words, behind = words_for(plan, language), TargetRollup.objects.get(target__commitment__code="LIV-SVC-02")
    assert behind.planned
    assert behind.gap
    counts = StatusCount.objects.filter(plan=plan, scope=Scope.PLAN, commitments__gt=0)
    stored = {str(count.commitments) for count in counts}
    stored |= {"20", "76", formats.rounded(behind.planned), formats.rounded(-behind.gap)}
    for part in (words.text, ReadMail(words.html).text):
        assert stored <= set(DIGITS.findall(part))


def test_chinese_and_english_carry_the_same_numbers() -> None:
    plan = make_busy_plan()
    parts = [sorted(DIGITS.findall(figures_of(words_for(plan, language).text))) for language in LANGUAGES]
    assert parts[0] == parts[1]


def figures_of(text: str) -> str:
    """Without dates, codes and addresses, which languages write differently."""
    lines = (line for line in text.splitlines() if "://" not in line and "@" not in line)
    return re.sub(
        r"2023年\d+月\d+日|\d+ [A-Z][a-z]+ 2023|\d+月\d+日—\d+日|\d+–\d+ [A-Z][a-z]+|LIV-SVC-\d+|No\. \d+|第\d+局",
        "",
        "\n".join(lines),
    )


@pytest.mark.parametrize(
    ("language", "site"), [("zh-hans", "https://pledges.example/"), ("en", "https://pledges.example/en/")]
)
def test_both_parts_link_to_the_same_places(language: str, site: str) -> None:
    words = words_for(make_busy_plan(), language)
    links = set(re.findall(r"https?://\S+", words.text))
    assert links == set(ReadMail(words.html).links)
    assert {site, f"{site}#LIV-SVC-02"} <= links


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_is_there(language: str) -> None:
    text = words_for(make_busy_plan(), language).text
    titles = {"zh-hans": "改造老旧小区", "en": "Renovate old communities"}
    assert titles[language] in text
    for code in ("LIV-SVC-01", "LIV-SVC-02", "LIV-SVC-04", "LIV-SVC-05", "LIV-SVC-06"):
        assert code in text


def test_the_english_mail_is_english() -> None:
    words = words_for(make_busy_plan(), "en")
    assert words.subject == "Weekly digest, 18–24 Sep: 1 off track, 1 done – Weibin District"
    assert not re.search(r"[\u4e00-\u9fff]", words.text + ReadMail(words.html).text)
    for phrase in ("Sample data", "Off track → On track (better)", "Done since 17 September 2023 (1)"):
        assert phrase in words.text


def test_an_agencys_mail_names_the_agency() -> None:
    plan = make_judged_plan()
    agency = plan.commitments.get().lead_agency
    words = words_for(plan, "en", agency)
    assert words.subject == f"Weekly digest, 18–24 Sep: nothing off track – {agency.name_en}"
    assert agency.name_en in words.text.splitlines()[1]


def test_a_quiet_week_says_that_nothing_happened() -> None:
    plan = make_plan()
    make_counted_entry(make_target(make_commitment(plan)), 60, SINCE, at=BEFORE)
    judge(plan)
    assert "nothing to compare with yet" in words_for(plan, "en").text
    plan.subscriptions.all().delete()
    snapshots.write(plan, on=SINCE)
    words = words_for(plan, "en")
    for part in (words.text, words.html):
        assert "No status changed." in part
        assert "Nothing needs attention." in part
        assert "Sample data" not in part


def test_what_does_not_fit_is_counted() -> None:
    plan = make_plan()
    for value in range(9):
        make_counted_entry(make_target(make_commitment(plan)), value, SINCE, at=MONDAY)
    judge(plan)
    words = words_for(plan, "en")
    assert "and 2 more" in words.text
    assert "and 2 more" in words.html


def test_new_words_stand_in_both_parts_and_link_to_their_commitment() -> None:
    plan = make_plan()
    make_counted_narrative(
        make_commitment(plan, code="DEV-IND-01"), MONDAY.date(), at=MONDAY, progress="已开工<1>个。余下待定。"
    )
    judge(plan)
    words = words_for(plan, "zh-hans")
    for part in (words.text, ReadMail(words.html).text):
        assert "2023年9月17日以来新增文字进展 (1)" in " ".join(part.split())
        assert "已开工<1>个。" in part
        assert "余下待定" not in part
    assert "https://pledges.example/#DEV-IND-01" in words.text


def test_words_that_do_not_fit_are_counted() -> None:
    plan = make_plan()
    for _ in range(9):
        make_counted_narrative(make_commitment(plan), MONDAY.date(), at=MONDAY)
    judge(plan)
    words = words_for(plan, "en")
    assert "and 2 more" in words.text
    assert "and 2 more" in words.html


def test_names_cannot_inject_markup_or_headers() -> None:
    plan = make_busy_plan()
    Jurisdiction.objects.update(name_en="Weibin\r\nBcc: all@weibin.example")
    words = words_for(Plan.objects.get(pk=plan.pk), "en")
    assert "\n" not in words.subject
    assert words.subject.endswith("Weibin Bcc: all@weibin.example")
    assert "<7>" not in words.html
    assert "&lt;7&gt; km" in words.html
    assert "<7> km" in words.text


def test_the_html_part_needs_nothing_from_elsewhere() -> None:
    html = words_for(make_busy_plan(), "zh-hans").html
    assert ReadMail(html).tags.isdisjoint({"img", "script", "link", "svg", "iframe"})
    assert "url(" not in html
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "bgcolor" in html


def test_every_status_keeps_its_colour_on_dark_screens() -> None:
    html = words_for(make_busy_plan(), "en").html
    for status in Status:
        assert f".t-{status.value}" in html
        assert f".b-{status.value}" in html


def test_headers_of_the_mail_that_arrives(sink: Sink) -> None:
    plan = make_judged_plan()
    subscription = make_subscription(plan)
    sending.run(at=MONDAY)
    (mail,) = sink.mails
    delivery = OutgoingMail.objects.get()
    link = f"https://pledges.example/digests/unsubscribe/{unsubscribe.token(subscription)}/"
    assert mail["Message-ID"] == f"<digest-2023-W39-{delivery.message_id}@pledges.example>"
    assert mail["List-Unsubscribe"] == f"<{link}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Id"] == "<digest.610302-2023.pledges.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["To"] == "reader@weibin.example"
    assert mail["Subject"] == delivery.subject
    assert (parsedate_to_datetime(mail["Date"]) - MONDAY).total_seconds() < 60
    assert mail.get_content_type() == "multipart/alternative"
    assert body(mail, "plain").replace("\r\n", "\n") == delivery.text
    assert body(mail, "html").replace("\r\n", "\n").rstrip() == delivery.html.rstrip()
    assert link in body(mail, "plain")


def test_the_chinese_subject_arrives_unharmed(sink: Sink) -> None:
    plan = make_judged_plan()
    agency = make_agency(name="区住房和城乡建设局")
    Commitment.objects.update(lead_agency=agency)
    make_subscription(plan, agency=agency)
    audience.open_rows(plan, WEEK, MONDAY)
    sending.run(at=MONDAY)
    assert "区住房和城乡建设局" in sink.mails[0]["Subject"]
