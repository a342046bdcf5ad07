"""How many commitments have which status, in the plan, under each priority and for each lead agency."""

from collections.abc import Sequence

from ..domain.words import Scope, Status
from .sql import rows

# Every status of every scope gets a row, so that a count that falls to nothing becomes 0.
REFRESH = f"""
WITH tally AS (
    SELECT c.plan_id,
           CASE WHEN grouping(c.priority_id) = 0 THEN '{Scope.PRIORITY}'
                WHEN grouping(c.lead_agency_id) = 0 THEN '{Scope.AGENCY}' ELSE '{Scope.PLAN}' END AS scope,
           c.priority_id, c.lead_agency_id AS agency_id, r.status, count(*) AS commitments
    FROM commitments_commitment c JOIN commitments_commitmentrollup r ON r.commitment_id = c.id
    WHERE c.plan_id = ANY(%(plans)s)
    GROUP BY GROUPING SETS
        ((c.plan_id, r.status), (c.plan_id, c.priority_id, r.status), (c.plan_id, c.lead_agency_id, r.status))
), place AS (
    SELECT plan_id, scope, priority_id, agency_id FROM tally
    UNION
    SELECT plan_id, scope, priority_id, agency_id FROM commitments_statuscount WHERE plan_id = ANY(%(plans)s)
)
INSERT INTO commitments_statuscount AS old (plan_id, scope, priority_id, agency_id, status, commitments)
SELECT p.plan_id, p.scope, p.priority_id, p.agency_id, s.status, coalesce(t.commitments, 0)
FROM place p CROSS JOIN unnest(%(statuses)s::text[]) AS s (status)
LEFT JOIN tally t ON (t.plan_id, t.scope, t.status) = (p.plan_id, p.scope, s.status)
                 AND t.priority_id IS NOT DISTINCT FROM p.priority_id
                 AND t.agency_id IS NOT DISTINCT FROM p.agency_id
ON CONFLICT (plan_id, scope, priority_id, agency_id, status)
DO UPDATE SET commitments = excluded.commitments WHERE old.commitments <> excluded.commitments
"""


def refresh(plans: Sequence[int]) -> None:
    """Recounts the plans' stored verdicts. The caller holds the plans' locks."""
    rows(REFRESH, {"plans": list(plans), "statuses": [status.value for status in Status]})
