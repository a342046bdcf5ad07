import pytest

from commitments.actions import ledger
from commitments.domain.enums import EntryState
from commitments.models import ProgressEntry
from tests.factories import NOON, make_counted_entry, make_entry, make_target, make_user


@pytest.fixture
def entries(db: None) -> dict[EntryState, ProgressEntry]:
    """One in each state."""
    target, somebody = make_target(), make_user()
    found: dict[EntryState, ProgressEntry] = {
        state: make_entry(target, 40) for state in EntryState if state is not EntryState.CORRECTED
    }
    found[EntryState.CORRECTED] = make_counted_entry(target, 40)
    ledger.approve(entry=found[EntryState.COUNTED], by=somebody, at=NOON)
    ledger.return_(entry=found[EntryState.RETURNED], reason="佐证不足", by=somebody, at=NOON)
    ledger.withdraw(entry=found[EntryState.WITHDRAWN], reason="重复", by=somebody, at=NOON)
    ProgressEntry.objects.filter(pk=found[EntryState.CORRECTED].pk).update(counted_until=NOON)
    return {state: ProgressEntry.objects.get(pk=entry.pk) for state, entry in found.items()}


def test_an_entry_says_what_has_become_of_it(entries: dict[EntryState, ProgressEntry]) -> None:
    assert {state: entry.state for state, entry in entries.items()} == {state: state for state in EntryState}


def test_a_query_finds_those_that_say_so(entries: dict[EntryState, ProgressEntry]) -> None:
    found = {state: list(ProgressEntry.objects.in_state(state)) for state in EntryState}
    assert found == {state: [entry] for state, entry in entries.items()}


def test_only_what_counts_or_waits_is_live(entries: dict[EntryState, ProgressEntry]) -> None:
    live = {entries[EntryState.PENDING], entries[EntryState.COUNTED]}
    assert set(ProgressEntry.objects.live()) == live
    assert {entry for entry in entries.values() if entry.is_live} == live


def test_one_that_was_returned_and_given_up_is_withdrawn(entries: dict[EntryState, ProgressEntry]) -> None:
    returned = entries[EntryState.RETURNED]
    ledger.withdraw(entry=returned, reason="误报", by=make_user(), at=NOON)
    assert ProgressEntry.objects.get(pk=returned.pk).state == EntryState.WITHDRAWN
    found = {state: returned in ProgressEntry.objects.in_state(state) for state in EntryState}
    assert [state for state, is_there in found.items() if is_there] == [EntryState.WITHDRAWN]
