"""A sheet at each stage of its way."""

from datetime import date

from commitments.models import ImportJob, Target, User
from commitments.progress_import import jobs
from tests.factories import NOON, TODAY, make_commitment, make_counted_entry, make_plan, make_target
from tests.progress_import.samples import csv_of, handed_in, recorded, xlsx_of

OWN_WORDS = ("序号", "重点工作", "1-9月完成", "备注")


def some_targets(clerk: User) -> list[Target]:
    plan = make_plan()
    targets = [make_target(make_commitment(plan, lead_agency=clerk.agency)) for _ in range(4)]
    make_counted_entry(targets[1], 50, date(2023, 8, 31))
    return targets


def job_at(stage: str, clerk: User) -> ImportJob:
    targets = some_targets(clerk)
    plan = targets[0].commitment.plan
    good = [
        (target.code, 30 + n, "2023-08-31", "正常推进" if n % 2 else "") for n, target in enumerate(targets)
    ]
    bad = [
        ("NO-SUCH", "三十", "2023-13-01", ""),
        (targets[0].code, "12万", "", ""),
        (targets[1].code, -3, "2030-01-01", ""),
    ]
    match stage:
        case "received":
            content = xlsx_of(*good)
            return jobs.upload(
                plan=plan, file_name="九月.xlsx", content=content, effective_on=TODAY, by=clerk, at=NOON
            )
        case "unmapped":
            return handed_in(
                csv_of((1, "改造老旧小区", 20, ""), header=OWN_WORDS), plan, clerk, name="本单位台账.csv"
            )
        case "faulty":
            return handed_in(xlsx_of(*good, *bad), plan, clerk, name="九月.xlsx")
        case "doubtful":
            return handed_in(xlsx_of(*good), plan, clerk, name="九月.xlsx")
        case "applied":
            return recorded(xlsx_of(*good), plan, clerk, name="九月.xlsx")
    return handed_in(b"\xd0\xcf\x11\xe0 old", plan, clerk, name="旧台账.xls")
