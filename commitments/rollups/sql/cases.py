"""The statements that read commitments with all facts that their judgement depends on, the ledger included.

Each comes in two variants. The one for now takes past months ready-made (`months.py`). The one for an instant
takes all from the ledger itself, on targets as they were then (`versions.py`).
"""

import re

from ...domain.enums import (
    Accumulation,
    ConfidenceHolder,
    Direction,
    Goal,
    Lifecycle,
    TargetKind,
    TrajectoryKind,
)
from . import versions
from .counting import (
    CLOSING,
    COUNTED_THEN,
    COUNTS_NOW,
    IS_ADDED_UP,
    IS_RATIO,
    MONTH,
    STANDS_NOW,
    STOOD_THEN,
    SUMS,
    SUMS_NOW,
    WORTH,
    WORTH_NOW,
)

# The last day whose readings matter (`TargetSpec.last_day`).
UNTIL = (
    f"CASE WHEN t.goal = '{Goal.REACH}' THEN %(on)s ELSE least(%(on)s, coalesce(v.new_due_on, t.due_on)) END"
)
# The values and edges of `domain.months.Months`.
VALUE = f"CASE WHEN {IS_ADDED_UP} THEN m.added ELSE m.closing END"
EDGE = f"CASE WHEN (t.goal = '{Goal.REACH}') = (t.direction = '{Direction.AT_LEAST}') THEN m.highest ELSE m.lowest END"
# Short for `ADDED_UP` without ratios, which have an edge.
HAS_EDGE = f"t.accumulation NOT IN ('{Accumulation.INCREMENTS}', '{Accumulation.STAGES}') AND t.goal <> '{Goal.FINAL}'"
STORED_MONTHS = "commitments_targetmonth m WHERE m.target_id = t.id AND m.entries > 0 AND m.month <= u.day"
WORTH_THEN = WORTH.format(weight=f"SELECT w.weight FROM {versions.newest('milestone', 'e.milestone_id')} w")
LEDGER_MONTHS = f"""(
    SELECT {MONTH} AS month, {SUMS.format(worth=WORTH_THEN)}, {CLOSING} FROM commitments_progressentry e
    WHERE e.target_id = t.id AND e.effective_on <= u.day AND {COUNTED_THEN} GROUP BY 1
) m"""
# The day of a confidence is the one on which it was stated.
STATED = "AND d.stated_at <= %(stated_by)s::timestamptz"
# The commitment itself has the state of now, the newest decision known that of an earlier instant.
DROPPED_NOW = "c.dropped_on"
DROPPED_THEN = f"""(
    SELECT CASE WHEN l.lifecycle = '{Lifecycle.DROPPED}' THEN l.on END FROM commitments_lifecycledecision l
    WHERE l.commitment_id = c.id AND l.decided_at <= %(known_at)s ORDER BY l.id DESC LIMIT 1)"""
# The plan's own columns are filled only in the rows of the first commitment.
READ = f"""
SELECT r.version, r.on_track_ratio, r.at_risk_ratio, r.small_gap_points, r.stage_grace_days, r.growth_floor,
       r.near_units, r.method,
       p.reporting_due_day, p.statistics_due_day, p.reporting_grace_days, p.holidays, p.joins_january,
       c.id, {{dropped}},
       (SELECT d.confidence FROM commitments_deliveryconfidence d
        WHERE d.commitment_id = c.id AND d.holder = '{ConfidenceHolder.OWNER}' {STATED} ORDER BY d.id DESC LIMIT 1),
       (SELECT d.confidence FROM commitments_deliveryconfidence d
        WHERE d.commitment_id = c.id AND d.holder = '{ConfidenceHolder.SUPERVISION}' {STATED}
        ORDER BY d.id DESC LIMIT 1),
       o.status,
       t.id, t.headline, t.kind, t.accumulation, t.goal, t.comparator, t.trajectory, t.direction,
       coalesce(v.new_value, t.value), coalesce(v.new_value_high, t.value_high), coalesce(v.new_tolerance, t.tolerance),
       coalesce(v.new_within, t.within), t.starts_on, coalesce(v.new_due_on, t.due_on), b.value,
       k.on, k.values, s.due, s.weights, s.done, s.ids,
       month.last_on, month.values, month.edges, month.out_of, month.is_sample,
       month.included,
       newest.days, newest.values, newest.ids, newest.denominators,
       EXISTS (SELECT FROM commitments_evidence f WHERE f.entry_id = ANY(newest.ids) {{evidenced}})
FROM commitments_commitment c {{known_by}}
{{plan}}
LEFT JOIN commitments_ruleset r ON r.id = coalesce((
    SELECT a.rule_set_id FROM commitments_rulesetadoption a
    WHERE a.plan_id = p.id AND a.effective_from <= %(on)s {{adopted}} ORDER BY a.effective_from DESC LIMIT 1
), p.rule_set_id)
LEFT JOIN commitments_commitmentrollup o ON o.commitment_id = c.id
{{target}}
{{baseline}}
LEFT JOIN LATERAL (
    SELECT n.* FROM commitments_targetrevision n
    WHERE n.target_id = t.id AND n.effective_from <= %(on)s {{revised}} ORDER BY n.effective_from DESC LIMIT 1
) v ON true
CROSS JOIN LATERAL (SELECT {UNTIL} AS day) u
LEFT JOIN LATERAL (
    SELECT array_agg(q.on ORDER BY q.on) AS on, array_agg(q.value ORDER BY q.on) AS values
    FROM {{checkpoints}} q
    WHERE q.target_id = t.id AND t.trajectory IN ('{TrajectoryKind.STEP}', '{TrajectoryKind.CHECKPOINTS}')
) k ON true
LEFT JOIN LATERAL (
    SELECT array_agg(m.due_on ORDER BY m.id) AS due, array_agg(m.weight ORDER BY m.id) AS weights,
           array_agg(EXISTS (SELECT FROM commitments_progressentry e WHERE e.milestone_id = m.id
                             AND e.effective_on <= %(on)s AND {{stands}}) ORDER BY m.id) AS done,
           array_agg(m.id ORDER BY m.id) AS ids
    FROM {{milestones}} m WHERE m.target_id = t.id AND t.kind = '{TargetKind.STAGES}'
) s ON true
LEFT JOIN LATERAL (
    SELECT array_agg(m.last_on ORDER BY m.month) AS last_on, array_agg({VALUE} ORDER BY m.month) AS values,
           CASE WHEN {HAS_EDGE} THEN array_agg({EDGE} ORDER BY m.month) END AS edges,
           CASE WHEN {IS_RATIO} THEN array_agg(m.out_of ORDER BY m.month) END AS out_of,
           bool_or(m.is_sample) FILTER (WHERE m.last_on <= u.day) AS is_sample,
           max(m.month) FILTER (WHERE m.includes_earlier AND m.last_on <= u.day) AS included
    FROM {{months}}
) month ON true
LEFT JOIN LATERAL (
    SELECT array_agg(n.effective_on) AS days, array_agg(n.value) AS values, array_agg(n.id) AS ids,
           CASE WHEN {IS_RATIO} THEN array_agg(n.denominator) END AS denominators
    FROM (SELECT e.effective_on, {{worth}} AS value, e.id, e.denominator FROM commitments_progressentry e
          WHERE e.target_id = t.id AND e.effective_on <= u.day AND {{counts}}
          ORDER BY e.effective_on DESC, e.id DESC LIMIT 3) n
) newest ON true
WHERE c.id = ANY(%(commitments)s::bigint[])
ORDER BY c.id, t.id
"""
# The first part of a month that a target's last day cuts in two.
PARTS = f"""
SELECT t.id, m.is_sample, CASE WHEN m.includes_earlier THEN m.month END,
       m.last_on, {VALUE}, CASE WHEN {HAS_EDGE} THEN {EDGE} END, m.out_of
FROM unnest(%(targets)s::bigint[], %(untils)s::date[]) AS u (target_id, until)
JOIN commitments_target t ON t.id = u.target_id
CROSS JOIN LATERAL (
    SELECT date_trunc('month', u.until::timestamp)::date AS month, {SUMS_NOW}, {CLOSING}
    FROM commitments_progressentry e
    WHERE e.target_id = t.id AND e.effective_on >= date_trunc('month', u.until::timestamp)::date
      AND e.effective_on <= u.until AND {COUNTS_NOW}
) m WHERE m.entries > 0
"""
# The columns of `domain.months.DailyReading` for each day of the given spans. Days are grouped target by target:
# their entries are many more than targets, and come in order from the index.
DAYS = f"""
SELECT t.id, day.on,
       CASE WHEN {IS_ADDED_UP} THEN day.added WHEN t.direction = '{Direction.AT_LEAST}' THEN day.highest
            ELSE day.lowest END,
       day.closing, (day.counted_from AT TIME ZONE p.time_zone)::date
FROM unnest(%(targets)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS u (target_id, first, last) {{known_by}}
JOIN {{target}} t ON t.id = u.target_id
JOIN commitments_commitment c ON c.id = t.commitment_id
JOIN commitments_plan p ON p.id = c.plan_id
CROSS JOIN LATERAL (
    SELECT e.effective_on AS on, sum({{worth}}) AS added, max(e.value) AS highest, min(e.value) AS lowest,
           (array_agg(e.value ORDER BY e.id DESC))[1] AS closing,
           (array_agg(e.counted_from ORDER BY e.id DESC))[1] AS counted_from
    FROM commitments_progressentry e
    WHERE e.target_id = u.target_id AND e.effective_on BETWEEN u.first AND u.last AND {{counts}}
    GROUP BY e.effective_on
) day
ORDER BY t.id, day.on
"""
# The input of `domain.readings.added_on_due_date` for the given due dates with a reading.
DUE_DATES = """
SELECT u.target_id, day.added, day.last, before.value
FROM unnest(%(targets)s::bigint[], %(due_on)s::date[]) AS u (target_id, due_on)
JOIN LATERAL (
    SELECT sum(e.value) AS added, (array_agg(e.value ORDER BY e.id DESC))[1] AS last FROM commitments_progressentry e
    WHERE e.target_id = u.target_id AND e.effective_on = u.due_on AND {counts}
) day ON day.last IS NOT NULL
LEFT JOIN LATERAL (
    SELECT e.value FROM commitments_progressentry e
    WHERE e.target_id = u.target_id AND e.effective_on < u.due_on AND {counts}
    ORDER BY e.effective_on DESC, e.id DESC LIMIT 1
) before ON true
"""


def _on_one_line(statement: str) -> str:
    """Remove line breaks, indents and spaces beside commas and brackets, to make the statement shorter."""
    # psycopg parses a statement anew each time it is run, unless it has at most 4,096 characters. `READ_NOW`
    # runs all the time and stays below; `READ_THEN` is longer.
    return re.sub(r" ?([,()]) ?", r"\1", " ".join(statement.split()))


PLAN_OF_COMMITMENT = "SELECT plan_id FROM commitments_commitment WHERE id = %(first)s"
PLAN_OF_TARGET = """
    SELECT c.plan_id FROM commitments_target t JOIN commitments_commitment c ON c.id = t.commitment_id
    WHERE t.id = (%(targets)s::bigint[])[1]"""
READ_NOW = _on_one_line(
    READ.format(
        known_by="",
        plan="LEFT JOIN commitments_plan p ON p.id = c.plan_id AND c.id = %(first)s",
        target="LEFT JOIN commitments_target t ON t.commitment_id = c.id",
        baseline="LEFT JOIN commitments_baseline b ON b.target_id = t.id",
        checkpoints="commitments_checkpoint",
        milestones="commitments_milestone",
        worth=WORTH_NOW,
        dropped=DROPPED_NOW,
        months=STORED_MONTHS,
        counts=COUNTS_NOW,
        stands=STANDS_NOW,
        evidenced="",
        adopted="",
        revised="",
    )
)
READ_THEN = _on_one_line(
    READ.format(
        known_by=f"CROSS JOIN {versions.KNOWN_BY.format(plan=PLAN_OF_COMMITMENT)}",
        plan=f"LEFT JOIN LATERAL {versions.newest('plan', 'c.plan_id')} p ON c.id = %(first)s",
        target=f"""LEFT JOIN (
            commitments_target now JOIN LATERAL {versions.newest("target", "now.id")} t ON true
        ) ON now.commitment_id = c.id""",
        baseline=f"""LEFT JOIN LATERAL (
            SELECT b.value FROM {versions.parts("baseline", whole="commitment", row="c.id")} b
            WHERE b.target_id = t.id ORDER BY b.pgh_id DESC LIMIT 1
        ) b ON true""",
        checkpoints=versions.parts("checkpoint", whole="target", row="t.id"),
        milestones=versions.parts("milestone", whole="target", row="t.id"),
        worth=WORTH_THEN,
        dropped=DROPPED_THEN,
        months=LEDGER_MONTHS,
        counts=COUNTED_THEN,
        stands=STOOD_THEN,
        evidenced="AND f.added_at <= %(known_at)s",
        adopted="AND a.adopted_at <= %(known_at)s",
        revised="AND n.revised_at <= %(known_at)s",
    )
)
DUE_DATES_NOW = DUE_DATES.format(counts=COUNTS_NOW)
DUE_DATES_THEN = DUE_DATES.format(counts=COUNTED_THEN)
DAYS_NOW = DAYS.format(known_by="", target="commitments_target", worth=WORTH_NOW, counts=COUNTS_NOW)
DAYS_THEN = DAYS.format(
    known_by=f"CROSS JOIN {versions.KNOWN_BY.format(plan=PLAN_OF_TARGET)}",
    target=f"LATERAL {versions.newest('target', 'u.target_id')}",
    worth=WORTH_THEN,
    counts=COUNTED_THEN,
)
# The plan's days and its choices about words, and the columns of `domain.submissions.Submission` of each report
# beside the figures that count. A plan without any has one row.
REPORTS = """
SELECT p.starts_on, p.ends_on,
       array(SELECT n.frequency FROM {duties} ORDER BY n.id),
       array(SELECT n.effective_from FROM {duties} ORDER BY n.id), s.*
FROM commitments_plan p LEFT JOIN LATERAL (
    SELECT e.commitment_id, e.target_id, e.effective_on, {waits}, (v.reviewed_at AT TIME ZONE p.time_zone)::date,
           e.value IS NULL, e.no_figure <> '', e.includes_earlier, e.milestone_id
    FROM commitments_progressentry e
    LEFT JOIN commitments_review v ON v.entry_id = e.id AND v.decision = 'return' {reviewed} AND NOT EXISTS (
        SELECT FROM commitments_withdrawal w WHERE w.entry_id = e.id {withdrawn}
    )
    WHERE e.commitment_id = ANY(%(commitments)s::bigint[]) AND e.effective_on <= %(on)s AND {sent}
) s ON true
WHERE p.id = (SELECT plan_id FROM commitments_commitment WHERE id = %(first)s)
"""
CHOSEN = "commitments_narrativeduty n WHERE n.plan_id = p.id"
# The first condition is that of the index.
SENT_NOW = "(e.counted_from IS NULL OR e.value IS NULL) AND (e.counted_until IS NULL OR v.id IS NOT NULL)"
WAITS_THEN = (
    "(e.counted_from IS NULL OR e.counted_from > %(known_at)s)"
    " AND (e.counted_until IS NULL OR e.counted_until > %(known_at)s)"
)
SENT_THEN = (
    f"e.recorded_at <= %(known_at)s AND (({WAITS_THEN}) OR v.id IS NOT NULL"
    f" OR (e.value IS NULL AND {STOOD_THEN}))"
)
REPORTS_NOW = REPORTS.format(
    duties=CHOSEN,
    waits="e.counted_from IS NULL AND e.counted_until IS NULL",
    reviewed="",
    withdrawn="",
    sent=SENT_NOW,
)
REPORTS_THEN = REPORTS.format(
    duties=f"{CHOSEN} AND n.set_at <= %(known_at)s",
    waits=WAITS_THEN,
    reviewed="AND v.reviewed_at <= %(known_at)s",
    withdrawn="AND w.withdrawn_at <= %(known_at)s",
    sent=SENT_THEN,
)
