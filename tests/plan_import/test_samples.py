from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django.fixtures import Settings

from commitments.actions import targets
from commitments.actions.plans import publish_loaded
from commitments.models import (
    Commitment,
    DeliveryConfidence,
    OutgoingMail,
    Plan,
    ProgressEntry,
    Subscription,
    Target,
    TargetRevision,
    User,
)
from commitments.plan_import.apply import apply
from commitments.plan_import.files.read import read_plan
from tests.factories import make_user

from .folders import edit
from .samples import write_samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings) -> None:
    settings.DEMO_CLOCK = (datetime(2023, 9, 28, 1, tzinfo=UTC), datetime(2026, 1, 5, 1, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


@pytest.fixture
def samples(folder: Path) -> Path:
    """Load the small plan and write its sample progress into the folder."""
    apply(read_plan(folder))
    publish_loaded("610302-2023", at=datetime(2023, 1, 1, tzinfo=UTC))
    return write_samples(folder / "demo")


def load(folder: Path) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command("load_demo", str(folder), stdout=out)
    return out.getvalue()


def refusal(folder: Path) -> str:
    with pytest.raises(CommandError) as refused:
        load(folder)
    return str(refused.value)


def test_entries_go_the_way_of_real_ones(samples: Path) -> None:
    load(samples)
    entries = ProgressEntry.objects.order_by("id")
    first, corrected, returned, waiting = entries
    assert first.counted_until == datetime(2023, 5, 9, 1, tzinfo=UTC)
    assert (corrected.corrects, corrected.counted_from) == (first, first.counted_until)
    assert returned.review.reason == "缺材料"
    assert list(entries.pending()) == [waiting]


def test_a_return_of_long_ago_sends_no_mail(samples: Path) -> None:
    load(samples)
    assert ProgressEntry.objects.returned().get().recorded_by.email
    assert not OutgoingMail.objects.exists()


def test_every_entry_is_marked_as_a_sample(samples: Path) -> None:
    load(samples)
    assert all(ProgressEntry.objects.values_list("is_sample", flat=True))


def test_accounts_without_a_password_admit_nobody(samples: Path) -> None:
    assert "DEMO_PASSWORD is not set" in load(samples)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_accounts_get_the_password_of_the_environment(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMO_PASSWORD", "a demo's secret")
    assert "DEMO_PASSWORD" not in load(samples)
    clerk = User.objects.get(username="clerk")
    assert clerk.check_password("a demo's secret")
    assert (clerk.agency and clerk.agency.code, clerk.is_staff, clerk.is_superuser) == ("works", True, False)


def test_the_rest_is_loaded_too(samples: Path) -> None:
    load(samples)
    dropped = Commitment.objects.get(code="C2")
    assert (dropped.lifecycle, dropped.decisions.get().on) == ("dropped", dropped.dropped_on)
    revisions = TargetRevision.objects.order_by("pk").values_list("old_value", "new_value")
    assert [(int(old), int(new)) for old, new in revisions] == [(76, 80), (80, 85)]
    assert DeliveryConfidence.objects.get().holder == "owner"
    assert Subscription.objects.filter(agency__code="works").count() == 1


def test_it_is_loaded_once(samples: Path) -> None:
    load(samples)
    assert "has been loaded before" in load(samples)
    assert ProgressEntry.objects.count() == 4


def test_it_counts_as_loaded_whatever_became_of_accounts_subscriptions_and_code(samples: Path) -> None:
    load(samples)
    User.objects.filter(username="clerk").update(username="wang")
    Subscription.objects.all().delete()
    Plan.objects.update(code="WB-2023")
    assert "has been loaded before" in load(samples)
    assert not Subscription.objects.exists()
    assert not User.objects.filter(username="clerk").exists()


def test_accounts_and_subscriptions_that_were_there_before_stay(samples: Path) -> None:
    mine = User.objects.create_user(username="chief", role="supervision", email="mine@weibin.example")
    kept = Subscription.objects.create(
        plan=Plan.objects.get(), email="chief@weibin.example", language="zh-hans"
    )
    load(samples)
    mine.refresh_from_db()
    kept.refresh_from_db()
    assert (mine.email, kept.language) == ("mine@weibin.example", "zh-hans")


def test_a_commitment_that_was_dropped_before_keeps_its_decision(samples: Path) -> None:
    edit(
        samples,
        "progress.csv",
        ",C2,1,2023-04-28,1,开工,,,clerk,2023-05-04 10:00,,return,chief,2023-05-05 10:00,缺材料\n",
        "",
    )
    why = {"dropped_authority": "会议", "dropped_reason": "合并"}
    Commitment.objects.filter(code="C2").update(lifecycle="dropped", dropped_on="2023-05-01", **why)
    load(samples)
    assert Commitment.objects.get(code="C2").dropped_reason == "合并"


def test_a_revision_that_people_made_of_the_same_day_stays(samples: Path) -> None:
    target = Target.objects.get(code="C1")
    day, due_on = date(2023, 6, 1), date(2023, 12, 31)
    targets.revise(
        target=target, effective_from=day, new_value=Decimal(90), new_due_on=due_on, authority="会议", reason="调整",
        seen=0, by=make_user(), at=datetime(2023, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    load(samples)
    assert list(target.revisions.order_by("effective_from").values_list("new_value", flat=True)) == [90, 85]


def test_a_demonstration_without_progress_is_refused(samples: Path) -> None:
    path = samples / "progress.csv"
    path.write_text(path.read_text().splitlines()[0])
    assert "A demonstration has at least one entry." in refusal(samples)


def test_a_day_for_words_must_be_a_day(samples: Path) -> None:
    path = samples / "demo.toml"
    path.write_text(path.read_text() + 'words_from = "July"\n')
    assert "This must be a day" in refusal(samples)


def test_a_choice_about_words_from_before_stays_the_only_one(samples: Path) -> None:
    path = samples / "demo.toml"
    path.write_text(path.read_text() + "words_from = 2023-07-01\n")
    load(samples)
    assert [each.effective_from for each in Plan.objects.get().narrative_duties.all()] == [date(2023, 1, 1)]


def test_what_the_database_refuses_is_told(samples: Path) -> None:
    edit(samples, "subscriptions.csv", "chief@weibin.example", "no address")
    assert "The database refuses this file; nothing was changed." in refusal(samples)
    assert not ProgressEntry.objects.exists()


def test_production_is_left_alone(samples: Path, settings: Settings) -> None:
    settings.DEMO_CLOCK = None
    assert "DEMO_CLOCK is not set" in refusal(samples)
    assert not User.objects.exists()


def test_the_plan_must_be_there_first(tmp_path: Path) -> None:
    assert "load it first with seed_plan" in refusal(write_samples(tmp_path / "demo"))


def test_a_draft_takes_no_samples(folder: Path) -> None:
    apply(read_plan(folder))
    assert "publish it first" in refusal(write_samples(folder / "demo"))
    assert not User.objects.exists()


def test_every_row_that_cannot_be_loaded_is_named_and_none_is(samples: Path) -> None:
    edit(samples, "progress.csv", "2023-05-31", "2023-07-31")
    edit(samples, "progress.csv", ",C2,1,", ",C2,7,")
    edit(samples, "confidence.csv", "C1", "C9")
    edit(samples, "subscriptions.csv", "works", "nobody")
    lines = refusal(samples).splitlines()
    assert lines[0] == "4 problems; nothing was changed."
    assert lines[1] == "progress.csv, line 4: No such code. [C2 7]"
    assert lines[2].startswith("progress.csv, line 5: ")
    assert not ProgressEntry.objects.exists()


def test_the_rules_of_who_may_record_hold_for_samples(samples: Path) -> None:
    edit(samples, "accounts.csv", "clerk,clerk,works", "clerk,leader,")
    assert "progress.csv, line 2: You may not record progress on C1" in refusal(samples)


def test_words_are_loaded_and_marked_as_sample(samples: Path) -> None:
    in_words(samples, (",C3,,已开工,", "C1,,not_published,,"))
    load(samples)
    about, nothing = ProgressEntry.objects.order_by("pk")
    assert (about.commitment.code, about.target, about.progress) == ("C3", None, "已开工")
    assert (nothing.code, nothing.value, nothing.no_figure) == ("C1", None, "not_published")
    assert about.is_sample
    assert nothing.is_sample


def test_words_about_another_commitments_target_are_told(samples: Path) -> None:
    in_words(samples, ("C1,C3,,已开工,",))
    assert "progress.csv, line 2: Choose a target of C3." in refusal(samples)


def test_an_unknown_commitment_is_named(samples: Path) -> None:
    in_words(samples, (",C9,,已开工,",))
    assert "progress.csv, line 2: No such code. [C9]" in refusal(samples)


def in_words(folder: Path, lines: Sequence[str]) -> None:
    head = "target,commitment,no_figure,progress,problems,key,milestone,effective_on,value,next_steps,recorded_by"
    rest = "recorded_at,corrects,decision,reviewed_by,reviewed_at,reason"
    filled = [f"{line},,,2023-04-30,,,chief,2023-05-04 09:00,,,,," for line in lines]
    (folder / "progress.csv").write_text("\n".join([f"{head},{rest}", *filled]), encoding="utf-8")
