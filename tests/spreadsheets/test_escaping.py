import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from commitments.spreadsheets.escaping import escape, protect, unescape, unprotect

# Signs with which a spreadsheet begins a formula, or a cell before one.
RISKY = tuple("=+-@\t\r\n|＝＋－＠")
TEXTS = st.text(
    st.sampled_from("=+-@;\" \t\r\n'|%＝＋－＠ab1_x0D") | st.characters(exclude_categories=["Cs"])
)


@given(TEXTS)
def test_protected_text_comes_back_unchanged(text: str) -> None:
    assert unprotect(protect(text)) == text


@given(TEXTS)
def test_nothing_that_is_protected_would_be_run(text: str) -> None:
    assert not protect(text).startswith(RISKY)


@given(st.lists(TEXTS, min_size=1), st.sampled_from(";\t"))
def test_no_other_separator_begins_a_cell_that_would_be_run(texts: list[str], separator: str) -> None:
    """As a spreadsheet reads it that takes the first cell's beginning for no quotation mark."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(["1", *map(protect, texts)])
    cells = re.split(f"[{separator}\r\n]", line.getvalue())
    assert [cell for cell in cells if cell.strip('" ').startswith(tuple("=+-@|＝＋－＠"))] == []


def test_a_semicolon_begins_no_formula() -> None:
    assert protect('好;=1+1; "=2\n-3') == "好;'=1+1;' \"=2\n'-3"


@given(TEXTS)
def test_what_xml_cannot_hold_comes_back_unchanged(text: str) -> None:
    assert unescape(escape(text)) == text


@given(TEXTS)
def test_escaped_text_holds_nothing_that_xml_cannot(text: str) -> None:
    assert all(letter >= " " or letter in "\t\n" for letter in escape(text))


def test_an_apostrophe_that_somebody_wrote_stays() -> None:
    assert unprotect("'90年代") == "'90年代"
    assert unprotect("住建局;'城管局'") == "住建局;'城管局'"


def test_half_a_character_is_none() -> None:
    assert unescape("_xD800_") == "_xD800_"
