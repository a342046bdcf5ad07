"""Sample progress for the small plan of `folders`, as files."""

from pathlib import Path

SAMPLES = {
    "demo.toml": 'plan = "610302-2023"\n',
    "accounts.csv": """username,role,agency,language,email
clerk,clerk,works,zh-hans,clerk@weibin.example
chief,supervision,,en,chief@weibin.example
""",
    "progress.csv": """key,target,milestone,effective_on,value,progress,problems,next_steps,recorded_by,recorded_at,\
corrects,decision,reviewed_by,reviewed_at,reason
first,C1,,2023-04-30,9,完成9个,,,clerk,2023-05-04 09:00,,approve,chief,2023-05-05 09:00,
,C1,,2023-04-30,8,完成8个,,,clerk,2023-05-08 09:00,first,approve,chief,2023-05-09 09:00,
,C2,1,2023-04-28,1,开工,,,clerk,2023-05-04 10:00,,return,chief,2023-05-05 10:00,缺材料
,C1,,2023-05-31,15,完成15个,,,clerk,2023-06-04 09:00,,,,,
""",
    "subscriptions.csv": """email,language,agency
chief@weibin.example,en,
clerk@weibin.example,zh-hans,works
""",
    "dropped.csv": """commitment,dropped_on,authority,reason,dropped_by,dropped_at
C2,2023-06-30,（样例）会议纪要,（样例）并入其他项目,chief,2023-06-30 16:00
""",
    "revisions.csv": """target,effective_from,new_value,new_due_on,authority,reason,revised_by,revised_at
C1,2023-06-01,80,2023-11-30,（样例）会议纪要,（样例）加快,chief,2023-05-31 15:00
C1,2023-09-01,85,2023-11-30,（样例）会议纪要,（样例）再加快,chief,2023-08-31 15:00
""",
    "confidence.csv": """commitment,holder,confidence,note,stated_by,stated_at
C1,owner,high,（样例）,clerk,2023-06-05 09:00
""",
}


def write_samples(folder: Path) -> Path:
    folder.mkdir()
    for name, text in SAMPLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
