"""A number means the same in every place to type it."""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from commitments.domain.enums import Accumulation, Goal, Role, TargetKind
from commitments.models import Commitment, ImportRow, ProgressEntry, Target, User
from commitments.reporting.parsing import is_done, parse_value
from tests.admin.forms import add, entry_form
from tests.factories import make_agency, make_commitment, make_target, make_user
from tests.progress_import.samples import csv_of, handed_in
from tests.reporting.typed_numbers import DONE, NOT_DONE, REFUSED, TOLD, UNDERSTOOD

pytestmark = pytest.mark.django_db

LOG = "/admin/log/?period=2023-08"
# Types a text for each target and returns what was read, by the target's number.
Typing = Callable[[Mapping[Target, str]], Mapping[int, float]]


@pytest.fixture
def clerk() -> User:
    return make_user(Role.CLERK, agency=make_agency(), language="en")


@pytest.fixture
def commitment(clerk: User) -> Commitment:
    return make_commitment(lead_agency=clerk.agency)


@pytest.fixture(params=["page", "form", "sheet"])
def typed(request: pytest.FixtureRequest, clerk: User, client: Client) -> Typing:
    client.force_login(clerk)

    def on_page(texts: Mapping[Target, str]) -> Mapping[int, float]:
        values = {f"{target.pk}-value": text for target, text in texts.items()}
        notes = {f"{target.pk}-progress": "已核实" for target in texts}
        client.post(LOG, {"day": "2023-08-31"} | values | notes)
        return in_ledger()

    def in_form(texts: Mapping[Target, str]) -> Mapping[int, float]:
        for target, text in texts.items():
            add(client, "progressentry", **entry_form(target, value=text))
        return in_ledger()

    def in_sheet(texts: Mapping[Target, str]) -> Mapping[int, float]:
        sheet = csv_of(*((target.code, text) for target, text in texts.items()))
        handed_in(sheet, next(iter(texts)).commitment.plan, clerk)
        rows = ImportRow.objects.filter(value__isnull=False).values_list("target", "value")
        return {target: float(value) for target, value in rows if value is not None}

    return {"page": on_page, "form": in_form, "sheet": in_sheet}[request.param]


def in_ledger() -> Mapping[int, float]:
    return {entry.figure.target.pk: float(entry.figure.value) for entry in ProgressEntry.objects.all()}


def targets_of(commitment: Commitment, texts: Iterable[str]) -> dict[Target, str]:
    """Make a target that counts 个, “communities”, for each text."""
    return {
        make_target(commitment, code=f"{commitment.code}-{number}"): text for number, text in enumerate(texts)
    }


def test_it_is_read_the_same_everywhere(typed: Typing, commitment: Commitment) -> None:
    texts = targets_of(commitment, UNDERSTOOD)
    found = typed(texts)
    assert {text: found.get(target.pk) for target, text in texts.items()} == UNDERSTOOD


def test_it_is_refused_the_same_everywhere(typed: Typing, commitment: Commitment) -> None:
    texts = targets_of(commitment, REFUSED)
    found = typed(texts)
    assert [text for target, text in texts.items() if target.pk in found] == []


@pytest.mark.parametrize("text", TOLD)
def test_a_refusal_says_what_to_write_instead(commitment: Commitment, text: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        parse_value(text, make_target(commitment))
    assert TOLD[text] in refused.value.messages[0]


@pytest.mark.parametrize("text", ["abc", "1,2", "1 2", "4.5.6", "四十", "1e3"])
def test_a_refusal_repeats_the_text(commitment: Commitment, text: str) -> None:
    with override("en"), pytest.raises(ValidationError) as refused:
        parse_value(text, make_target(commitment))
    assert refused.value.messages[0].startswith(f"“{text}” is not a number.")


def test_a_page_says_so_too(commitment: Commitment, clerk: User, client: Client) -> None:
    client.force_login(clerk)
    (target,) = targets_of(commitment, ["约22"])
    row = {f"{target.pk}-value": "约22", f"{target.pk}-progress": ""}
    answer = client.post(LOG, {"day": "2023-08-31"} | row)
    assert "Enter only 22" in answer.content.decode()


def test_the_parts_of_a_ratio_have_no_unit(commitment: Commitment) -> None:
    ratio = make_target(
        commitment, accumulation=Accumulation.RATIO, goal=Goal.MAINTAIN, kind=TargetKind.LEVEL
    )
    with pytest.raises(ValidationError):
        parse_value("38%", ratio)


def test_another_unit_converts_exactly_everywhere(typed: Typing, commitment: Commitment) -> None:
    target = make_target(commitment, unit="万元", unit_en="10,000 yuan", value=Decimal(90_000))
    assert typed({target: "3.5亿元"}) == {target.pk: 35_000}


def test_a_stage_is_done_in_many_words() -> None:
    assert [word for word in (*DONE, *NOT_DONE) if is_done(word)] == DONE
