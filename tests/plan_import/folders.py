"""A small, sound plan as files, which tests then break in one place."""

from pathlib import Path

from commitments.plan_import.files.problems import BrokenPlanError, Problem
from commitments.plan_import.files.read import read_plan

PLAN_TOML = f"""
[jurisdiction]
code = "610302"
name = "渭滨区"
name_en = "Weibin"
[jurisdiction.parent]
code = "610300"
name = "宝鸡市"
name_en = "Baoji"
[rules]
version = "1"
on_track_ratio = 0.95
at_risk_ratio = 0.80
small_gap_points = 5
stage_grace_days = 30
growth_floor = 0
[plan]
code = "610302-2023"
year = 2023
title = "计划"
title_en = "Plan"
starts_on = 2023-01-01
ends_on = 2023-12-31
time_zone = "Asia/Shanghai"
review_required = true
reporting_due_day = 5
statistics_due_day = 25
reporting_grace_days = 5
[[sources]]
key = "plan"
title = "计划原文"
publisher = "日报"
published_on = 2023-01-02
sha256 = "{"a" * 64}"
characters = 100
[[sources]]
key = "review"
title = "回眸"
publisher = "日报"
sha256 = "{"b" * 64}"
characters = 100
"""
TABLES = {
    "agencies.csv": """code,name,name_en
works,住建局,Works
jobs,人社局,Jobs
""",
    "priorities.csv": """code,title,title_en
ENV,环境优,Environment
LIV,民生优,Livelihoods
""",
    "commitments.csv": """code,priority,section,section_en,title,title_en,tier,lead_agency,supporting_agencies,\
source,char_start,char_end,note,note_en
C1,ENV,城市,City,改造小区,Renovate,A,works,jobs,plan,0,10,,
C2,ENV,城市,City,建成平台,Build,B,works,,plan,10,20,注,Note
C3,LIV,民生,Life,加强服务,Serve,C,jobs,,plan,20,30,,
C4,LIV,民生,Life,保持面积,Keep,A,jobs,,plan,30,40,,
""",
    "targets.csv": """code,commitment,headline,title,title_en,kind,accumulation,direction,goal,comparator,\
value,unit,unit_en,starts_on,due_on,due_basis,trajectory
C1,C1,yes,小区,Communities,count,running_total,at_least,reach,>=,76,\
个,communities,2023-01-01,2023-12-31,implied,checkpoints
C2,C2,yes,阶段,Stages,\
stages,stages,at_least,reach,>=,100,%,%,2023-01-01,2023-12-31,implied,step
C4,C4,yes,面积,Area,level,level,at_least,reach,>,6000,亩,mu,2023-01-01,2023-12-31,implied,linear
""",
    "checkpoints.csv": """target,on,value
C1,2023-06-30,20
""",
    "milestones.csv": """target,position,title,title_en,due_on,weight
C2,1,开工,Started,2023-04-30,40
C2,2,验收,Accepted,2023-11-30,60
""",
    "baselines.csv": """commitment,target,indicator,indicator_en,value,unit,unit_en,on,\
comparability,estimated,source,char_start,char_end,note
C4,C4,面积,Area,5000,亩,mu,2022-12-31,same,no,review,0,10,
C1,,小区总数,All,627,个,communities,2022-12-31,none,no,review,10,20,
""",
}


def write_plan(folder: Path) -> Path:
    (folder / "plan.toml").write_text(PLAN_TOML, encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def write_beside(folder: Path, code: str = "WB-LIVE-2023") -> Path:
    """Write a second plan of the same place and year, with a source and an agency of the first."""
    folder.mkdir()
    write_plan(folder)
    heading = PLAN_TOML.split("[[sources]]")[0].replace("610302-2023", code)
    heading = heading.replace('"计划"', '"民生实事"').replace('"Plan"', '"Livelihoods"')
    first_source = PLAN_TOML.split("[[sources]]")[1]
    (folder / "plan.toml").write_text(f"{heading}[[sources]]{first_source}", encoding="utf-8")
    for name, text in TABLES.items():
        (folder / name).write_text(text.splitlines()[0] + "\n", encoding="utf-8")
    for name, lines in BESIDE.items():
        with (folder / name).open("a", encoding="utf-8") as table:
            table.write(lines)
    return folder


BESIDE = {
    "agencies.csv": "works,住建局,Works\n",
    "priorities.csv": "L,实事,Deeds\n",
    "commitments.csv": "L1,L,停车,Parking,停车位100个,Parking,A,works,,plan,40,50,,\n",
    "targets.csv": "L1,L1,yes,停车位,Places,count,running_total,at_least,reach,>=,100,个,places,"
    "2023-01-01,2023-12-31,implied,linear\n",
}


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Change one place of one file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def problems_of(folder: Path) -> list[Problem]:
    try:
        read_plan(folder)
    except BrokenPlanError as broken:
        return broken.problems
    return []


def places(problems: list[Problem]) -> list[tuple[str, int, str]]:
    return [(problem.file, problem.row, problem.column) for problem in problems]
