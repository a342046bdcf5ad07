"""Barred characters, found and named in requests of any size."""

import json
import tracemalloc
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from commitments.request_checks import faults
from commitments.request_checks.field_names import field_name

NUL = "a\0"


def sent(document: Any) -> HttpRequest:
    return RequestFactory().post("/", json.dumps(document), content_type="application/json")


def names(document: Any) -> list[str]:
    return [fault.name for fault in faults.find_in_body(sent(document))]


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"rows": {"7": {"progress": NUL}}}, ["rows.7.progress"]),
        ({"rows": [{"a": "b"}, {"progress": NUL}]}, ["rows.progress"]),
        ({"rows": {NUL: 1}}, ["rows"]),
        (NUL, [""]),
        ({"a": {"b": {"c": {"d": {"e": {"f": NUL}}}}}}, ["b.c.d.e.f"]),
        ({"k" * 200: NUL}, ["k" * 100 + "…"]),
    ],
)
def test_a_text_is_named_by_what_leads_to_it(document: Any, found: list[str]) -> None:
    assert names(document) == found


def test_what_is_sound_costs_no_more_than_it_is_long() -> None:
    request = sent({"k" * 100_000: {str(number): "x" for number in range(5_000)}})
    tracemalloc.start()
    try:
        assert faults.find_in_body(request) == []
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 20 * len(request.body)


def test_twenty_faults_are_told() -> None:
    assert len(names([NUL] * 30)) == 20


def test_a_long_name_is_told_by_its_beginning() -> None:
    request = HttpRequest()
    request.POST = QueryDict("x" * 5_000 + "=%00")
    assert [fault.name for fault in faults.find_in_body(request)] == ["x" * 100 + "…"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("12-progress", "Progress"),
        ("milestones-0-title", "Title"),
        ("rows.12.progress", "Progress"),
        ("no_such_column", "no_such_column"),
        ("a" * 100_000 + "1", "a" * 100_000 + "1"),
    ],
)
def test_a_field_has_the_name_of_its_column(name: str, label: str) -> None:
    with override("en"):
        assert field_name(name) == label
