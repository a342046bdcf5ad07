"""Commitments that wait to be judged anew, and reads of one moment."""

from threading import Thread

import pytest
from django.db import connection

from commitments.models import Commitment
from commitments.rollups import read, refresh
from tests.factories import NOON, make_commitment, make_counted_entry, make_plan, make_target


@pytest.mark.django_db
def test_what_changed_is_recomputing_until_it_is_judged() -> None:
    plan = make_plan()
    quiet, changed = make_commitment(plan), make_commitment(plan)
    target = make_target(changed)
    refresh.drain(clock=lambda: NOON)
    assert read.recomputing([quiet.pk, changed.pk]) == frozenset()
    make_counted_entry(target, 40)
    assert read.recomputing([quiet.pk, changed.pk]) == {changed.pk}
    assert list(Commitment.objects.filter(read.is_recomputing())) == [changed]


@pytest.mark.django_db(transaction=True)
def test_one_moment_does_not_see_what_others_write_meanwhile() -> None:
    make_plan()
    with read.one_moment():
        before = Commitment.objects.count()
        other = Thread(target=_add_a_commitment)
        other.start()
        other.join()
        assert Commitment.objects.count() == before == 0
    assert Commitment.objects.count() == 1


@pytest.mark.django_db
def test_one_moment_within_a_transaction_is_that_of_the_transaction() -> None:
    with read.one_moment():
        assert Commitment.objects.count() == 0
    assert connection.in_atomic_block


def _add_a_commitment() -> None:
    make_commitment(make_plan(year=2024))
    connection.close()
