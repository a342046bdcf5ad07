"""The facts outside a sheet that decide whether its rows may be recorded: read once, for any number of rows."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from unicodedata import normalize

from ..actions.period_locks import in_force
from ..models import Commitment, Milestone, Plan, ProgressEntry, Target, User
from ..permissions import recordable
from .row_messages import Suggestions

DASHES = re.compile("[-‐‑‒–—―−－_]+")
LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
NUMBERING = re.compile(
    r"^(?:其中[:：]|[①-⑳]|\d+(?:\.\d+)+(?:、|\s)|\(\s*(?:\d+|[一二三四五六七八九十]+)\s*\)|\d+\s*[.、)](?!\d)|[一二三四五六七八九十]+、)\s*"
)
MARKS = re.compile(r"[\s\W_]+")

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class CheckContext:
    """The facts that rows are checked against, for a record by the user `by` at the instant `at`.

    `commitments` are all of the plan by the key of `code_key`, `directions` those without targets by that of
    `title_key`. `coded` and `numbered` are the targets by these keys. `agencies` are the names of a
    commitment's agencies, `near` the titles suggested for a name. `own` are the commitments on which the user
    may record. `reported` are the milestones reported already; rows that pass add theirs.
    """

    plan: Plan
    by: User
    at: datetime
    commitments: dict[str, list[Commitment]]
    directions: dict[str, list[Commitment]]
    targets: dict[str, list[Target]]
    titled: dict[str, list[Target]]
    coded: dict[str, list[Target]]
    numbered: dict[str, list[Target]]
    agencies: dict[int, frozenset[str]]
    near: dict[str, Suggestions]
    milestones: dict[int, list[Milestone]]
    own: frozenset[int]
    reported: set[int]
    locked_through: date | None

    def today(self) -> date:
        return self.plan.day_at(self.at)

    def own_targets(self) -> list[Target]:
        return [
            target for group in self.targets.values() for target in group if target.commitment_id in self.own
        ]

    def digest(self) -> str:
        """Return a digest; two contexts with the same one pass and refuse the same rows."""
        facts = repr(
            (
                self.today(),
                sorted(_of_commitment(each) for group in self.commitments.values() for each in group),
                sorted(_of_target(target) for group in self.targets.values() for target in group),
                sorted(
                    (each.pk, each.position, each.title)
                    for group in self.milestones.values()
                    for each in group
                ),
                sorted(self.own),
                sorted(self.reported),
                self.locked_through,
            )
        )
        return hashlib.sha256(facts.encode()).hexdigest()


def read_context(plan: Plan, *, by: User, at: datetime) -> CheckContext:
    """Read the context of a plan with eight queries."""
    lock = in_force(plan)
    commitments = _read_commitments(plan)
    targets = list(Target.objects.filter(commitment__plan=plan).order_by("pk"))
    for target in targets:
        target.commitment = commitments[target.commitment_id]
    measured = {target.commitment_id for target in targets}
    directions = [each for each in commitments.values() if each.pk not in measured]
    milestones = Milestone.objects.filter(target__commitment__plan=plan).order_by("target", "position")
    own = recordable(by, Commitment.objects.filter(plan=plan))
    open_entries = ProgressEntry.objects.live().filter(milestone__target__commitment__plan=plan)
    return CheckContext(
        plan=plan,
        by=by,
        at=at,
        commitments=_grouped((code_key(each.code), each) for each in commitments.values()),
        directions=_grouped((key, each) for each in directions for key in _title_keys(each)),
        targets=_grouped((target.code, target) for target in targets),
        titled=_grouped((title, target) for target in targets for title in titles_of(target)),
        coded=_grouped((code_key(target.code), target) for target in targets),
        numbered=_grouped((title, target) for target in targets for title in _numbered_titles(target)),
        agencies=_read_agencies(plan),
        near={},
        milestones=_grouped((milestone.target_id, milestone) for milestone in milestones),
        own=frozenset(own.values_list("pk", flat=True)),
        reported=set(open_entries.values_list("milestone_id", flat=True)),
        locked_through=lock.through if lock else None,
    )


def folded(text: str) -> str:
    """Remove blanks and fold case, since titles differ in these between sheets."""
    return "".join(text.split()).casefold()


def code_key(text: str) -> str:
    """Return a code without what people change in it: width, case, blanks, kinds of dashes, leading zeros."""
    plain = "".join(normalize("NFKC", text).split()).casefold()
    return LEADING_ZEROS.sub("", DASHES.sub("-", plain))


def title_key(text: str) -> str:
    """Return a title without its number, marks and blanks, for `1.启动…`, `②启动…`, `其中：启动…`."""
    # A circled number is a plain digit after folding.
    plain = normalize("NFKC", NUMBERING.sub("", text.strip())).strip()
    return MARKS.sub("", NUMBERING.sub("", plain)).casefold()


def titles_of(target: Target) -> set[str]:
    """Return the names of a target in a sheet, folded."""
    return {folded(title) for title in _titles(target)}


def _numbered_titles(target: Target) -> set[str]:
    return {title_key(title) for title in _titles(target)}


def _titles(target: Target) -> list[str]:
    """Return the target's own titles and those of its commitment."""
    commitment = target.commitment
    titles = (target.title, target.title_en, commitment.title, commitment.title_en)
    return [title for title in titles if title]


def _title_keys(commitment: Commitment) -> set[str]:
    return {title_key(title) for title in (commitment.title, commitment.title_en) if title}


def _read_commitments(plan: Plan) -> dict[int, Commitment]:
    found = Commitment.objects.filter(plan=plan).select_related("lead_agency").order_by("pk").in_bulk()
    for commitment in found.values():
        commitment.plan = plan
    return found


def _read_agencies(plan: Plan) -> dict[int, frozenset[str]]:
    """Read the names of each commitment's leading and supporting agencies."""
    found: dict[int, set[str]] = defaultdict(set)
    of_plan = Commitment.objects.filter(plan=plan).order_by()
    leading = of_plan.values_list("pk", "lead_agency__name", "lead_agency__name_en")
    helping = of_plan.filter(support__isnull=False).values_list(
        "pk", "support__agency__name", "support__agency__name_en"
    )
    for commitment, *names in [*leading, *helping]:
        found[commitment] |= {folded(name) for name in names if name}
    return {commitment: frozenset(names) for commitment, names in found.items()}


def _of_target(target: Target) -> tuple[object, ...]:
    return (
        target.pk, target.code, target.title, target.kind, target.accumulation, target.starts_on, target.unit,
        target.commitment_id,
    )  # fmt: skip


def _of_commitment(commitment: Commitment) -> tuple[object, ...]:
    return commitment.pk, commitment.code, commitment.title, commitment.lifecycle


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
