"""The timetable.

Beat is a metronome only: each task asks the database for due work, so a missed or doubled tick does no
harm.
"""

from typing import Any

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "roll up what was marked stale": {"task": "commitments.tasks.drain_marks", "schedule": 10.0},
    "assess every plan once a day": {"task": "commitments.tasks.assess_the_day", "schedule": 60.0},
    "audit every plan once a night": {"task": "commitments.tasks.audit", "schedule": 3600.0},
    "compare every file of evidence once a night": {
        "task": "commitments.tasks.audit_evidence",
        "schedule": 3600.0,
    },
    "prepare and send due digests": {"task": "commitments.tasks.send_digests", "schedule": 60.0},
    "check and record uploaded sheets": {"task": "commitments.tasks.work_on_sheets", "schedule": 10.0},
    "forget ended sessions and old failures to sign in": {
        "task": "commitments.tasks.forget_what_has_ended",
        "schedule": 3600.0,
    },
    "show that beat and worker live": {"task": "commitments.tasks.beat", "schedule": 3.0},
}
for _entry in BEAT_SCHEDULE.values():
    # A tick that waited long for a worker is worth no more than the next one.
    _entry["options"] = {"expires": max(30.0, _entry["schedule"])}
