"""The words for readers: the agreed ones for statuses and reports, one word for one thing, no riddles."""

import re

import pytest
from django.utils.translation import override

from commitments import labels
from commitments.domain.enums import Freshness, Status
from commitments.management.commands import make_messages
from commitments.reporting.state import STATE, ReportState

from . import language
from .test_translations import messages, texts

# 撤销 undoes what was just done; a commitment is dropped, 终止.
RETIRED = re.compile(
    "欠进度|达进度|(?<!存)有风险|应报未报|(?<!尚)未填报|待填报|不评级|撤销.{,4}(?:承诺|事项)|规则集|完成把握|序时应达|序时差"
    "|撤销提交|Undo submit|尚未公布|(?<!尚)未[发公]布"
    r"|\b[Pp]ledges?\b|\bNot achieved\b|\bReports? (?:late|owed)\b"
)
RIDDLE = re.compile(r"(?:\A|[.!?:;]\s)(?:What|Who|Whoever|Whose|Of|Where|Nobody)\b.*")
STATUSES = {
    Status.ON_TRACK: ("达到序时", "On track"),
    Status.AT_RISK: ("存在风险", "At risk"),
    Status.OFF_TRACK: ("进度滞后", "Off track"),
    Status.ACHIEVED: ("已完成", "Done"),
    Status.ACHIEVED_LATE: ("逾期完成", "Done late"),
    Status.NOT_ACHIEVED: ("到期未完成", "Missed"),
    Status.NO_DATA: ("尚未填报", "No report"),
    Status.NOT_STARTED: ("尚未启动", "Not started"),
    Status.NOT_RATED: ("定性任务", "Not rated"),
    Status.DROPPED: ("已终止", "Dropped"),
}
REPORTS: list[tuple[labels.Label, tuple[str, str]]] = [
    (labels.FRESHNESS[Freshness.DUE], ("待报", "Due")),
    (labels.FRESHNESS[Freshness.LATE], ("逾期未报", "Overdue")),
    (STATE[ReportState.OPEN], ("待报", "Due")),
    (STATE[ReportState.OPTIONAL], ("无需填报", "Nothing due")),
    (STATE[ReportState.WAITING], ("已报待审", "In review")),
    (STATE[ReportState.COUNTED], ("已报", "Reported")),
]


def both(label: labels.Label) -> tuple[str, str]:
    with override("zh-hans"):
        chinese = str(label)
    with override("en"):
        return chinese, str(label)


def test_statuses_have_the_agreed_words() -> None:
    assert {status: both(label) for status, label in labels.STATUS.items()} == STATUSES


@pytest.mark.parametrize(("label", "words"), REPORTS)
def test_reports_have_the_agreed_words(label: labels.Label, words: tuple[str, str]) -> None:
    assert both(label) == words


def test_no_message_has_a_retired_word() -> None:
    found = [
        (m.id, m.string) for m in messages() if RETIRED.search("\n".join([*texts(m.id), *texts(m.string)]))
    ]
    assert found == []


def test_no_template_has_a_retired_word() -> None:
    folder = make_messages.ROOT / "templates"
    templates = [path for path in sorted(folder.rglob("*.*")) if path.suffix in make_messages.TEMPLATES]
    assert [path.name for path in templates if RETIRED.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md", "docs/*.md"])
def test_no_document_has_a_retired_word(name: str) -> None:
    found = [
        (path.name, RETIRED.findall(path.read_text(encoding="utf-8"))) for path in language.ROOT.glob(name)
    ]
    assert [each for each in found if each[1]] == []


def test_no_message_is_a_riddle() -> None:
    assert [text for m in messages() for text in texts(m.id) if RIDDLE.search(text)] == []
