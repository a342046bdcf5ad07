"""A restart leaves alone all that people edited, added, removed and reported."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from bench import processes
from commitments.domain.enums import Role
from commitments.models import (
    Agency,
    Baseline,
    Commitment,
    Jurisdiction,
    Plan,
    Priority,
    ProgressEntry,
    RuleSet,
    SourceDocument,
    Subscription,
    Target,
    User,
)
from tests.admin.opened import read
from tests.factories import NOON
from tests.local.browser import Browser
from tests.local.conftest import wait_for
from tests.plan_import.folders import edit, write_beside, write_plan
from tests.plan_import.samples import write_samples
from tracker.local import prepare, static_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings, monkeypatch: pytest.MonkeyPatch, _collected: None) -> None:
    settings.DEMO_CLOCK = (NOON, datetime.now(UTC))
    monkeypatch.setenv("DEMO_CLOCK", "2023-09-28T09:00:00+08:00@2026-01-05T01:00:00+00:00")
    static_files.note_collected()


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a small plan and its sample in the place of the checkout's."""
    # All else of a start is the real one.
    write_plan(tmp_path)
    demo = write_samples(tmp_path / "demo")
    samples = [
        replace(step, arguments=(str(folder), *step.arguments[1:]))
        for step, folder in zip(prepare.SAMPLES, (tmp_path, demo), strict=True)
    ]
    monkeypatch.setattr(prepare, "SAMPLES", samples)
    return tmp_path


@pytest.fixture
def started(files: Path) -> Path:
    """After a first start; the files."""
    assert prepare.main() == 0
    return files


def start(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Start again, see that no row of any table changed, and return the lines about the sample."""
    before = rows()
    capsys.readouterr()
    assert prepare.main() == 0
    assert rows() == before
    said = capsys.readouterr().out.splitlines()
    return [line.strip() for line in said if not line.endswith(" s")]


def rows() -> dict[str, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        tables = sorted(name for (name,) in cursor.fetchall())
        found = {}
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


@pytest.fixture
def office(started: Path, live_server: LiveServer) -> Browser:
    """Return a browser of an administrator with an account that people made."""
    User.objects.create_user(
        username="boss", password="a phrase of ours", role=Role.ADMIN, is_staff=True, is_superuser=True
    )
    browser = Browser(live_server.url)
    browser.sign_in("boss", "a phrase of ours")
    return browser


def place() -> Jurisdiction:
    return Jurisdiction.objects.get(code="610302")


def commitment(code: str) -> Commitment:
    return Commitment.objects.get(code=code)


def target(code: str) -> Target:
    return Target.objects.get(code=code)


def agency(office: Browser) -> None:
    office.add("agency", jurisdiction=place().pk, code="parks", name="园林局", name_en="Parks")


def priority(office: Browser) -> None:
    office.add("priority", plan=Plan.objects.get().pk, code="NEW", title="新", title_en="New", position=9)


def source(office: Browser) -> None:
    office.add(
        "sourcedocument",
        jurisdiction=place().pk,
        key="more",
        title="又",
        publisher="报",
        sha256="c" * 64,
        characters=9,
    )


def baseline(office: Browser) -> None:
    office.add(
        "baseline", commitment=commitment("C3").pk, indicator="新", indicator_en="New", value=1, unit="个",
        unit_en="items", on="2022-12-31", comparability="none",
    )  # fmt: skip


def pledge(office: Browser) -> None:
    first = commitment("C1")
    office.add(
        "commitment", plan=first.plan_id, code="C9", title="新", title_en="New", priority=first.priority_id,
        section="城市", section_en="City", position=9, tier="C", lead_agency=first.lead_agency_id,
    )  # fmt: skip


def measured(office: Browser) -> None:
    office.add(
        "target", commitment=commitment("C1").pk, code="C1-S", title="开工", title_en="Started", kind="count",
        accumulation="running_total", direction="at_least", goal="reach", comparator=">=", value=76, unit="个",
        unit_en="items", starts_on="2023-01-01", due_on="2023-12-31", due_basis="implied", trajectory="linear",
    )  # fmt: skip


def rule_set(office: Browser) -> None:
    thresholds = {"on_track_ratio": "0.9", "at_risk_ratio": "0.7", "small_gap_points": 5}
    office.add("ruleset", version="2", **thresholds, stage_grace_days=30, growth_floor=0)


def adoption(office: Browser) -> None:
    rules = RuleSet.objects.get(version="2")
    office.add(
        "rulesetadoption",
        plan=Plan.objects.get().pk,
        rule_set=rules.pk,
        effective_from="2023-12-01",
        authority="会议",
    )


def second_plan(office: Browser) -> None:
    first = Plan.objects.get()
    office.add(
        "plan", jurisdiction=first.jurisdiction_id, code="WB-LIVE-2023", year=2023, title="民生实事", title_en="Deeds",
        starts_on="2023-01-01", ends_on="2023-12-31", rule_set=first.rule_set_id,
    )  # fmt: skip


def account(office: Browser) -> None:
    given = {"username": "new", "role": "leader", "language": "en"}
    office.add("user", **given)


def subscription(office: Browser) -> None:
    office.add("subscription", plan=Plan.objects.get().pk, email="reader@weibin.example", language="en")


def agency_of(code: str) -> Agency:
    return Agency.objects.get(code=code)


def source_of(key: str) -> SourceDocument:
    return SourceDocument.objects.get(key=key)


def account_of(name: str) -> User:
    return User.objects.get(username=name)


def decide(office: Browser, code: str, step: str, **typed: Any) -> None:
    page = f"/admin/commitment/{commitment(code).pk}/{step}/"
    office.fill_in(page, authority="区政府常务会议", reason="调整", **typed)


def revise(office: Browser) -> None:
    """Look at the effect first, then save."""
    page = f"/admin/commitment/{commitment('C4').pk}/target/{target('C4').pk}/"
    why = {"authority": "区政府常务会议", "reason": "调整", "new_value": "7000"}
    looked = read(office.send(page, read(office.get(page)) | why | {"look": ""}))
    office.post(page, looked | why)


def set_password(office: Browser) -> None:
    """Set a password by a link that the office made."""
    made = office.send(f"/admin/commitments/user/{account_of('clerk').pk}/password/", {})
    found = re.search(rb"/admin/set-password/[^<]+", made.content)
    assert found, "there is no link"
    owner = Browser(office.site)
    form = owner.get(found[0].decode().strip())
    new = {"new_password1": "quite-another-phrase", "new_password2": "quite-another-phrase"}
    owner.post(form.address.removeprefix(owner.site), new)


EDITS: dict[str, list[Callable[[Browser], object]]] = {
    "jurisdiction": [
        lambda office: office.change(place(), name_en="Wei Bin"),
        lambda office: office.change(place(), parent=""),
        lambda office: office.add("jurisdiction", code="610303", name="金台区", name_en="Jintai"),
        lambda office: office.delete(Jurisdiction.objects.get(code="610303")),
    ],
    "agency": [
        lambda office: office.change(agency_of("works"), name="建设局"),
        lambda office: office.change(agency_of("works"), code="building"),
        agency,
        lambda office: office.delete(agency_of("parks")),
    ],
    "source": [
        lambda office: office.change(source_of("plan"), title="又"),
        lambda office: office.change(source_of("plan"), key="text"),
        source,
        lambda office: office.delete(source_of("more")),
    ],
    "rule set": [rule_set, adoption],
    "plan": [
        lambda office: office.change(Plan.objects.get(), title="又一计划"),
        lambda office: office.change(Plan.objects.get(), year=2022),
        second_plan,
        lambda office: office.delete(Plan.objects.get(code="WB-LIVE-2023")),
        lambda office: office.change(Plan.objects.get(), code="WB-2023"),
        lambda office: office.change(Plan.objects.get(), code="wb"),
    ],
    "priority": [
        lambda office: office.change(Priority.objects.get(code="ENV"), title="又"),
        lambda office: office.change(Priority.objects.get(code="ENV"), code="GREEN"),
        priority,
        lambda office: office.delete(Priority.objects.get(code="NEW")),
    ],
    "commitment": [
        lambda office: office.change(commitment("C1"), title="改造旧小区"),
        lambda office: office.change(commitment("C3"), code="C-3"),
        lambda office: office.change(commitment("C1"), supporters=[]),
        lambda office: office.change(commitment("C-3"), supporters=[agency_of("works").pk]),
        pledge,
        lambda office: office.delete(commitment("C-3")),
        lambda office: decide(office, "C4", "drop", on="2023-09-28"),
        lambda office: decide(office, "C2", "reinstate"),
    ],
    "target": [
        lambda office: office.change(target("C4"), value=6500),
        revise,
        lambda office: office.change(target("C1"), title="又"),
        measured,
        lambda office: office.delete(target("C1-S")),
        lambda office: office.change(Target.objects.get(unit="亩"), code="C1"),
    ],
    "parts of targets": [
        lambda office: office.change(
            target("C2"),
            **{"checkpoints-TOTAL_FORMS": "1", "checkpoints-0-on": "2023-06-30", "checkpoints-0-value": "40"},
        ),
        lambda office: office.change(target("C2"), **{"milestones-0-title": "又"}),
        lambda office: office.change(target("C2"), **{"milestones-0-position": "7"}),
        lambda office: office.change(target("C2"), **{"checkpoints-0-value": "30"}),
        lambda office: office.change(target("C2"), **{"checkpoints-0-DELETE": "on"}),
    ],
    "baseline": [
        lambda office: office.change(Baseline.objects.get(unit="亩"), indicator="又"),
        baseline,
        lambda office: office.delete(Baseline.objects.get(indicator="又")),
    ],
    "account": [
        lambda office: office.change(account_of("chief"), is_active=[]),
        set_password,
        lambda office: office.change(account_of("clerk"), username="wang"),
        account,
        lambda office: office.delete(account_of("new")),
    ],
    "subscription": [
        lambda office: office.change(
            Subscription.objects.get(email="chief@weibin.example"), language="zh-hans"
        ),
        subscription,
        lambda office: office.delete(Subscription.objects.get(email="chief@weibin.example")),
    ],
    "ledger": [
        lambda office: office.add(
            "progressentry", target=target("C4").pk, effective_on="2023-09-27", value=5500
        ),
        lambda office: office.add(
            "review",
            entry=ProgressEntry.objects.pending().get(is_sample=True).pk,
            decision="return",
            reason="缺材料",
        ),
        lambda office: office.add(
            "periodlock", plan=Plan.objects.get().pk, through="2023-01-31", reason="定稿"
        ),
    ],
}


@pytest.mark.parametrize("table", EDITS)
def test_a_start_leaves_alone_what_people_did(
    office: Browser, capsys: pytest.CaptureFixture[str], table: str
) -> None:
    for number, edited in enumerate(EDITS[table]):
        before = rows()
        edited(office)
        assert rows() != before, number
        assert len(start(capsys)) <= 1


FILES: list[tuple[str, str, str]] = [
    ("plan.toml", 'name_en = "Weibin"', 'name_en = "Wei Bin"'),
    ("plan.toml", 'name_en = "Baoji"', 'name_en = "Bao Ji"'),
    ("plan.toml", "growth_floor = 0", "growth_floor = 1"),
    ("plan.toml", 'version = "1"', 'version = "2"'),
    ("plan.toml", 'title = "计划"', 'title = "又一计划"'),
    ("plan.toml", 'title = "计划原文"', 'title = "又"'),
    ("agencies.csv", "住建局", "建设局"),
    ("agencies.csv", "jobs,人社局,Jobs\n", "jobs,人社局,Jobs\nparks,园林局,Parks\n"),
    ("priorities.csv", "环境优", "环境更优"),
    ("commitments.csv", "改造小区", "改造旧小区"),
    ("commitments.csv", "A,works,jobs", "A,works,"),
    ("commitments.csv", "C3,LIV,民生,Life,加强服务,Serve,C,jobs,,plan,20,30,,\n", ""),
    ("targets.csv", ">=,76", ">=,80"),
    ("checkpoints.csv", "C1,2023-06-30,20\n", "C1,2023-06-30,20\nC1,2023-09-30,50\n"),
    ("milestones.csv", "开工,Started", "动工,Started"),
    ("baselines.csv", "C1,,小区总数,All,627,个,communities,2022-12-31,none,no,review,10,20,\n", ""),
    ("demo/accounts.csv", "clerk@weibin.example", "wang@weibin.example"),
    ("demo/progress.csv", "完成15个", "完成十五个"),
    ("demo/subscriptions.csv", "chief@weibin.example,en,", "new@weibin.example,en,"),
]


@pytest.mark.parametrize(("file", "old", "new"), FILES)
def test_newer_files_are_told_of_in_a_line(
    started: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str
) -> None:
    edit(started, file, old, new)
    told = start(capsys)
    assert len(told) == (0 if file.startswith("demo/") else 1)
    assert all(f"nothing was changed: manage.py seed_plan {started} shows" in line for line in told)


def test_a_start_without_edits_says_nothing_of_the_sample(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert start(capsys) == []


def test_a_start_goes_on_where_the_files_are_broken(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(started, "targets.csv", ">=,76", ">=,many")
    (started / "demo" / "demo.toml").unlink()
    assert start(capsys) == [
        f"1 problem; nothing was changed. (manage.py seed_plan {started} --publish)",
        f"1 problem; nothing was changed. (manage.py load_demo {started / 'demo'})",
    ]


def test_a_start_goes_on_where_the_plan_cannot_be_loaded(
    files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(files, "agencies.csv", "jobs,人社局", "jobs,住建局")
    assert len(start(capsys)) == 2
    assert not Plan.objects.exists()


def test_a_start_goes_on_where_the_sample_is_refused(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(files, "demo/accounts.csv", "clerk,clerk,works", "clerk,leader,")
    assert prepare.main() == 0
    assert Plan.objects.exists()
    assert not User.objects.exists()
    assert len(start(capsys)) == 1


def test_another_plan_in_the_files_is_told_of_and_left_out(
    started: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = write_beside(tmp_path / "other", code="610302-2023")
    for file in other.iterdir():
        file.replace(started / file.name)
    assert len(start(capsys)) == 1


@pytest.mark.parametrize(
    ("done", "table", "loaded"), [(0, "baseline", Plan), (1, "lifecycledecision", User)], ids=["plan", "demo"]
)
def test_a_load_that_is_killed_half_way_leaves_nothing_and_the_next_start_loads_all(
    files: Path, done: int, table: str, loaded: type[Plan | User]
) -> None:
    """The table that is filled last is held, so that the load waits there."""
    for sample in prepare.SAMPLES[:done]:
        call_command(sample.command, *sample.arguments)
    sample = prepare.SAMPLES[done]
    url = processes.environment()["DATABASE_URL"]
    # Within a transaction, PostgreSQL goes on showing the activity that it showed first.
    with psycopg.connect(url) as other, psycopg.connect(url, autocommit=True) as onlooker:
        other.execute(f"LOCK TABLE commitments_{table}")
        load = processes.start("manage.py", sample.command, *sample.arguments)
        waiting = "SELECT FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))"
        holder = [other.info.backend_pid]
        wait_for(lambda: onlooker.execute(waiting, holder).fetchone() is not None)
        processes.kill(load)
    assert not loaded.objects.exists()
    assert prepare.main() == 0
    assert (Plan.objects.count(), Subscription.objects.count()) == (1, 2)
