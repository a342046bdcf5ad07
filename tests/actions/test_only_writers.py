"""Only `commitments/actions` writes to the ledger, by any of the ways to write a table."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import commitments

ROOT = Path(commitments.__file__).parent
LEDGER = (
    "ProgressEntry", "Review", "Withdrawal", "Evidence", "TargetRevision", "LifecycleDecision", "DeliveryConfidence",
    "PeriodLock",
)  # fmt: skip
# Managers by which rows of the ledger are reached from others.
RELATED = (
    "entries",
    "review",
    "withdrawal",
    "evidence",
    "corrections",
    "revisions",
    "decisions",
    "confidence",
    "period_locks",
)
WRITING = (
    "save", "delete", "create", "update", "bulk_create", "bulk_update", "get_or_create", "update_or_create",
    "raw_delete", "acreate", "aupdate", "asave", "adelete",
)  # fmt: skip
SQL = re.compile(
    rf"(INSERT\s+INTO|UPDATE|DELETE\s+FROM|COPY|TRUNCATE)\s+(ONLY\s+)?\"?commitments_({'|'.join(LEDGER)})\b",
    re.IGNORECASE,
)


def writes(source: str) -> Iterator[str]:
    """Yield each expression that writes to a table of the ledger."""
    tree = ast.parse(source)
    rows = {name for node in ast.walk(tree) for name in _rows_of(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            yield node.value.strip()
        if isinstance(node, ast.Call) and _writes(node, rows):
            yield ast.unparse(node)


def _rows_of(node: ast.AST) -> Iterator[str]:
    """Yield the names that hold rows of the ledger: typed arguments, and variables assigned from its tables."""
    if isinstance(node, ast.arg) and node.annotation and set(LEDGER) & _names(node.annotation):
        yield node.arg
    if isinstance(node, ast.Assign) and set(LEDGER) & _names(node.value):
        yield from (name for target in node.targets for name in _names(target))


def _writes(call: ast.Call, rows: set[str]) -> bool:
    if isinstance(call.func, ast.Name):
        return call.func.id in LEDGER
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in WRITING:
        return False
    return bool(_names(call.func.value) & {*LEDGER, *RELATED, *rows})


def _names(node: ast.AST) -> set[str]:
    """Return every name in it, that of a module's function aside."""
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


@pytest.mark.parametrize(
    "source",
    [
        "ProgressEntry.objects.create(target=target)",
        "ProgressEntry.objects.live().filter(pk=1).update(counted_until=at)",
        "target.entries.create(value=1)",
        "commitment.decisions.filter(pk=1).delete()",
        "Review(entry=entry)",
        "def keep(entry: ProgressEntry) -> None: entry.save()",
        "found = Evidence.objects.filter(public=True)\nfound.update(public=False)",
        "SQL = 'INSERT INTO commitments_progressentry (value) VALUES (1)'",
        "SQL = 'UPDATE commitments_review SET reason = 1'",
    ],
)
def test_each_way_to_write_is_seen(source: str) -> None:
    assert list(writes(source)) != []


def test_nobody_else_writes_to_the_ledger() -> None:
    files = (path for path in ROOT.rglob("*.py") if not {"actions", "migrations"} & set(path.parts))
    found = {str(path.relative_to(ROOT)): list(writes(path.read_text())) for path in files}
    assert {path: said for path, said in found.items() if said} == {}
